"""`apictl test`: exit codes, and one error where a service can't be tested."""

from __future__ import annotations

from pathlib import Path

import pytest

from apictl.cli.main import main

CONTRACT = """\
openapi: 3.1.0
info: {title: Greetings, version: '1'}
paths:
  /greeting:
    get:
      operationId: greet
      summary: Greet
      responses:
        '200':
          description: A greeting.
          content:
            application/json:
              schema: {type: object, required: [text], properties: {text: {type: string}}}
        default:
          description: A problem.
          content: {application/problem+json: {schema: {type: object}}}
"""

BROKEN = """\
import json

async def app(scope, receive, send):
    if scope["type"] == "http":
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps({"text": 1}).encode()})
"""


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a workspace with one service, the current folder of this test."""
    folder = tmp_path / "specs" / "greetings"
    folder.mkdir(parents=True)
    (folder / "openapi.yaml").write_text(CONTRACT)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_service_without_contract_tests_is_told_to_be_generated(
    workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["test", "greetings"]) == 2

    assert capfd.readouterr().err == (
        "error: service 'greetings' has no contract tests yet\n  hint: `apictl generate` writes them\n"
    )
    assert not (workspace / "generated").exists()


@pytest.mark.usefixtures("workspace")
def test_app_and_url_exclude_each_other(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "--app", "a:app", "--url", "http://localhost"]) == 2

    assert capfd.readouterr().err == "error: --app and --url exclude each other\n"


def test_url_is_one_service(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (workspace / "specs" / "other").mkdir()
    (workspace / "specs" / "other" / "openapi.yaml").write_text(CONTRACT)

    assert main(["test", "--url", "http://localhost"]) == 2

    assert "--url is one service, but 2 are to be tested" in capfd.readouterr().err


def test_untouched_stub_keeps_its_contract_and_a_broken_application_does_not(
    workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (workspace / "broken.py").write_text(BROKEN)
    assert main(["generate"]) == 0

    assert main(["test", "greetings"]) == 0
    assert "greetings: keeps its contract" in capfd.readouterr().out

    assert main(["test", "greetings", "--app", "broken:app", "-k", "greet"]) == 1
    told = capfd.readouterr().out
    assert "specs/greetings/openapi.yaml:5: greet" in told
    assert '1 is not of type "string"' in told
    assert "curl -X GET http://service/greeting" in told
    assert "apictl test greetings --seed 1 --app broken:app -k" in told
    assert "greetings: breaks its contract" in told

    assert main(["test", "greetings", "--url", "http://127.0.0.1:9"]) == 2
    silent = capfd.readouterr()
    assert "ERROR: the service at http://127.0.0.1:9 does not answer: Connection refused" in silent.err
    assert "greetings: could not be tested" in silent.out

    assert main(["test", "greetings", "--app", "absent:app"]) == 2
    assert "ERROR: --app absent:app: No module named 'absent'" in capfd.readouterr().err


RULED = """\
openapi: 3.1.0
info: {title: Greetings, version: '1'}
paths:
  /greeting:
    get:
      operationId: greet
      responses:
        '200': {description: A greeting.}
        '422': {description: Not on Sundays.}
"""

SUNDAY = """\
async def app(scope, receive, send):
    if scope["type"] == "http":
        status = 422 if scope["method"] == "GET" else 405
        await send({"type": "http.response.start", "status": status, "headers": [(b"allow", b"GET")]})
        await send({"type": "http.response.body", "body": b""})
"""


def test_rule_may_refuse_valid_requests_where_that_is_announced(
    workspace: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (workspace / "specs" / "greetings" / "openapi.yaml").write_text(RULED)
    (workspace / "sunday.py").write_text(SUNDAY)
    arguments = ["test", "greetings", "--app", "sunday:app", "-k", "test_greet or plainest"]
    assert main(["generate"]) == 0

    assert main(arguments) == 1
    assert "say so: --refusal greet=422, or `refusals` in apictl.yaml" in capfd.readouterr().out

    assert main([*arguments, "--refusal", "greet=422"]) == 0

    (workspace / "apictl.yaml").write_text("services: {greetings: {refusals: {greet: [422]}}}")
    assert main(arguments) == 0

    capfd.readouterr()
    assert main(["test", "greetings", "--refusal", "greet=422"]) == 2
    assert capfd.readouterr().err == "error: --refusal is about --app or --url, the stub has no rules of its own\n"


@pytest.mark.parametrize(
    "refusals, told",
    [
        (
            "{gret: [422]}",
            "apictl.yaml:1:35: 'greetings' has no operation 'gret'\n  hint: did you mean 'greet'?\n",
        ),
        ("{greet: [422, 409]}", "apictl.yaml:1:48: 'greet' does not declare 409, but 422\n"),
        ("{greet: [500]}", "apictl.yaml:1:43: services.greetings.refusals.greet.0: 500 is greater than"),
    ],
)
def test_refusals_that_the_contract_does_not_declare_are_found_in_the_manifest(
    workspace: Path, capfd: pytest.CaptureFixture[str], refusals: str, told: str
) -> None:
    (workspace / "specs" / "greetings" / "openapi.yaml").write_text(RULED)
    assert main(["generate"]) == 0
    (workspace / "apictl.yaml").write_text(f"services: {{greetings: {{refusals: {refusals}}}}}")

    assert main(["test", "greetings"]) == 2

    assert f"error: {told}" in capfd.readouterr().err


def test_tests_of_another_apictl_are_to_be_generated_anew(workspace: Path, capfd: pytest.CaptureFixture[str]) -> None:
    folder = workspace / "generated" / "greetings" / "python" / "contract_tests"
    folder.mkdir(parents=True)
    (folder / "cases.json").write_text('{"operations": [{"id": "greet"}]}')
    (workspace / "apictl.yaml").write_text("services: {greetings: {refusals: {greet: [422]}}}")

    assert main(["test", "greetings"]) == 2

    assert "`apictl generate` writes them anew" in capfd.readouterr().err


EVENTS = """\
asyncapi: 3.0.0
info: {title: %s, version: '1'}
channels:
  trips: {address: trips, messages: {Trip: {name: Trip, payload: {type: integer, minimum: 0, maximum: %d}}}}
operations:
  o: {action: %s, channel: {$ref: '#/channels/trips'}}
"""


def write_events(root: Path, service: str, action: str, most: int) -> None:
    """Write the contract of *service*, with numbers up to *most*."""
    path = root / "specs" / service / "asyncapi.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(EVENTS % (service, most, action))


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace where `rides` sends what `billing` refuses."""
    write_events(tmp_path, "rides", "send", 9)
    write_events(tmp_path, "billing", "receive", 5)
    monkeypatch.chdir(tmp_path)
    assert main(["generate"]) == 0
    return tmp_path


@pytest.mark.usefixtures("pair")
def test_message_that_another_service_refuses_is_told_with_what_proves_it(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "rides"]) == 1

    told = capfd.readouterr().out
    assert "specs/billing/asyncapi.yaml:4:103: error: 'billing' refuses some 'Trip' of 'rides'" in told
    assert 'may be sent, is refused: {"payload": 6}' in told
    assert "rides: keeps its contract, and may send what another service refuses" in told


def test_who_receives_is_not_to_blame_and_what_fits_is_not_told(pair: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "billing"]) == 0

    write_events(pair, "billing", "receive", 9)
    assert main(["test", "rides"]) == 0
    assert "refuse" not in capfd.readouterr().out


@pytest.mark.usefixtures("pair")
def test_options_of_events_are_of_one_service(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["test", "--service", "m:run"]) == 2
    assert "--service is of one service, but 2 are to be tested" in capfd.readouterr().err

    assert main(["test", "rides", "--service", "m:run", "--handlers", "m:make"]) == 2
    assert "--handlers and --service exclude each other" in capfd.readouterr().err
