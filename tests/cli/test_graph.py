"""`apictl graph` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apictl.cli.main import main
from tests.cli.workspaces import CONTRACT, write_contract

_EVENTS = """asyncapi: 3.0.0
info: {title: T, version: "1"}
channels:
  c: {address: trips, messages: {Trip: {name: Trip, payload: {type: integer, maximum: %d}}}}
operations:
  o: {action: %s, channel: {$ref: '#/channels/c'}}
"""


def _events(root: Path, service: str, action: str, most: int) -> None:
    path = root / "specs" / service / "asyncapi.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_EVENTS % (most, action), encoding="utf-8")


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workspace where `a` calls `b` and sends to it what it accepts."""
    write_contract(tmp_path, CONTRACT, service="b")
    _events(tmp_path, "a", "send", 5)
    _events(tmp_path, "b", "receive", 5)
    (tmp_path / "apictl.yaml").write_text("services:\n  a:\n    consumes: {b: [getX]}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("workspace")
def test_traffic_is_told_by_service(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph"]) == 0
    assert (
        capsys.readouterr().out
        == """\
a
  calls     b      getX
  sends     trips  Trip to b

b
  called by a      getX
  receives  trips  Trip from a

2 services, 1 call, 1 channel
"""
    )


def test_message_that_is_refused_makes_the_exit_code(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _events(workspace, "b", "receive", 4)

    assert main(["graph"]) == 1
    told = capsys.readouterr().out
    assert "specs/b/asyncapi.yaml:4:87: error: 'b' refuses some 'Trip' of 'a': maximum of payload is 4, " in told
    assert 'may be sent, is refused: {"payload": 5}\n' in told
    assert "'a' may send it, as it says at specs/a/asyncapi.yaml:4:" in told


@pytest.mark.parametrize("name", ["mermaid", "dot"])
def test_drawing_leaves_the_reason_to_the_other_stream(
    workspace: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    _events(workspace, "b", "receive", 4)

    assert main(["graph", "--format", name]) == 1
    told = capsys.readouterr()
    assert "refuses" not in told.out
    assert "refuses" in told.err


@pytest.mark.parametrize("consumes,place", [("{b: [getX, getY]}", "3:26"), ("{b: {getY: null}}", "3:20")])
def test_operation_that_is_not_there_is_told_in_the_manifest(
    workspace: Path, capsys: pytest.CaptureFixture[str], consumes: str, place: str
) -> None:
    (workspace / "apictl.yaml").write_text(f"services:\n  a:\n    consumes: {consumes}\n", encoding="utf-8")

    assert main(["graph"]) == 1
    assert (
        f"apictl.yaml:{place}: error: 'a' consumes 'getY', which 'b' does not offer [operation-unknown]"
        in capsys.readouterr().out
    )


def test_page_is_written_to_a_file(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["graph", "--format", "html", "--output", "services.html"]) == 0

    assert (workspace / "services.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert capsys.readouterr().out == "wrote services.html: 2 services, 1 call, 1 channel\n"


def test_one_service_is_shown_with_what_it_has_to_do_with(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _events(workspace, "c", "send", 9)

    assert main(["graph", "a", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [each["name"] for each in told["services"]] == ["a", "b"]
    assert told["findings"] == []
    assert main(["graph", "c", "--format", "json"]) == 1


def test_contract_that_cant_be_read_is_told_and_nothing_is_concluded_from_it(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (workspace / "specs/b/asyncapi.yaml").write_text("asyncapi: 3.0.0\ninfo: 1\n", encoding="utf-8")

    assert main(["graph"]) == 1
    told = capsys.readouterr().out
    assert "specs/b/asyncapi.yaml:2:7: error: " in told
    assert "b (could not be read)" in told
    assert "channel-orphaned" not in told


@pytest.mark.usefixtures("workspace")
@pytest.mark.parametrize(
    "arguments,message",
    [(["bb"], "there is no service 'bb'"), (["-o", "no/x.html"], "there is no folder no")],
)
def test_what_is_not_there_is_a_fault_of_use(
    capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert main(["graph", *arguments]) == 2
    assert message in capsys.readouterr().err
