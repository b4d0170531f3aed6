"""`apictl diff` of AsyncAPI documents: files, services with one document or two, every format."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apictl.cli.main import OK, REFUSED, main
from tests.cli.quotes import entered, told
from tests.cli.workspaces import write_contract
from tests.workspace.repositories import commit_all

EVENTS = """asyncapi: 3.0.0
info: {title: T, version: "1"}
channels:
  trips:
    address: trips
    messages: {trip: {name: trip, payload: {type: object, required: [id], properties: {id: {type: string}}}}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
"""
NARROWED = EVENTS.replace("{id: {type: string}}", "{id: {type: string, maxLength: 3}}")


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return entered(tmp_path, monkeypatch)


def _write_events(root: Path, text: str, service: str = "a") -> None:
    path = root / "specs" / service / "asyncapi.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("name", ["text", "json", "markdown", "html"])
def test_two_files_are_compared_in_every_format(root: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (root / "old.yaml").write_text(EVENTS, encoding="utf-8")
    (root / "new.yaml").write_text(NARROWED, encoding="utf-8")

    code = main(["diff", "old.yaml", "new.yaml", "--format", name])

    output = capsys.readouterr().out
    assert code == REFUSED
    assert "max-length-tightened" in output
    assert "RECEIVE" in output
    if name == "json":
        [finding] = json.loads(output)["findings"]
        assert finding["operations"] == ["onTrip"]
        assert len(finding["witness"]["value"]["id"]) > 3


def test_events_beside_requests_are_compared_with_what_was(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write_events(root, EVENTS)
    commit_all(root)
    _write_events(root, NARROWED)

    code, output = told(capsys, "--against", "HEAD")

    assert code == REFUSED
    assert "specs/a/asyncapi.yaml:6:" in output
    assert "[max-length-tightened]" in output


def test_service_of_events_only_is_compared(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _write_events(root, EVENTS, "lights")
    commit_all(root)

    assert told(capsys, "lights", "--against", "HEAD")[0] == OK
    _write_events(root, NARROWED, "lights")

    assert told(capsys, "lights", "--against", "HEAD")[0] == REFUSED


def test_events_that_are_new_hurt_nobody_and_those_that_are_gone_do(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _write_events(root, EVENTS)

    assert told(capsys)[0] == OK
    commit_all(root)
    (root / "specs/a/asyncapi.yaml").unlink()

    code, output = told(capsys, "--against", "HEAD")

    assert code == REFUSED
    assert "RECEIVE trips is removed [event-operation-removed]" in output


def test_log_that_is_kept_asks_for_both_directions(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root)
    _write_events(root, NARROWED)
    commit_all(root)
    _write_events(root, EVENTS)

    assert told(capsys, "--against", "HEAD")[0] == OK
    (root / "apictl.yaml").write_text("diff: {compatibilities: [{channel: trips, compatibility: full-transitive}]}\n")

    assert told(capsys, "--against", "HEAD")[0] == REFUSED


def test_consumer_is_hit_by_what_it_reads_of_a_message(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manifest = (
        "services: {{a: {{}}, b: {{openapi: specs/a/openapi.yaml, consumes: {{a: {{onTrip: {{fields: [{}]}}}}}}}}}}\n"
    )
    sending = EVENTS.replace("receive", "send")
    _write_events(root, sending)
    commit_all(root)
    _write_events(root, sending.replace("required: [id], ", ""))

    for field, is_hit in (("id", True), ("fare", False)):
        (root / "apictl.yaml").write_text(manifest.format(field), encoding="utf-8")
        _, output = told(capsys, "a", "--against", "HEAD")
        assert ("hits b" in output) is is_hit
