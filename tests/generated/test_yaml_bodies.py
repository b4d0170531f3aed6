"""Bodies in YAML: judged and typed as those in JSON, on both sides; text where the contract says text."""

from __future__ import annotations

import datetime as dt
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final, NamedTuple

import httpx2
import pytest

from tests.corpus.trial import attempt
from tests.generated.packages import generate_into
from tests.system.serving import served

CONTRACT: Final = """
openapi: 3.1.0
info: {title: Plans, version: 1.0.0}
paths:
  /plan:
    put:
      operationId: putPlan
      requestBody:
        required: true
        content: {application/apply-patch+yaml: {schema: {$ref: '#/components/schemas/Plan'}}}
      responses:
        '200':
          description: The plan.
          content:
            application/json: {schema: {$ref: '#/components/schemas/Plan'}}
            application/yaml: {schema: {$ref: '#/components/schemas/Plan'}}
        '422': {description: Refused., content: {application/yaml: {schema: {type: object}}}}
  /source:
    put:
      operationId: putSource
      requestBody: {required: true, content: {application/yaml: {schema: {type: string, maxLength: 30}}}}
      responses: {'200': {description: It., content: {text/yaml: {schema: {type: string}}}}}
components:
  schemas:
    Plan:
      type: object
      required: [day]
      additionalProperties: false
      properties: {day: {type: string, format: date}, note: {type: string}, seats: {type: integer, maximum: 9}}
"""


class Document(NamedTuple):
    """The contract in a file."""

    path: Path
    service: str = "plans"
    kind: str = "openapi"


class Service:
    """Gives back what it is given."""

    def __init__(self) -> None:
        """Nothing was given."""
        self.given: Any = None

    async def put_plan(self, body: Any) -> Any:
        self.given = body
        return body

    async def put_source(self, body: str) -> str:
        self.given = body
        return body


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plans")
    (folder / "specs" / "plans").mkdir(parents=True)
    (folder / "specs" / "plans" / "openapi.yaml").write_text(CONTRACT, encoding="utf-8")
    generate_into(folder, folder, {"plans"})
    return folder


@pytest.fixture(scope="module")
def plans(workspace: Path) -> Iterator[ModuleType]:
    place = str(workspace / "plans" / "python")
    sys.path.insert(0, place)
    yield importlib.import_module("plans_api")
    sys.path.remove(place)


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
def http(plans: ModuleType, service: Service) -> Iterator[httpx2.Client]:
    del plans
    server = importlib.import_module("plans_api.server")
    with served(server.app(plans=service)) as url, httpx2.Client(base_url=url) as client:
        yield client


def put(http: httpx2.Client, content: str, accept: str = "*/*") -> httpx2.Response:
    headers = {"Content-Type": "application/apply-patch+yaml", "Accept": accept}
    return http.put("/plan", content=content, headers=headers)


def test_what_a_client_sends_in_yaml_arrives_as_it_was(http: httpx2.Client, service: Service) -> None:
    client, models = (importlib.import_module(f"plans_api.{name}") for name in ("client", "models"))
    plan = models.Plan(day=dt.date(2026, 1, 2), note="yes: 1e5\n", seats=3)

    answer = client.PlansClient(http).plans.put_plan(body=plan)

    assert service.given == plan
    assert answer == plan


def test_body_in_yaml_is_typed(http: httpx2.Client, service: Service) -> None:
    answer = put(http, "day: 2026-01-02\nnote: no\n")

    assert (service.given.day, service.given.note) == (dt.date(2026, 1, 2), "no")
    assert answer.json() == {"day": "2026-01-02", "note": "no"}


def test_answer_is_yaml_for_who_likes_that_best(http: httpx2.Client) -> None:
    answer = put(http, "{day: 2026-01-02, note: 'no'}", accept="application/yaml, application/json;q=0.5")

    assert answer.headers["content-type"] == "application/yaml"
    assert answer.text == "day: '2026-01-02'\nnote: 'no'\n"


@pytest.mark.parametrize(
    "content,status",
    [
        ("day: 2026-01-02\nseats: 10", 422),
        ("day: 2026-01-02\nseats: '5'", 422),
        ("day: tomorrow", 422),
        ("- null", 422),
        ("day: {", 422),
        ("day: 2026-01-02\nday: 2026-01-03", 422),
        ("", 422),
    ],
)
def test_wrong_body_in_yaml_is_refused_as_declared(http: httpx2.Client, content: str, status: int) -> None:
    answer = put(http, content)

    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/yaml")


def test_string_of_yaml_is_the_text_of_the_document(http: httpx2.Client, service: Service) -> None:
    client = importlib.import_module("plans_api.client")

    answer = client.PlansClient(http).plans.put_source(body="a: 1 # one\nb: [")

    assert service.given == "a: 1 # one\nb: ["
    assert answer == service.given


def test_stub_with_yaml_keeps_its_contract(workspace: Path, tmp_path: Path) -> None:
    document = Document(workspace / "specs" / "plans" / "openapi.yaml")

    trial = attempt(document, tmp_path, steps=("generate", "mypy", "tests"))

    assert trial.flaws == {}


def test_package_without_yaml_never_imports_what_reads_it(workspace: Path) -> None:
    place = workspace / "plans" / "python"
    code = "import sys, plans_api.client, plans_api.server; sys.exit('yaml' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], cwd=place, check=False)

    assert done.returncode == 0
    assert '"pyyaml>=6.0.2",' in (place / "pyproject.toml").read_text(encoding="utf-8")
