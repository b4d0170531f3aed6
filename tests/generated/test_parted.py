"""The package of a large contract imports quickly, has all its names, and loads what a call needs when it is made."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from apictl.pages.page import GeneratedFile
from apictl.workspace import pipeline
from apictl.workspace.building import Job
from apictl.workspace.manifest import Service

COUNT = 260
_ERROR = {"description": "No.", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Warning"}}}}


def _contract(names: list[str]) -> dict[str, Any]:
    """Return a contract with a schema and an operation for each of *names*; ten schemas lead to each other."""
    circles = [names[start : start + 10] for start in range(0, len(names), 10)]
    following = {name: circle[index - 9] for circle in circles for index, name in enumerate(circle)}
    schemas: dict[str, Any] = {
        name: {
            "type": "object",
            "required": ["id"],
            "properties": {
                "id": {"type": "integer"},
                "next": {"$ref": f"#/components/schemas/{following[name]}"},
                "inner": {"type": "object", "properties": {"on": {"type": "string", "format": "date"}}},
            },
        }
        for name in names
    }
    schemas["Warning"] = {"type": "object", "properties": {"text": {"type": "string"}}}
    schemas["Alone"] = {"type": "object", "properties": {"warning": {"$ref": "#/components/schemas/Warning"}}}
    schemas["Mixed"] = {
        "oneOf": [
            {"$ref": "#/components/schemas/Alone"},
            {"type": "array", "items": {"$ref": "#/components/schemas/Mixed"}},
        ]
    }
    paths: dict[str, Any] = {f"/{name}": {"get": _operation(f"get{name}", name, tag=name[:2])} for name in names}
    paths["/alone"] = {"get": _operation("getAlone", "Alone", tag="alone")}
    paths["/mixed"] = {"get": _operation("getMixed", "Mixed", tag="alone")}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Large", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }


def _operation(name: str, schema: str, *, tag: str) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
    headers = {"X-Count": {"required": True, "schema": {"type": "integer"}}}
    success = {"description": "Yes.", "content": content, "headers": headers}
    return {"operationId": name, "tags": [tag], "responses": {"200": success, "404": _ERROR}}


def _files(folder: Path, contract: Mapping[str, Any]) -> tuple[GeneratedFile, ...]:
    path = folder / "specs" / "large" / "openapi.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(contract), encoding="utf-8")
    built = pipeline.run(Job(str(folder), Service("large", openapi="specs/large/openapi.json")))
    assert [each for each in built.findings if each.severity.value == "error"] == []
    return built.files


NAMES = [f"N{number}" for number in range(COUNT)]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that the package `large_api` is in."""
    folder = tmp_path_factory.mktemp("large")
    for file in _files(folder, _contract(NAMES)):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    return folder / "python"


def _run(root: Path, code: str) -> Any:
    """Return what *code* prints as JSON in a process of its own."""
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


_LOADED = "sorted(name.partition('large_api.')[2] for name in sys.modules if _PART.search(name))"
_PART = "import re; _PART = re.compile(r'[.]_(?:models|operations|client)[.]')"


def test_importing_the_client_loads_no_part_and_builds_nothing(root: Path) -> None:
    code = f"""
{_PART}
import json, sys
import large_api.client
from pydantic import BaseModel
models = [each.__name__ for each in BaseModel.__subclasses__() if each.__module__.startswith('large_api')]
judge = large_api.client.operations.JUDGE
print(json.dumps([{_LOADED}, models, judge._loaded is None, 'fastapi' in sys.modules]))
"""

    assert _run(root, code) == [[], [], True, False]


def test_a_call_loads_the_part_of_its_operation_and_of_the_models_that_it_needs(root: Path) -> None:
    code = f"""
{_PART}
import json, sys
import httpx2
from large_api import errors
from large_api.client import LargeClient
answers = [httpx2.Response(200, headers={{'X-Count': '3'}}, json={{'warning': {{'text': 'a'}}}})]
answers.append(httpx2.Response(404, json={{'text': 'b'}}))
http = httpx2.Client(base_url='http://x', transport=httpx2.MockTransport(lambda request: answers.pop(0)))
client = LargeClient(http)
result = client.alone.get_alone()
try:
    client.alone.get_alone()
except errors.NotFound as error:
    told = [type(error).__name__, error.body.text]
print(json.dumps([result.body.warning.text, result.x_count, told, {_LOADED}]))
"""

    expected = ["_client.alone", "_models.alone", "_models.warning", "_operations.get_alone"]
    assert _run(root, code) == ["a", 3, ["GetAloneNotFound", "b"], expected]


def test_models_of_a_long_circle_and_an_alias_of_itself_are_whole(root: Path) -> None:
    code = f"""
import json
from pydantic import TypeAdapter
from large_api import models
from large_api.models import N0, Mixed
value = {{'id': 1, 'next': {{'id': 2, 'inner': {{'on': '2026-01-02'}}}}}}
read = N0.model_validate(value)
mixed = TypeAdapter(Mixed).validate_python([{{'warning': {{}}}}, [{{}}]])
names = len(dir(models)) > {COUNT}
print(json.dumps([type(read.next).__name__, read.next.inner.on.year, type(mixed[1][0]).__name__, names]))
"""

    assert _run(root, code) == ["N1", 2026, "Alone", True]


def test_every_operation_is_declared_in_the_order_of_the_groups(root: Path) -> None:
    code = """
import json
from large_api import operations
from large_api.operations import GET_N3, OPERATIONS
print(json.dumps([len(OPERATIONS), OPERATIONS[0].id, GET_N3 in OPERATIONS, operations.GET_N3 is GET_N3]))
"""

    assert _run(root, code) == [COUNT + 2, "getN0", True, True]


def test_the_server_finds_what_it_needs(root: Path) -> None:
    code = """
import json
from starlette.testclient import TestClient
from large_api.sample import app
client = TestClient(app)
print(json.dumps([client.get('/N0').status_code, client.get('/alone').status_code]))
"""

    assert _run(root, code) == [200, 200]


def test_importing_the_server_loads_the_service_that_is_asked_for(root: Path) -> None:
    code = """
import json, sys
from large_api import server
before = sorted(name for name in sys.modules if name.startswith('large_api._server.'))
service = server.AloneService
after = sorted(name for name in sys.modules if name.startswith('large_api._server.'))
print(json.dumps([before, after, service.__module__, 'AloneService' in server.__all__, 'AloneService' in dir(server)]))
"""

    assert _run(root, code) == [[], ["large_api._server.alone"], "large_api._server.alone", True, True]


def test_another_schema_and_operation_change_no_part_but_their_own(tmp_path: Path) -> None:
    before = {file.path.as_posix(): file.content for file in _files(tmp_path, _contract(NAMES))}
    grown = _contract(NAMES)
    grown["components"]["schemas"]["Added"] = {"type": "object", "properties": {"a": {"type": "string"}}}
    grown["paths"]["/added"] = {"get": _operation("getAdded", "Added", tag="alone")}

    after = {file.path.as_posix(): file.content for file in _files(tmp_path, grown)}

    parts = {path for path in after if "/_" in path and "_support" not in path and before.get(path) != after[path]}
    groups = {f"python/large_api/{folder}/alone.py" for folder in ("_client", "_sample", "_server")}
    assert parts == groups | {"python/large_api/_models/added.py", "python/large_api/_operations/get_added.py"}
