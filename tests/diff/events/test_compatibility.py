"""What a log that is kept asks for, beside what the direction asks for."""

from __future__ import annotations

import pytest

from apictl.diff.changes import Proof
from apictl.diff.law import Side
from apictl.rules.dials import ChannelCompatibility, Compatibility, Dials
from tests.diff.events.cases import ON_TRIPS, document
from tests.rules.contracts import between, breaking

FEWER, MORE = (
    document(f"trips: {{address: trips, messages: {{trip: {{name: trip, payload: {{enum: [{values}]}}}}}}}}", ON_TRIPS)
    for values in ("a", "a, b")
)
ADDED, REMOVED = ["enum-value-added"], ["enum-value-removed"]


def _asking(compatibility: Compatibility, channel: str = "tr*") -> Dials:
    return Dials(compatibilities=(ChannelCompatibility(channel, compatibility),))


@pytest.mark.parametrize(
    "compatibility, action, more, fewer",
    [
        (Compatibility.BACKWARD, "receive", [], REMOVED),
        (Compatibility.BACKWARD, "send", ADDED, REMOVED),
        (Compatibility.FORWARD, "receive", ADDED, REMOVED),
        (Compatibility.FORWARD, "send", ADDED, []),
        (Compatibility.FULL, "receive", ADDED, REMOVED),
        (Compatibility.FULL, "send", ADDED, REMOVED),
    ],
)
def test_direction_that_is_asked_for_breaks_too(
    compatibility: Compatibility, action: str, more: list[str], fewer: list[str]
) -> None:
    few, many = (text.replace("ACTION", action) for text in (FEWER, MORE))

    assert breaking(between(few, many, _asking(compatibility))) == more
    assert breaking(between(many, few, _asking(compatibility))) == fewer


def test_other_channels_are_judged_by_their_direction() -> None:
    few, many = (text.replace("ACTION", "send") for text in (FEWER, MORE))

    assert breaking(between(many, few, _asking(Compatibility.FULL, "zones"))) == []


def test_message_of_a_log_that_is_gone_breaks_who_reads_from_the_beginning() -> None:
    text = "trips: {{address: trips, messages: {{a: {{payload: {{const: a}}}}{}}}}}"
    old, new = (
        document(text.format(more), ON_TRIPS.replace("ACTION", "send")) for more in (", b: {payload: {const: b}}", "")
    )

    assert breaking(between(old, new)) == []
    assert breaking(between(old, new, _asking(Compatibility.BACKWARD))) == ["message-removed"]


def test_change_that_breaks_who_reads_the_log_is_shown_by_a_message_of_the_log() -> None:
    few, many = (text.replace("ACTION", "send") for text in (FEWER, MORE))

    [change] = between(many, few, _asking(Compatibility.FULL))

    assert (change.side, change.proof) == (Side.ACCEPTS, Proof.WITNESS)
    assert change.witness is not None
    assert (change.witness.value, change.witness.accepted_by) == ("b", "old")
    assert change.message == "SEND trips no longer sends 'b' for payload of message 'trip'"
