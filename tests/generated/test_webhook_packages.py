"""Packages of contracts whose webhooks ask for credentials, are signed by the standard, or are shared by operations."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import httpx2
import pytest

from apictl.pages.rendering import render
from apictl.workspace.targets import TargetOptions, emit
from tests.readers.documents import contract_of, read_text

DONE: Final = "{'204': {description: Done.}, '401': {description: Who are you?}, default: {description: No.}}"
CONTRACT: Final = f"""
openapi: 3.1.0
info: {{title: Bells, version: 1.0.0}}
security: [{{secret: []}}]
paths:
  /bells:
    post:
      operationId: createBell
      parameters: [{{name: url, in: query, required: true, schema: {{type: string}}}}]
      responses: {DONE}
      callbacks: {{rung: {{$ref: '#/components/callbacks/Rung'}}}}
  /towers:
    post:
      operationId: createTower
      parameters: [{{name: other, in: query, schema: {{type: string}}}}]
      responses: {DONE}
      callbacks: {{rung: {{$ref: '#/components/callbacks/Rung'}}}}
webhooks:
  bellBroken:
    put:
      operationId: bellBroken
      security: [{{key: []}}]
      parameters:
        - {{name: webhook-id, in: header, required: true, schema: {{type: string}}}}
        - {{name: webhook-timestamp, in: header, required: true, schema: {{type: integer}}}}
        - {{name: webhook-signature, in: header, required: true, schema: {{type: string}}}}
      requestBody: {{required: true, content: {{application/json: {{schema: {{$ref: '#/components/schemas/Bell'}}}}}}}}
      responses: {DONE}
components:
  securitySchemes:
    key: {{type: apiKey, in: header, name: X-Key}}
    secret: {{type: http, scheme: bearer}}
  callbacks:
    Rung: {{'{{$request.query.url}}': {{post: {{operationId: bellRung, responses: {DONE}}}}}}}
  schemas:
    Bell: {{type: object, required: [id], properties: {{id: {{type: integer, readOnly: true}}}}}}
"""
SECRET: Final = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Yield the folder of the package, importable as `bells_api`."""
    folder = tmp_path_factory.mktemp("bells")
    emission = emit(contract_of(read_text(CONTRACT)), TargetOptions(package="bells_api"))
    for file in render(emission.pages):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    sys.path.insert(0, str(folder / "python"))
    yield folder / "python"
    sys.path.remove(str(folder / "python"))
    for name in [name for name in sys.modules if name.partition(".")[0] == "bells_api"]:
        del sys.modules[name]


class Keeper:
    """Keeps who rang what."""

    def __init__(self) -> None:
        """Begin empty."""
        self.heard: list[tuple[Any, ...]] = []

    async def bell_broken(self, body: Any, *, principal: str, webhook_id: str, **_: Any) -> None:
        """Keep it."""
        self.heard.append((principal, webhook_id, body.id))

    async def bell_rung(self) -> None:
        """Keep nothing."""


class Keys:
    """Knows one key."""

    async def key(self, credential: Any, _scopes: tuple[str, ...]) -> str | None:
        """Return whose key it is."""
        return "the tower" if credential.value == "k" else None


def sent_with(package: Path, key: str, secret: str) -> list[tuple[Any, ...]]:
    assert package.is_dir()
    models = importlib.import_module("bells_api.models")
    receiver = importlib.import_module("bells_api.webhooks.receiver")
    sender = importlib.import_module("bells_api.webhooks.sender")
    testclient = importlib.import_module("starlette.testclient")
    keeper = Keeper()
    app = receiver.app(keeper, security=Keys(), verify=receiver.StandardWebhooks(SECRET).verify)
    with testclient.TestClient(app) as there:

        def carry(request: httpx2.Request) -> httpx2.Response:
            answer = there.request(request.method, request.url.path, headers=request.headers, content=request.content)
            return httpx2.Response(answer.status_code)

        with httpx2.Client(transport=httpx2.MockTransport(carry)) as http:
            bells = sender.WebhookSender(
                http,
                "https://tower.example/bellBroken",
                sign=sender.StandardWebhooks(secret).sign,
                credentials=sender.Credentials(key=key),
            )
            bells.bell_broken(models.Bell(id=7), webhook_id="msg_1")
    return keeper.heard


def test_what_is_signed_and_shows_its_own_key_arrives_from_who_it_is(package: Path) -> None:
    assert sent_with(package, "k", SECRET) == [("the tower", "msg_1", 7)]


@pytest.mark.parametrize("key, secret", [("wrong", SECRET), ("k", "whsec_AAAA")])
def test_wrong_key_and_wrong_secret_are_refused(package: Path, key: str, secret: str) -> None:
    errors = importlib.import_module("bells_api.webhooks.errors")

    with pytest.raises(errors.Unauthorized):
        sent_with(package, key, secret)


def test_callback_that_operations_share_has_an_address_for_each_that_names_it(package: Path) -> None:
    assert package.is_dir()
    sender = importlib.import_module("bells_api.webhooks.sender")

    assert sender.bell_rung_url_of_create_bell(url="https://a.example/rung") == "https://a.example/rung"
    assert not hasattr(sender, "bell_rung_url_of_create_tower")


def test_package_is_strictly_typed_and_keeps_its_contract(package: Path) -> None:
    modules = ["-m", "mypy", "--strict", "--no-incremental", "-p", "bells_api.webhooks"]
    typed = subprocess.run([sys.executable, *modules], cwd=package, capture_output=True, text=True, check=False)
    tests = [sys.executable, "-m", "pytest", "-q", "--examples=3", "contract_tests"]
    tested = subprocess.run(tests, cwd=package, capture_output=True, text=True, check=False)

    assert typed.returncode == 0, typed.stdout
    assert tested.returncode == 0, tested.stdout


def test_contract_of_somebody_else_has_a_receiver_too() -> None:
    emission = emit(contract_of(read_text(CONTRACT)), TargetOptions(package="bells_api", is_external=True))

    paths = {page.path.as_posix() for page in emission.pages.pages}
    assert "python/bells_api/webhooks/receiver.py" in paths
    assert "python/bells_api/server.py" not in paths
