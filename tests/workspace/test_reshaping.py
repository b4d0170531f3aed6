"""What the manifest makes of generated code: less of it, other names, clients with little in them, a hook, blocks."""

from __future__ import annotations

import dataclasses
import json
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from apictl.errors import ApictlError
from apictl.workspace import pipeline
from apictl.workspace.discovery import open_workspace
from apictl.workspace.jobs import workbench

SHOP = """
openapi: 3.1.0
info: {title: Shop, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      tags: [pets]
      responses:
        '200': {description: ., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
    post:
      operationId: addPet
      tags: [pets]
      requestBody:
        content: {application/json: {schema: {type: object, properties: {petName: {type: string}}}}}
      responses: {'204': {description: .}}
  /health:
    get: {operationId: getHealth, tags: [health], responses: {'204': {description: .}}}
components:
  schemas:
    Pet: {type: object, properties: {userId: {type: string}, user_id: {type: string}}}
"""
DESK = "openapi: 3.1.0\ninfo: {title: Desk, version: '1'}\npaths: {}\n"
Files = Mapping[str, str]


def built(root: Path, manifest: str, service: str = "shop", *, kept: str = "") -> tuple[Files, str]:
    """Return the files of *service* in the workspace *root*, which *manifest* describes, and its names."""
    (root / "apictl.yaml").write_text(manifest)
    for name, text in (("shop", SHOP), ("desk", DESK)):
        (root / "specs" / name).mkdir(parents=True, exist_ok=True)
        (root / "specs" / name / "openapi.yaml").write_text(text)
    workspace = open_workspace(root)
    bench = workbench(workspace, tool="", kept={}, is_trusting=True)
    chosen = next(each for each in workspace.services if each.name == service)
    made = pipeline.run(dataclasses.replace(bench.job(chosen), names=kept))
    assert made.files, made.findings
    return {file.path.as_posix(): file.content.decode() for file in made.files}, made.names


def served(files: Files, folder: str = "python/shop_api") -> Mapping[str, object]:
    found = json.loads(files[f"{folder}/openapi.json"])
    assert isinstance(found, dict)
    return found


def test_what_is_filtered_out_is_neither_in_code_nor_tests_nor_the_served_document(tmp_path: Path) -> None:
    files, _ = built(tmp_path, "services: {shop: {exclude: {tags: [health], operations: [listPets]}}}")

    assert "def add_pet" in files["python/shop_api/client.py"]
    assert not any("get_health" in text or "list_pets" in text for text in files.values())
    assert served(files)["paths"].keys() == {"/pets"}  # type: ignore[attr-defined]  # an object of JSON
    assert "class Pet(" not in files["python/shop_api/models.py"]
    assert "def test_add_pet" in files["python/contract_tests/test_operations.py"]


@pytest.mark.parametrize(
    "manifest, told",
    [
        ("services: {shop: {include: {tags: [pet]}}}", "apictl.yaml:1:36: no operation of 'shop' has 'pet' among"),
        ("services:\n  shop:\n    exclude:\n      paths: [/x*]", "apictl.yaml:4:15: no operation of 'shop' has '/x*'"),
        ("services: {shop: {exclude: {paths: ['*']}}}", "apictl.yaml:1:12: no operation of 'shop' is left"),
        ("services: {shop: {names: {methods: {gone: pets}}}}", "none is or was called 'gone'"),
        ("services: {shop: {names: {methods: {list_pets: add_pet}}}}", "none is or was called 'list_pets', or"),
    ],
)
def test_what_the_manifest_names_in_vain_is_an_error(tmp_path: Path, manifest: str, told: str) -> None:
    with pytest.raises(ApictlError) as caught:
        built(tmp_path, manifest)

    assert told in str(caught.value)


@pytest.mark.parametrize(
    "manifest, told",
    [
        ("services: {shop: {names: {methods: {list_pets: class}}}}", "'class' can't be the name of one of methods"),
        ("services: {shop: {names: {classes: {Pet: pet}}}}", "'pet' can't be the name of one of classes"),
        ("services: {shop: {names: {classes: {Pet: Pet}}}}", "'Pet' is called so already"),
        ("services: {shop: {names: {methods: {a: c, b: c}}}}", "two of methods are to be called 'c'"),
        ("services: {desk: {clients: [shop]}, shop: {}}", "'desk' has no `consumes` of 'shop'"),
        ("hooks: ../hook.py", "path '../hook.py' leads out of the workspace"),
        ("services: {shop: {include: {tag: [a]}}}", "unknown key 'tag', did you mean 'tags'?"),
    ],
)
def test_manifest_that_can_not_be_meant_is_refused(tmp_path: Path, manifest: str, told: str) -> None:
    with pytest.raises(ApictlError) as caught:
        built(tmp_path, manifest)

    assert told in str(caught.value)


def test_client_of_another_service_has_what_is_consumed_under_the_names_of_the_whole(tmp_path: Path) -> None:
    files, _ = built(tmp_path, "services: {desk: {consumes: {shop: [listPets]}, clients: [shop]}}", "desk")
    whole, _ = built(tmp_path, "{}")

    folder = "clients/shop/python/desk_shop_api"
    assert "def list_pets" in files[f"{folder}/client.py"]
    assert "add_pet" not in files[f"{folder}/client.py"]
    assert f"{folder}/server.py" not in files
    assert _class(files[f"{folder}/models.py"], "Pet") == _class(whole["python/shop_api/models.py"], "Pet")
    assert served(files, folder)["paths"].keys() == {"/pets"}  # type: ignore[attr-defined]  # an object of JSON


def _class(text: str, name: str) -> str:
    return text.split(f"class {name}(")[1].split("\nclass ", maxsplit=1)[0].rstrip()


def test_client_keeps_a_name_that_a_neighbour_which_it_lacks_has_decided(tmp_path: Path) -> None:
    kept = "shop field addPet/requestBody/content/application~1json/schema/petName name_of_pet\n"
    files, names = built(tmp_path, "{}", kept=kept)

    assert "name_of_pet: Annotated[str" in files["python/shop_api/models.py"]
    assert kept in names


def test_client_of_what_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ApictlError, match=r"services\.desk\.consumes\.shop: there is no operation 'listCats'"):
        built(tmp_path, "services: {desk: {consumes: {shop: [listCats]}, clients: [shop]}}", "desk")


RENAMES = "services: {shop: {names: {methods: {list_pets: pets}, classes: {Pet: Animal}}}}"


def test_renamed_method_is_there_under_both_names_and_the_old_one_is_struck_out(tmp_path: Path) -> None:
    files, _ = built(tmp_path, RENAMES)

    client = files["python/shop_api/client.py"]
    assert client.count('@deprecated("it is called pets now")\n    def list_pets(') == 1
    assert client.count('@deprecated("it is called pets now")\n    async def list_pets(') == 1
    assert "    def pets(" in client
    assert "def list_pets" not in files["python/shop_api/server.py"]


def test_renamed_class_is_found_by_its_old_name_with_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files, _ = built(tmp_path, RENAMES + "\n")
    for path, text in files.items():
        target = tmp_path / "made" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
    monkeypatch.syspath_prepend(str(tmp_path / "made/python"))

    from shop_api import models  # type: ignore[import-not-found]  # noqa: PLC0415 - was just generated

    with pytest.warns(DeprecationWarning, match="models.Pet is called Animal now"):
        old = models.Pet
    assert old is models.Animal
    for name in [each for each in sys.modules if each.partition(".")[0] == "shop_api"]:
        del sys.modules[name]


def test_renames_last_with_the_lock_and_without_it(tmp_path: Path) -> None:
    first, names = built(tmp_path, RENAMES)

    again, names_again = built(tmp_path, RENAMES, kept=names)
    afterwards, _ = built(tmp_path, "{}", kept=names)

    assert (again, names_again) == (first, names)
    assert "    def pets(" in afterwards["python/shop_api/client.py"]
    assert "list_pets" not in afterwards["python/shop_api/client.py"]


HOOK = """
import dataclasses

def contract(contract):
    print("nobody sees this")
    kept = tuple(each for each in contract.operations if each.id != "getHealth")
    return dataclasses.replace(contract, title="Ours", operations=kept)
"""


def test_hook_changes_the_contract_and_what_it_leaves_out_is_not_served(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "hook.py").write_text(HOOK)

    files, _ = built(tmp_path, "hooks: hook.py")

    assert "get_health" not in files["python/shop_api/client.py"]
    assert "side of Ours" in files["python/shop_api/client.py"]
    assert served(files)["paths"].keys() == {"/pets"}  # type: ignore[attr-defined]  # an object of JSON
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize(
    "text, told",
    [
        ("def other(contract): ...", "hook.py has no function 'contract'"),
        ("def contract(contract):\n    raise KeyError('x')", "KeyError at hook.py:2: 'x'"),
        ("def contract(contract):\n    return None", "hook.py made NoneType of specs/shop/openapi.yaml"),
        (
            "import dataclasses\ndef contract(c):\n    return dataclasses.replace(c, operations=c.operations * 2)",
            "two operations have the id 'listPets'",
        ),
        ("1 / 0", "hook.py failed while it was loaded: ZeroDivisionError at hook.py:1"),
    ],
)
def test_hook_that_fails_is_named_with_its_line(tmp_path: Path, text: str, told: str) -> None:
    (tmp_path / "hook.py").write_text(text)

    with pytest.raises(ApictlError) as caught:
        built(tmp_path, "hooks: hook.py")

    assert told in str(caught.value)


def test_hook_that_nobody_trusts_does_not_run(tmp_path: Path) -> None:
    (tmp_path / "hook.py").write_text("raise SystemExit")
    (tmp_path / "apictl.yaml").write_text("hooks: hook.py")
    (tmp_path / "specs").mkdir()

    with pytest.raises(ApictlError, match=r"has a hook, which is a program: hook\.py") as caught:
        workbench(open_workspace(tmp_path), tool="", kept={}, is_trusting=False)

    assert caught.value.hint == "if you trust who may change it, run with --trust-rules"


def test_other_hook_is_another_job(tmp_path: Path) -> None:
    (tmp_path / "apictl.yaml").write_text("{hooks: hook.py, services: {shop: {}}}")
    (tmp_path / "specs/shop").mkdir(parents=True)
    (tmp_path / "specs/shop/openapi.yaml").write_text(SHOP)
    jobs = []
    for text in (HOOK, HOOK + "# changed"):
        (tmp_path / "hook.py").write_text(text)
        workspace = open_workspace(tmp_path)
        jobs.append(workbench(workspace, tool="", kept={}, is_trusting=True).job(workspace.services[0]))

    assert jobs[0] != jobs[1]


def test_template_of_the_workspace_overrides_one_block_and_prints_the_rest(tmp_path: Path) -> None:
    plain, _ = built(tmp_path, "{}")
    (tmp_path / "templates/client").mkdir(parents=True)
    (tmp_path / "templates/client/method.jinja").write_text(
        '{% extends "apictl/client/method.jinja" %}\n'
        "{% block call %}\n    # {{ method.constant }} is watched.\n{{ super() }}{% endblock %}\n"
    )

    files, _ = built(tmp_path, "templates: templates")

    client = files["python/shop_api/client.py"]
    assert client.count("    # LIST_PETS is watched.\n") == 2
    watched = [line for line in client.splitlines() if not line.endswith(" is watched.")]
    assert watched == plain["python/shop_api/client.py"].splitlines()
