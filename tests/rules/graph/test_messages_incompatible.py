"""What one service may send and another refuses."""

from __future__ import annotations

import jsonschema_rs
import pytest

from apictl.contract.graph import graph_of
from apictl.findings import Severity
from apictl.rules.graph.catalogue import judged
from apictl.rules.graph.judgement import Judgement
from tests.rules.graph.traffic import events, party, told

OBJECT = "{type: object, required: [id], properties: {id: {type: string}, seats: {type: integer, maximum: %d}}}"


def judgements(sent: str, received: str, **more: str) -> list[Judgement]:
    return list(judged(graph_of([party("a", "send", sent, **more), party("b", "receive", received)])))


def test_what_may_be_sent_and_is_refused_is_shown_by_a_message() -> None:
    (found,) = judgements(OBJECT % 8, OBJECT % 6)

    assert found.finding.rule == "messages-incompatible"
    assert found.finding.severity is Severity.ERROR
    assert found.finding.message == (
        "'b' refuses some 'Trip' of 'a': maximum of payload.seats is 6, and is 8 for the sender"
    )
    assert found.finding.place.path == "b.yaml"
    assert found.finding.place.pointer == "/channels/c/messages/Trip/payload/properties/seats/maximum"
    assert found.finding.related[0].place.path == "a.yaml"
    assert found.services == ("a", "b")
    assert found.proof is not None
    assert found.proof.path == ("payload", "seats")
    assert isinstance(found.proof.value, dict)
    payload = found.proof.value["payload"]
    sent, received = (
        {"required": ["id"], "properties": {"id": {"type": "string"}, "seats": {"type": "integer", "maximum": most}}}
        for most in (8, 6)
    )
    assert jsonschema_rs.is_valid(sent, payload)
    assert not jsonschema_rs.is_valid(received, payload)


@pytest.mark.parametrize(
    "sent,received",
    [
        (OBJECT % 6, OBJECT % 8),
        (OBJECT % 6, "{type: object, properties: {note: {type: string}}}"),
        ("{type: object, properties: {kind: {const: a}}}", "{type: object, properties: {kind: {enum: [a, b]}}}"),
        ("{type: integer}", "{type: number}"),
        (OBJECT % 6, "true"),
    ],
)
def test_receiver_may_accept_more(sent: str, received: str) -> None:
    assert judgements(sent, received) == []


@pytest.mark.parametrize(
    "sent,received,words",
    [
        ("{type: object, properties: {a: {type: string}}}", "{type: object, required: [a]}", "payload.a is required"),
        ("{enum: [a, b]}", "{enum: [a]}", "payload may not be 'b'"),
        ("{type: [string, 'null']}", "{type: string}", "payload may not be null"),
        ("{type: [string, integer]}", "{type: string}", "payload must be string"),
        ("{type: object}", "{type: object, additionalProperties: false}", "may not have members that are not declared"),
        (
            "{type: array, items: {maxLength: 9}}",
            "{type: array, items: {maxLength: 5}}",
            "max length of payload[] is 5",
        ),
    ],
)
def test_reason_is_told_in_words(sent: str, received: str, words: str) -> None:
    (found,) = judgements(sent, received)

    assert words in found.finding.message
    assert found.proof is not None


def test_several_reasons_are_one_finding_that_names_them_all() -> None:
    (found,) = judgements("{type: object, properties: {a: {maximum: 9}, b: {type: string}}}",
                          "{type: object, properties: {a: {maximum: 5}, b: {type: string, maxLength: 3}}}")  # fmt: skip

    assert found.finding.message.endswith("(and 1 more)")
    assert [each.message.partition(" of ")[0] for each in found.finding.related[1:]] == ["max length"]


def test_header_that_is_required_must_be_sent() -> None:
    sender = party("a", "send", "{}")
    receiver = party("b", "receive", "{}", headers="{type: object, required: [key], properties: {key: {type: string}}}")

    (found,) = judged(graph_of([sender, receiver]))

    assert "headers.key is required, and may be missing" in found.finding.message
    assert found.proof is not None
    assert isinstance(found.proof.value, dict)
    assert found.proof.value["headers"] == {}


def test_header_that_is_optional_need_not_be_sent() -> None:
    receiver = party("b", "receive", "{}", headers="{type: object, properties: {key: {type: string}}}")

    assert told(party("a", "send", "{}"), receiver) == {}


def test_content_type_must_be_one_that_is_read() -> None:
    (found,) = judgements("{}", "{}", content_type="text/plain")

    assert "it is sent as 'text/plain', and read as 'application/json'" in found.finding.message
    assert judgements("{}", "{}", content_type="'application/json; charset=utf-8'") == []


def test_message_that_is_declared_for_the_channel_may_come_though_it_is_not_handled() -> None:
    both = """channels:
  c:
    address: trips
    messages: {Trip: {name: Trip, payload: {const: 1}}, Other: {name: Other, payload: {const: 2}}}
operations:
  o: {action: receive, channel: {$ref: '#/channels/c'}, messages: [{$ref: '#/channels/c/messages/Other'}]}
"""

    assert told(party("a", "send", "{const: 1}"), events("b", both)) == {}
    assert len(told(party("a", "send", "{const: 3}"), events("b", both))) == 1


def test_any_of_the_messages_of_a_receiver_may_accept() -> None:
    two = """channels:
  c: {address: trips, messages: {X: {name: X, payload: {const: 1}}, Y: {name: Y, payload: {const: 2}}}}
operations:
  o: {action: receive, channel: {$ref: '#/channels/c'}}
"""

    assert told(party("a", "send", "{enum: [1, 2]}"), events("b", two)) == {}
    assert len(told(party("a", "send", "{enum: [1, 3]}"), events("b", two))) == 1


def test_payload_that_nobody_describes_is_not_judged() -> None:
    nothing = """channels:
  c: {address: trips, messages: {Trip: {name: Trip}}}
operations:
  o: {action: send, channel: {$ref: '#/channels/c'}}
"""

    assert told(events("a", nothing), party("b", "receive", "{type: string}")) == {}


def test_recursive_payloads_are_compared() -> None:
    tree = """channels:
  c: {address: trips, messages: {Trip: {name: Trip, payload: {$ref: '#/components/schemas/Tree'}}}}
operations:
  o: {action: %s, channel: {$ref: '#/channels/c'}}
components:
  schemas:
    Tree:
      type: object
      properties: {left: {$ref: '#/components/schemas/Tree'}, size: {type: integer, maximum: %d}}
"""

    assert told(events("a", tree % ("send", 5)), events("b", tree % ("receive", 5))) == {}
    assert len(told(events("a", tree % ("send", 5)), events("b", tree % ("receive", 4)))) == 1


def test_versions_of_asyncapi_meet() -> None:
    old = events(
        "a",
        """channels:
  trips:
    subscribe: {message: {name: Trip, payload: {type: object, properties: {seats: {type: integer, maximum: 8}}}}}
""",
        head='asyncapi: 2.6.0\ninfo: {title: T, version: "1"}\n',
    )

    found = told(old, party("b", "receive", OBJECT % 8))

    assert list(found) == ["'b' refuses some 'Trip' of 'a': payload.id is required, and may be missing"]
