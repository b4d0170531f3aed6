"""The folder of contract tests: what it holds and what its text may be."""

from __future__ import annotations

import ast
import json
from pathlib import PurePosixPath

import schemathesis.checks

from apictl.contract.schema import JsonValue
from apictl.contract.security import KeyLocation, SecurityKind, SecurityScheme
from apictl.emitters.contract_tests.credentials import credential
from apictl.emitters.contract_tests.emit import emit
from apictl.pages.python.spell import spell
from apictl.pages.rendering import render
from apictl.support.contract_testing.target import CHECKS
from tests.emitters.contract_tests.contracts import PLACE, contract, operation

FOLDER = PurePosixPath("python/contract_tests")


def test_every_check_of_schemathesis_is_asked() -> None:
    schemathesis.checks.load_all_checks()

    assert sorted(CHECKS) == sorted(schemathesis.checks.CHECKS.get_all_names())


def test_there_is_one_named_test_for_each_operation() -> None:
    files = {file.path: file.content for file in render(emit(spell(contract(operation()))))}

    module = ast.parse(files[FOLDER / "test_operations.py"])
    tests = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    assert [test.name for test in tests] == ["test_call"]
    assert ast.unparse(tests[0].decorator_list[0]) == "operation('POST /quotes')"


def test_path_of_a_hostile_contract_stays_a_literal() -> None:
    path = '/") or __import__("os").abort() #\n"""'

    files = {file.path: file.content for file in render(emit(spell(contract(operation(path=path)))))}

    decorator = ast.parse(files[FOLDER / "test_operations.py"]).body[-1]
    assert isinstance(decorator, ast.FunctionDef)
    assert ast.literal_eval(decorator.decorator_list[0].args[0]) == f"POST {path}"  # type: ignore[attr-defined]


def test_links_are_followed_only_where_there_are_any() -> None:
    linked: dict[str, JsonValue] = {
        "paths": {"/a": {"get": {"responses": {"200": {"description": "", "links": {"next": {}}}}}}}
    }

    without = emit(spell(contract(operation())))
    with_links = emit(spell(contract(operation(), source=linked)))

    assert FOLDER / "test_links.py" not in {file.path for file in without.files}
    assert FOLDER / "test_links.py" in {file.path for file in with_links.files}


def test_cases_name_the_place_of_each_operation() -> None:
    files = {file.path: file.content for file in emit(spell(contract(operation()))).files}

    case = json.loads(files[FOLDER / "cases.json"])["operations"][0]
    assert (case["source"], case["pointer"]) == (PLACE.path, PLACE.pointer)


def test_credentials_stand_where_their_schemes_want_them() -> None:
    key = SecurityScheme("k", SecurityKind.API_KEY, PLACE, key_name="session", key_location=KeyLocation.COOKIE)
    basic = SecurityScheme("b", SecurityKind.BASIC, PLACE)
    certificate = SecurityScheme("m", SecurityKind.MUTUAL_TLS, PLACE)

    assert credential(key) == {"location": "cookie", "name": "session", "sample": "sample-token"}
    assert credential(basic) == {"location": "header", "name": "Authorization", "sample": "Basic c2FtcGxlOnNhbXBsZQ=="}
    assert credential(certificate) is None
