"""Contracts that only clients can be made of: no request tells some of their operations apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from apictl.findings import Severity
from apictl.workspace import pipeline
from apictl.workspace.building import Built, Job
from apictl.workspace.manifest import Service

FRAGMENT = """
openapi: 3.1.0
info: {title: Files, version: 1.0.0}
paths:
  '/files/{id}':
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    put: {operationId: rename, responses: {'204': {description: Done.}}}
  '/files/{id}#share':
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    put: {operationId: share, responses: {'204': {description: Done.}}}
"""
TWINS = """
openapi: 3.1.0
info: {title: Files, version: 1.0.0}
paths:
  '/files/{id}':
    parameters: [{name: id, in: path, required: true, schema: {type: string}}]
    get: {operationId: byId, responses: {'204': {description: Done.}}}
  '/files/{name}':
    parameters: [{name: name, in: path, required: true, schema: {type: string}}]
    get: {operationId: byName, responses: {'204': {description: Done.}}}
"""
ALONE = """
openapi: 3.1.0
info: {title: Files, version: 1.0.0}
paths: {/files: {get: {operationId: list, responses: {'204': {description: Done.}}}}}
"""


def _built(folder: Path, contract: str, *, is_external: bool) -> Built:
    (folder / "openapi.yaml").write_text(contract, encoding="utf-8")
    return pipeline.run(Job(str(folder), Service("files", openapi="openapi.yaml", is_external=is_external)))


@pytest.mark.parametrize("contract, rule", [(FRAGMENT, "path-fragment"), (TWINS, "path-duplicate")])
def test_no_server_is_made_of_them_and_the_refusal_names_the_way_out(tmp_path: Path, contract: str, rule: str) -> None:
    built = _built(tmp_path, contract, is_external=False)

    (refusal,) = [each for each in built.findings if each.severity is Severity.ERROR]
    assert refusal.rule == rule
    assert "external: true" in (refusal.hint or "")
    assert built.files == ()


@pytest.mark.parametrize(
    "contract, rule, functions",
    [(FRAGMENT, "path-fragment", ("rename", "share")), (TWINS, "path-duplicate", ("by_id", "by_name"))],
)
def test_client_of_a_service_that_others_run_has_all_operations(
    tmp_path: Path, contract: str, rule: str, functions: tuple[str, str]
) -> None:
    built = _built(tmp_path, contract, is_external=True)

    texts = {file.path.as_posix(): file.content.decode() for file in built.files}
    assert [(each.rule, each.severity) for each in built.findings] == [(rule, Severity.WARNING)]
    assert all(f"def {each}(" in texts["python/files_api/client.py"] for each in functions)


def test_fragment_of_a_path_is_not_sent(tmp_path: Path) -> None:
    built = _built(tmp_path, FRAGMENT, is_external=True)

    texts = {file.path.as_posix(): file.content.decode() for file in built.files}
    assert texts["python/files_api/operations.py"].count('path="/files/{id}"') == 2
    assert "PUT /files/{id}#share" in texts["python/files_api/client.py"]


@pytest.mark.parametrize("contract", [FRAGMENT, TWINS])
def test_neither_a_fake_nor_tests_are_made_of_what_no_server_can_tell_apart(tmp_path: Path, contract: str) -> None:
    built = _built(tmp_path, contract, is_external=True)

    paths = {file.path.as_posix() for file in built.files}
    assert not {path for path in paths if path.startswith("python/contract_tests/") or path.endswith("/sample.py")}


def test_other_services_of_others_have_both(tmp_path: Path) -> None:
    built = _built(tmp_path, ALONE, is_external=True)

    paths = {file.path.as_posix() for file in built.files}
    assert {"python/files_api/sample.py", "python/contract_tests/test_operations.py"} <= paths
