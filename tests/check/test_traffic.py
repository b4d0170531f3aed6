"""Messages and calls between services, as a part of `apictl check`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.check.fleets import PRICING, checked, commit, rules, write_values
from tests.cli.workspaces import write_contract

Capture = pytest.CaptureFixture[str]
EVENTS = """asyncapi: 3.0.0
info: {title: T, version: 1.0.0}
channels:
  fares: {address: fares, messages: {fare: {payload: {type: TYPE}}}}
operations:
  fare: {action: ACTION, channel: {$ref: '#/channels/fares'}}
"""
TRAFFIC = ("--only", "traffic")


def _write_events(folder: Path, service: str, *, action: str, kind: str) -> None:
    path = folder / "specs" / service / "asyncapi.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(EVENTS.replace("ACTION", action).replace("TYPE", kind), encoding="utf-8")


@pytest.fixture
def talking(folder: Path) -> Path:
    """Return a workspace in which one service sends texts to another."""
    _write_events(folder, "pricing", action="send", kind="string")
    _write_events(folder, "trips", action="receive", kind="string")
    commit(folder)
    return folder


def test_messages_that_are_accepted_are_nothing_to_tell(talking: Path, capsys: Capture) -> None:  # noqa: ARG001
    code, told = checked(capsys, *TRAFFIC)

    assert (code, rules(told, "traffic")) == (0, [])


@pytest.mark.parametrize("arguments", [[], ["pricing"], ["trips"], ["--affected"]])
def test_message_that_its_receiver_refuses_is_told_once_whoever_is_checked(
    talking: Path, capsys: Capture, arguments: list[str]
) -> None:
    assert checked(capsys, *TRAFFIC)[0] == 0
    _write_events(talking, "trips", action="receive", kind="integer")

    code, told = checked(capsys, *TRAFFIC, *arguments)

    assert code == 1
    assert rules(told, "traffic") == ["messages-incompatible"]
    finding = told["sections"]["traffic"]["findings"][0]
    assert finding["place"]["path"] == "specs/trips/asyncapi.yaml"
    assert finding["details"][0].startswith("may be sent, is refused: ")


def test_message_is_judged_anew_when_only_the_other_end_changed(talking: Path, capsys: Capture) -> None:
    _write_events(talking, "trips", action="receive", kind="integer")
    assert checked(capsys, *TRAFFIC, "pricing")[0] == 1

    _write_events(talking, "trips", action="receive", kind="string")
    code, told = checked(capsys, *TRAFFIC, "pricing")

    assert (code, rules(told, "traffic")) == (0, [])


@pytest.mark.parametrize("service", ["pricing", "trips"])
def test_operation_that_goes_is_missed_by_who_calls_it(talking: Path, capsys: Capture, service: str) -> None:
    assert checked(capsys, *TRAFFIC)[0] == 0
    write_contract(talking, PRICING.replace("createQuote", "makeQuote"), service="pricing")

    code, told = checked(capsys, *TRAFFIC, service)

    assert code == 1
    assert rules(told, "traffic") == ["operation-unknown"]
    assert told["sections"]["traffic"]["findings"][0]["place"]["path"] == "apictl.yaml"
    assert told["consumers_hit"] == {"pricing": ["trips"]}


def test_nothing_is_concluded_from_a_contract_that_can_not_be_read(talking: Path, capsys: Capture) -> None:
    write_contract(talking, PRICING.replace("createQuote", "makeQuote").replace("paths:", "path:"), service="pricing")

    code, told = checked(capsys, *TRAFFIC)

    assert (code, rules(told, "traffic")) == (0, [])


def test_document_that_both_refer_to_is_judged_for_both(talking: Path, capsys: Capture) -> None:
    write_values(talking, "Order: {type: object, properties: {kind: {enum: [standard]}}}\nFare: {type: string}\n")
    for service in ("pricing", "trips"):
        path = talking / "specs" / service / "asyncapi.yaml"
        text = path.read_text(encoding="utf-8").replace("{type: string}", "{$ref: '../common/values.yaml#/Fare'}")
        path.write_text(text, encoding="utf-8")

    code, told = checked(capsys, *TRAFFIC)

    assert (code, rules(told, "traffic")) == (0, [])
