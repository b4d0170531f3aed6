"""Channels of one address: one place, with the messages of all."""

from __future__ import annotations

import pytest

from apictl.emitters.events.spelling import SpelledEvents, Telling
from tests.emitters.events.documents import methods, pages, spelled

TOLD = "{payload: {type: object, required: [k], properties: {k: {const: %s}}}}"
TWO = f"""
channels:
  c: {{address: a, messages: {{one: {TOLD % "x"}}}}}
  d: {{address: a, messages: {{other: {TOLD % "y"}}}}}
operations:
  take: {{action: receive, channel: {{$ref: '#/channels/c'}}}}
  keep: {{action: receive, channel: {{$ref: '#/channels/d'}}}}
"""
RECEIVED = """
servers: {s: {host: s, protocol: kafka}, t: {host: t, protocol: amqp}}
channels:
  c: %s
  d: %s
operations:
  take: {action: receive, channel: {$ref: '#/channels/c'}}
  keep: {action: receive, channel: {$ref: '#/channels/d'}}
"""


def found(events: SpelledEvents) -> list[tuple[str, str]]:
    return [(one.rule, one.place.pointer) for one in events.findings]


def test_channels_of_one_address_are_one_with_one_plan() -> None:
    events = spelled(TWO)

    (channel,) = events.channels
    assert [each.message.name for each in channel.messages] == ["COne", "DOther"]
    assert (channel.plan.telling, channel.plan.names) == (Telling.VALUE, {"x": "COne", "y": "DOther"})
    assert {one.channel.constant for one in events.operations} == {channel.constant}
    assert events.findings == ()


def test_each_operation_of_a_shared_address_keeps_its_handlers() -> None:
    files = pages(TWO)

    assert [*methods(files["events.py"], "THandlers")] == ["on_c_one", "on_d_other"]
    assert files["channels.py"].count("Channel(") == 1


def test_message_that_two_channels_of_one_address_have_is_handled_once() -> None:
    events = spelled(
        """
channels:
  c: {address: a, messages: {m: {$ref: '#/components/messages/m'}}}
  d: {address: a, messages: {m: {$ref: '#/components/messages/m'}}}
operations:
  one: {action: receive, channel: {$ref: '#/channels/c'}}
  two: {action: receive, channel: {$ref: '#/channels/d'}}
components: {messages: {m: {payload: {type: string}}}}
"""
    )

    assert [len(one.methods) for one in events.operations] == [1, 0]
    assert found(events) == [("message-received-twice", "/operations/two")]


def test_channel_that_says_no_server_is_where_the_other_one_is() -> None:
    events = spelled(
        RECEIVED
        % (
            "{address: a, servers: [{$ref: '#/servers/s'}], messages: {m: {payload: {type: string}}}}",
            "{address: a, messages: {n: {payload: {type: integer}}}}",
        )
    )

    (channel,) = events.channels
    assert channel.channel.servers == ("s",)


@pytest.mark.parametrize(
    "one, other",
    [
        (
            "{address: a, servers: [{$ref: '#/servers/s'}], messages: {m: {payload: {type: string}}}}",
            "{address: a, servers: [{$ref: '#/servers/t'}], messages: {n: {payload: {type: integer}}}}",
        ),
        (
            "{address: 'a.{p}', parameters: {p: {}}, messages: {m: {payload: {type: string}}}}",
            "{address: 'a.{q}', parameters: {q: {}}, messages: {n: {payload: {type: integer}}}}",
        ),
        (
            "{address: 'a.{p}', parameters: {p: {enum: [x]}}, messages: {m: {payload: {type: string}}}}",
            "{address: 'a.{p}', parameters: {p: {enum: [y]}}, messages: {n: {payload: {type: integer}}}}",
        ),
    ],
)
def test_channels_that_cannot_be_one_are_refused_where_both_are_received(one: str, other: str) -> None:
    text = RECEIVED % (one, other)

    assert found(spelled(text)) == [("channel-address-shared", "/channels/d")]
    assert found(spelled(text.replace("keep: {action: receive", "keep: {action: send"))) == []
