"""How messages of one channel are told apart, and when nothing does."""

from __future__ import annotations

import pytest

from apictl.emitters.events.spelling import Plan, SpelledEvents, Telling
from apictl.findings import Severity
from tests.emitters.events.documents import spelled


def two(one: str, other: str) -> SpelledEvents:
    """Return the events of a service that receives the messages `one` and `other` on one channel."""
    return spelled(
        f"""
channels: {{c: {{address: a, messages: {{one: {{name: one, {one[1:]}, other: {{name: other, {other[1:]}}}}}}}
operations: {{take: {{action: receive, channel: {{$ref: '#/channels/c'}}}}}}
"""
    )


def plan(events: SpelledEvents) -> Plan:
    """Return the plan of the only channel."""
    (channel,) = events.channels
    return channel.plan


def test_constant_in_the_payload_tells() -> None:
    events = two(
        "{payload: {type: object, required: [k], properties: {k: {const: x}}}}",
        "{payload: {type: object, required: [k], properties: {k: {enum: [y, z]}}}}",
    )

    assert plan(events) == Plan(Telling.VALUE, "/k", {"x": "one", "y": "other", "z": "other"})
    assert events.findings == ()


def test_constant_further_inside_tells_with_its_pointer_escaped() -> None:
    def payload(value: str) -> str:
        inner = f"{{type: object, required: [k], properties: {{k: {{const: {value}}}}}}}"
        return f"{{payload: {{type: object, required: [a/b], properties: {{a/b: {inner}}}}}}}"

    assert plan(two(payload("x"), payload("y"))).where == "/a~1b/k"


def test_header_tells_before_the_payload_does() -> None:
    def message(value: str) -> str:
        part = f"{{type: object, required: [t], properties: {{t: {{type: string, const: {value}}}}}}}"
        return f"{{headers: {part}, payload: {part}}}"

    assert plan(two(message("x"), message("y"))) == Plan(Telling.HEADER, "t", {"x": "one", "y": "other"})


def test_property_that_the_other_message_forbids_tells() -> None:
    events = two(
        "{payload: {type: object, additionalProperties: false, required: [a], properties: {a: {}}}}",
        "{payload: {type: object, additionalProperties: false, required: [b], properties: {b: {}}}}",
    )

    assert plan(events) == Plan(Telling.PROPERTY, "", {"a": "one", "b": "other"})


def test_messages_that_no_value_may_both_be_are_told_apart_by_schema() -> None:
    events = two("{payload: {type: string}}", "{payload: {type: integer}}")

    assert plan(events).telling is Telling.SCHEMA
    assert events.findings == ()


@pytest.mark.parametrize(
    "one, other",
    [
        ("{payload: {type: object, minProperties: 1}}", "{payload: {type: object}}"),
        (  # both may have both
            "{payload: {type: object, required: [a]}}",
            "{payload: {type: object, required: [b]}}",
        ),
        (  # the texts meet
            "{payload: {type: object, required: [k], properties: {k: {enum: [x, y]}}}}",
            "{payload: {type: object, required: [k], properties: {k: {enum: [y, z]}}}}",
        ),
        (  # the text may be missing
            "{payload: {type: object, properties: {k: {const: x}}}}",
            "{payload: {type: object, properties: {k: {const: y}}}}",
        ),
        (  # null has no text
            "{payload: {type: [object, 'null'], required: [k], properties: {k: {const: x}}}}",
            "{payload: {type: [object, 'null'], required: [k], properties: {k: {const: y}}}}",
        ),
    ],
)
def test_messages_that_one_value_may_both_be_are_ambiguous(one: str, other: str) -> None:
    events = two(one, other)

    (finding,) = events.findings
    assert (finding.rule, finding.severity, finding.place.pointer) == (
        "message-ambiguous",
        Severity.WARNING,
        "/channels/c",
    )
    assert "'one' and 'other'" in finding.message
    assert finding.message.endswith("}")


def test_what_may_be_both_is_shown() -> None:
    events = two(
        "{headers: {type: object, required: [a], properties: {a: {const: 1}}}, payload: {enum: [x, y]}}",
        "{headers: {type: object}, payload: {enum: [y, z]}}",
    )

    assert [one.message.partition("lettered ")[2] for one in events.findings] == [
        '{"headers": {"a": 1}, "payload": "y"}'
    ]


def test_messages_that_are_alike_are_an_error_where_both_are_received() -> None:
    payload = "{payload: {$ref: '#/components/schemas/P'}}"
    channels = f"""
components: {{schemas: {{P: {{type: string}}}}}}
channels: {{c: {{address: a, messages: {{one: {payload}, other: {payload}}}}}}}
operations: {{take: {{action: %s, channel: {{$ref: '#/channels/c'}}%s}}}}
"""
    only_one = ", messages: [{$ref: '#/channels/c/messages/one'}]"

    received, sent, told = (spelled(channels % each) for each in (("receive", ""), ("send", ""), ("receive", only_one)))

    assert [(one.rule, one.severity) for one in received.findings] == [("message-ambiguous", Severity.ERROR)]
    assert sent.findings == ()
    assert [(one.rule, one.severity) for one in told.findings] == [("message-ambiguous", Severity.WARNING)]


def test_replies_that_may_be_both_are_ambiguous_to_who_asks() -> None:
    text = """
channels:
  q: {address: q, messages: {ask: {payload: {type: string}}}}
  r: {address: r, messages: {yes: {payload: {type: object}}, no: {payload: {type: object, minProperties: 1}}}}
operations: {ask: {action: %s, channel: {$ref: '#/channels/q'}, reply: {channel: {$ref: '#/channels/r'}}}}
"""

    asks, answers = spelled(text % "send"), spelled(text % "receive")

    assert [(one.rule, one.place.pointer) for one in asks.findings] == [("message-ambiguous", "/operations/ask/reply")]
    assert answers.findings == ()


def test_media_types_that_differ_tell() -> None:
    events = two(
        "{contentType: application/json, payload: {type: string}}",
        "{contentType: text/plain, payload: {type: string}}",
    )

    assert events.findings == ()


def test_recursive_and_deep_schemas_come_to_an_end() -> None:
    deep = "{}"
    for _ in range(60):
        deep = f"{{allOf: [{deep}]}}"
    node = "{type: object, required: [n], properties: {n: {$ref: '#/components/schemas/N'}}}"
    events = spelled(
        f"""
channels: {{c: {{address: a, messages: {{
  one: {{payload: {{$ref: '#/components/schemas/N'}}}}, other: {{payload: {deep}}}}}}}}}
components: {{schemas: {{N: {node}}}}}
"""
    )

    assert plan(events).telling is Telling.SCHEMA
