"""Channels with one side only."""

from __future__ import annotations

from dataclasses import replace

from apictl.findings import Severity
from tests.rules.graph.traffic import events, party, told

ANY = "{}"
ASKING = """channels:
  ask: {address: asks, messages: {Q: {name: Q, payload: {}}}}
  back: {address: null, messages: {A: {name: A, payload: {}}}}
operations:
  o:
    action: send
    channel: {$ref: '#/channels/ask'}
    reply: {address: {location: '$message.header#/to'}, channel: {$ref: '#/channels/back'}}
"""


def test_what_nobody_receives_or_sends_is_a_note() -> None:
    found = told(party("a", "send", ANY, address="x"), party("b", "receive", ANY, address="completely.else"))

    assert list(found) == [
        "nobody in the workspace receives what 'a' sends to 'x'",
        "nobody in the workspace sends what 'b' receives from 'completely.else'",
    ]
    first = next(iter(found.values())).finding
    assert (first.rule, first.severity, first.hint) == ("channel-orphaned", Severity.INFO, None)
    assert (first.place.path, first.place.pointer) == ("a.yaml", "/operations/o")


def test_channel_with_both_sides_is_no_orphan() -> None:
    assert told(party("a", "send", ANY), party("b", "receive", ANY)) == {}


def test_what_somebody_else_runs_has_its_other_side_elsewhere() -> None:
    assert told(replace(party("a", "send", ANY), is_external=True)) == {}


def test_nothing_is_concluded_from_what_could_not_be_read() -> None:
    assert told(party("a", "send", ANY), replace(party("b", "receive", ANY, address="y"), is_whole=False)) == {}


def test_likely_slip_is_pointed_out() -> None:
    found = told(party("a", "send", ANY, address="trip.completed"), party("b", "receive", ANY, address="trip.complete"))

    assert [each.finding.hint for each in found.values()] == ["is 'trip.complete' meant?", "is 'trip.completed' meant?"]


def test_other_broker_is_pointed_out() -> None:
    servers = "{s: {host: 'h%d:9092', protocol: kafka}}"

    found = told(party("a", "send", ANY, servers=servers % 1), party("b", "receive", ANY, servers=servers % 2))

    hints = [each.finding.hint for each in found.values()]
    assert hints[0] == "'b' names the same address on kafka://h2:9092, here it is on kafka://h1:9092"


def test_reply_is_missed_only_where_somebody_is_asked() -> None:
    alone = told(events("a", ASKING))
    answered = told(events("a", ASKING), party("b", "receive", ANY, address="asks"))

    assert list(alone) == ["nobody in the workspace receives what 'a' sends to 'asks'"]
    assert list(answered) == ["nobody gives the reply that 'a' expects in 'o'"]
