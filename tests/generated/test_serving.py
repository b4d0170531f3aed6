"""Services on generated protocols: who calls is told in a type of their own, errors are raised by status."""

from __future__ import annotations

import asyncio
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

import httpx2
import pytest
from fastapi import FastAPI
from starlette.types import ASGIApp

from tests.generated.packages import generate_into

CONTRACT: Final = """
openapi: 3.1.0
info: {title: Doors, version: 1.0.0}
security: [{user: []}]
paths:
  /mine:
    get:
      operationId: getMine
      parameters: [{name: principal, in: query, schema: {type: string}}]
      responses: {'200': {$ref: '#/components/responses/Text'}, '404': {$ref: '#/components/responses/Missing'}}
  /open:
    get:
      operationId: getOpen
      security: [{}, {user: []}]
      responses: {'200': {$ref: '#/components/responses/Text'}, default: {$ref: '#/components/responses/Missing'}}
  /both:
    get:
      operationId: getBoth
      security: [{machine: [], user: []}]
      responses:
        '200': {$ref: '#/components/responses/Text'}
        '404': {description: Gone fishing., content: {application/json: {schema: {type: string}}}}
        '409':
          description: Later.
          headers: {Retry-After: {required: true, schema: {type: integer}}}
          content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}
  /free:
    get:
      operationId: getFree
      tags: [free]
      security: []
      responses: {'200': {$ref: '#/components/responses/Text'}, '503': {description: Down.}}
components:
  responses:
    Text: {description: Text., content: {text/plain: {schema: {type: string}}}}
    Missing:
      description: There is none.
      content: {application/json: {schema: {$ref: '#/components/schemas/Fault'}}}
  schemas:
    Fault: {type: object, required: [message], properties: {message: {type: string}}, additionalProperties: false}
  securitySchemes:
    user: {type: http, scheme: bearer}
    machine: {type: apiKey, in: header, name: X-Machine}
"""
USER: Final = {"Authorization": "Bearer ada"}
MACHINE: Final = {"X-Machine": "m1"}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    folder = tmp_path_factory.mktemp("doors")
    specs = folder / "specs" / "doors"
    specs.mkdir(parents=True)
    (specs / "openapi.yaml").write_text(CONTRACT, encoding="utf-8")
    generate_into(folder / "generated", folder, {"doors"})
    place = str(folder / "generated" / "doors" / "python")
    sys.path.insert(0, place)
    yield importlib.import_module("doors_api.server")
    sys.path.remove(place)


class Security:
    """Knows everybody by what they bring, and nobody called nobody."""

    async def user(self, credential: Any, scopes: tuple[str, ...]) -> str | None:
        del scopes
        return None if credential.token == "nobody" else f"user {credential.token}"

    async def machine(self, credential: Any, scopes: tuple[str, ...]) -> str | None:
        del scopes
        return f"machine {credential.value}"


class Doors:
    """Says who calls, or raises what it was made with."""

    def __init__(self, error: Exception | None = None) -> None:
        """Raise *error*."""
        self._error = error

    async def get_mine(self, *, principal: str, principal_2: str | None) -> str:
        if self._error is not None:
            raise self._error
        return f"{principal}, {principal_2}"

    async def get_open(self, *, principal: str | None) -> str:
        if self._error is not None:
            raise self._error
        return str(principal)

    async def get_both(self, *, principal: str) -> str:
        if self._error is not None:
            raise self._error
        principals = importlib.import_module("doors_api.server").principals()
        return f"{principal}, {principals['user']}"


class Free:
    """Asks nobody who it is."""

    async def get_free(self) -> str:
        return "free"


def plain(server: Any, doors: Doors) -> ASGIApp:
    application: ASGIApp = server.app(doors=doors, free=Free(), security=Security())
    return application


def routed(server: Any, doors: Doors) -> ASGIApp:
    application = FastAPI()
    application.include_router(server.router(doors=doors, free=Free(), security=Security()))
    return application


def asked(application: ASGIApp, target: str, headers: dict[str, str]) -> httpx2.Response:
    async def run() -> httpx2.Response:
        transport = httpx2.ASGITransport(application, raise_app_exceptions=True)
        async with httpx2.AsyncClient(transport=transport, base_url="https://x.example") as http:
            return await http.get(target, headers=headers)

    return asyncio.run(run())


@pytest.mark.parametrize("door", [plain, routed])
@pytest.mark.parametrize(
    "target, headers, answer",
    [
        ("/mine?principal=x", USER, (200, "user ada, x")),
        ("/mine", {}, (401, None)),
        ("/mine", {"Authorization": "Bearer nobody"}, (401, None)),
        ("/open", USER, (200, "user ada")),
        ("/open", {}, (200, "None")),
        ("/both", {**USER, **MACHINE}, (200, "machine m1, user ada")),
        ("/both", MACHINE, (401, None)),
        ("/free", USER, (200, "free")),
    ],
)
def test_method_is_told_who_calls(
    package: ModuleType, door: Any, target: str, headers: dict[str, str], answer: tuple[int, str | None]
) -> None:
    response = asked(door(package, Doors()), target, headers)

    assert (response.status_code, response.text if response.is_success else None) == answer


def test_error_of_a_status_is_answered_as_the_operation_declares_it(package: ModuleType) -> None:
    errors, models = (importlib.import_module(f"doors_api.{name}") for name in ("errors", "models"))
    fault = models.Fault(message="nothing here")

    mine = asked(plain(package, Doors(errors.NotFound(fault))), "/mine", USER)
    by_default = asked(plain(package, Doors(errors.NotFound(fault))), "/open", USER)
    both = asked(plain(package, Doors(errors.NotFound("gone"))), "/both", {**USER, **MACHINE})

    assert (mine.status_code, mine.json()) == (404, {"message": "nothing here"})
    assert (by_default.status_code, by_default.json()) == (404, {"message": "nothing here"})
    assert (both.status_code, both.json()) == (404, "gone")


def test_error_that_the_operation_does_not_declare_is_a_failure_of_the_service(package: ModuleType) -> None:
    errors, models = (importlib.import_module(f"doors_api.{name}") for name in ("errors", "models"))
    fault = models.Fault(message="later")

    undeclared = asked(plain(package, Doors(errors.Conflict(fault, retry_after=3))), "/mine", USER)
    wrong_body = asked(plain(package, Doors(errors.NotFound(7))), "/mine", USER)
    declared = asked(plain(package, Doors(errors.Conflict(fault, retry_after=3))), "/both", {**USER, **MACHINE})

    assert (undeclared.status_code, wrong_body.status_code) == (500, 500)
    assert (declared.status_code, declared.headers["retry-after"]) == (409, "3")


def test_errors_of_operations_are_errors_of_their_status(package: ModuleType) -> None:
    del package
    errors = importlib.import_module("doors_api.errors")

    assert errors.GetMineNotFound.__mro__[1:3] == (errors.NotFound, errors.DeclaredError)
    assert issubclass(errors.GetBothNotFound, errors.NotFound)
    assert issubclass(errors.GetOpenError, errors.Error)
    assert errors.GetFreeServiceUnavailable().body is None
    assert errors.GetBothConflict("x", retry_after=1).retry_after == 1


USER_CODE: Final = """
from __future__ import annotations
from doors_api import errors, models, server

class Doors:
    async def get_mine(self, *, principal: Caller, principal_2: str | None) -> str:
        raise errors.NotFound(models.Fault(message=principal.name))
    async def get_open(self, *, principal: Caller | None) -> str:
        return ""
    async def get_both(self, *, principal: Caller) -> str:
        raise errors.GetBothNotFound("x")

class Caller:
    name = ""

class Free:
    async def get_free(self) -> str:
        return ""

class Security:
    async def user(self, credential: server.BearerToken, scopes: tuple[str, ...]) -> Caller | None:
        if not scopes:
            raise server.Forbidden("no")
        return Caller()
    async def machine(self, credential: server.ApiKey, scopes: tuple[str, ...]) -> Caller | None:
        return Caller()

def caught() -> str | None:
    try:
        return None
    except errors.GetMineNotFound as error:
        return error.body.message

app = server.app(doors=Doors(), free=Free(), security=Security(), settings=server.Settings())
"""


def test_type_checker_knows_the_principal(package: ModuleType, tmp_path: Path) -> None:
    place = Path(str(package.__file__)).parents[1]
    (tmp_path / "right.py").write_text(USER_CODE, encoding="utf-8")
    wrong = USER_CODE.replace("principal: Caller,", "principal: int,").replace("principal.name", "'x'")
    (tmp_path / "wrong.py").write_text(wrong, encoding="utf-8")
    options = ["--strict", "--no-error-summary", "--cache-dir", str(tmp_path / "cache")]

    run = subprocess.run(
        [sys.executable, "-m", "mypy", *options, "right.py", "wrong.py"],
        cwd=tmp_path,
        env={"MYPYPATH": str(place), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )

    lines = run.stdout.splitlines()
    assert lines, run.stderr
    assert all(line.startswith("wrong.py") for line in lines), run.stdout
    assert 'Cannot infer value of type parameter "Principal" of "app"' in run.stdout
