"""The same contracts make the same bytes, wherever and whenever; I14 and I15 of the catalogue."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

from apictl.workspace import pipeline
from apictl.workspace.building import Job
from apictl.workspace.discovery import open_workspace
from tests.cli.workspaces import command, environment
from tests.workspace.fakes import tree


def test_neither_seed_nor_locale_nor_time_nor_folder_changes_a_byte(root: Path, tmp_path: Path) -> None:  # I14
    trees = []
    for name, below, variables in [
        ("a", ".", {"PYTHONHASHSEED": "0", "LC_ALL": "C", "TZ": "UTC", "SOURCE_DATE_EPOCH": "0"}),
        (
            "b/c d/é",
            "specs",
            {"PYTHONHASHSEED": "1", "LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Kathmandu", "PYTHONUTF8": "0"},
        ),
    ]:
        workspace = tmp_path / name
        shutil.copytree(root / "specs", workspace / "specs")
        subprocess.run(command("generate", "pricing"), cwd=workspace / below, env=environment(**variables), check=True)
        trees.append(tree(workspace / "generated"))

    assert trees[0] == trees[1]


def test_order_of_keys_changes_no_file_and_no_name(tmp_path: Path) -> None:  # I15
    schemas = {
        name: {"type": "object", "properties": {"a": {"type": "string"}}} for name in ("foo-bar", "foo_bar", "B")
    }
    answers = {
        str(200 + number): {
            "description": "done",
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
        }
        for number, name in enumerate(schemas)
    }
    contract = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {f"/{name}": {"get": {"operationId": name, "responses": answers}} for name in ("get-x", "get_x", "b")},
        "components": {"schemas": schemas},
    }

    one, two = _generated(tmp_path / "1", contract), _generated(tmp_path / "2", _reversed(contract))

    assert one.keys() == two.keys()
    for path, content in one.items():
        if path.endswith(".py"):
            assert _names(content) == _names(two[path])


def _names(module: bytes) -> list[str]:
    """Return the names of all that *module* defines, sorted."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return sorted(node.name for node in ast.walk(ast.parse(module)) if isinstance(node, kinds))


def _generated(root: Path, contract: dict[str, Any]) -> dict[str, bytes]:
    path = root / "specs/a/openapi.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(contract))
    built = pipeline.run(Job(str(root), open_workspace(root).services[0]))
    return {file.path.as_posix(): file.content for file in built.files}


def _reversed(value: Any) -> Any:
    match value:
        case dict():
            return {key: _reversed(item) for key, item in reversed(value.items())}
        case _:
            return value
