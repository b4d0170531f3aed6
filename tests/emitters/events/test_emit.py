"""What events become: names, signatures, declarations, and what is refused."""

from __future__ import annotations

import pytest

from apictl.findings import Severity
from tests.emitters.events.documents import methods, pages, spelled

TAKE = "operations: {take: {action: receive, channel: {$ref: '#/channels/c'}}}"
SEND = "operations: {tell: {action: send, channel: {$ref: '#/channels/c'}}}"


def test_handler_takes_payload_headers_context_and_the_parameters_of_the_address() -> None:
    files = pages(
        f"""
channels:
  c:
    address: zones.{{zone-code}}.surge
    parameters: {{zone-code: {{}}}}
    messages:
      changed:
        name: surgeChanged
        headers: {{type: object, properties: {{event-id: {{type: string}}}}}}
        payload: {{type: object, properties: {{factor: {{type: number}}}}}}
{TAKE}
"""
    )

    assert methods(files["events.py"], "THandlers") == {
        "on_surge_changed": "(self, payload: models.SurgeChangedPayload, headers: models.SurgeChangedHeaders, "
        "context: Context, *, zone_code: str) -> None"
    }


def test_publisher_takes_a_key_that_the_contract_describes() -> None:
    files = pages(
        f"""
channels:
  c:
    address: a
    messages:
      keyed: {{name: keyed, payload: {{type: string}}, bindings: {{kafka: {{key: {{type: string, minLength: 1}}}}}}}}
      plain: {{name: plain, payload: {{type: integer}}}}
{SEND}
"""
    )

    assert methods(files["events.py"], "TPublisher") == {
        "keyed": "(self, payload: str, *, key: str) -> None",
        "plain": "(self, payload: int, *, key: str | None=None) -> None",
    }


def test_headers_that_the_runtime_carries_are_not_seen_in_requests_and_replies() -> None:
    files = pages(
        """
channels:
  c: {address: a, messages: {ask: {$ref: '#/components/messages/ask'}}}
  r: {address: null, messages: {answer: {$ref: '#/components/messages/answer'}}}
operations:
  ask: {action: send, channel: {$ref: '#/channels/c'},
    reply: {address: {location: '$message.header#/replyTo'}, channel: {$ref: '#/channels/r'}}}
components:
  messages:
    ask:
      correlationId: {location: '$message.header#/id'}
      headers: {type: object, required: [id, replyTo], properties: {id: {type: string}, replyTo: {type: string}}}
      payload: {type: string}
    answer:
      correlationId: {location: '$message.header#/id'}
      headers: {type: object, required: [id, cost], properties: {id: {type: string}, cost: {type: integer}}}
      payload: {type: integer}
"""
    )

    assert methods(files["events.py"], "TRequests")["ask"] == (
        "(self, payload: str, *, key: str | None=None, timeout_seconds: float=30.0) "
        "-> WithHeaders[int, models.AnswerHeaders]"
    )


def test_headers_of_an_event_that_nobody_answers_are_all_seen() -> None:
    files = pages(
        f"""
channels:
  c: {{address: a, messages: {{m: {{name: m, correlationId: {{location: '$message.header#/id'}},
    payload: {{type: string}}, headers: {{type: object, required: [id], properties: {{id: {{type: string}}}}}}}}}}}}
{SEND}
"""
    )

    assert "headers: models.MHeaders" in methods(files["events.py"], "TPublisher")["m"]


def test_message_of_two_operations_has_a_method_for_each() -> None:
    files = pages(
        """
channels:
  c: {address: a, messages: {m: {$ref: '#/components/messages/m'}}}
  d: {address: b, messages: {m: {$ref: '#/components/messages/m'}}}
operations:
  fromA: {action: receive, channel: {$ref: '#/channels/c'}}
  fromB: {action: receive, channel: {$ref: '#/channels/d'}}
components: {messages: {m: {payload: {type: string}}}}
"""
    )

    assert [*methods(files["events.py"], "THandlers")] == ["on_from_a_m", "on_from_b_m"]


def test_text_is_a_string_and_another_media_type_bytes() -> None:
    files = pages(
        f"""
channels: {{c: {{address: a, messages: {{
  said: {{contentType: text/plain}}, drawn: {{contentType: image/png}}, any: {{}}}}}}}}
{SEND}
"""
    )

    signatures = methods(files["events.py"], "TPublisher")
    assert [one.split(",")[1] for one in signatures.values()] == [" payload: str", " payload: bytes", " payload: Any"]


@pytest.mark.parametrize(
    "channel, rule, severity, pointer",
    [
        (
            "{address: a, messages: {m: {contentType: avro}}}",
            "content-type-unreadable",
            Severity.ERROR,
            "/channels/c/messages/m",
        ),
        (
            "{address: a, messages: {m: {bindings: {kafka: {schemaIdLocation: payload, schemaIdPayloadEncoding: x}}}}}",
            "schema-id-unreadable",
            Severity.ERROR,
            "/channels/c/messages/m",
        ),
        ("{address: null, messages: {m: {}}}", "channel-without-address", Severity.ERROR, "/channels/c"),
        (
            "{address: a, messages: {m: {contentType: application/cbor, payload: {type: object}}}}",
            "payload-not-judged",
            Severity.WARNING,
            "/channels/c/messages/m/payload",
        ),
        (
            "{address: a, messages: {m: {bindings: {kafka: {key: {type: integer}}}}}}",
            "key-not-judged",
            Severity.WARNING,
            "/channels/c/messages/m",
        ),
    ],
)
def test_what_can_not_be_carried_is_found_at_its_place(
    channel: str, rule: str, severity: Severity, pointer: str
) -> None:
    events = spelled(f"channels: {{c: {channel}}}\n{TAKE}")

    assert [(one.rule, one.severity, one.place.pointer) for one in events.findings] == [(rule, severity, pointer)]


def test_two_operations_that_reply_differently_to_one_message_are_refused() -> None:
    events = spelled(
        """
channels:
  c: {address: a, messages: {m: {payload: {type: string}}}}
  r: {address: r, messages: {x: {payload: {type: string}}}}
operations:
  first: {action: receive, channel: {$ref: '#/channels/c'}}
  second: {action: receive, channel: {$ref: '#/channels/c'}, reply: {channel: {$ref: '#/channels/r'}}}
"""
    )

    (finding,) = events.findings
    assert (finding.rule, finding.severity) == ("message-received-twice", Severity.ERROR)
    assert finding.place.pointer == "/operations/second"


def test_names_of_a_hostile_document_stay_names_and_texts() -> None:
    name = 'class\\n\\"\\"\\"); __import__(\'os\').abort() #'

    files = pages(
        f"""
channels:
  "{name}":
    address: "x/{name}"
    messages: {{"{name}": {{summary: "{name}", payload: {{type: string, description: "{name}"}}}}}}
  "SERVICE": {{address: s, messages: {{service: {{payload: {{type: string}}}}}}}}
operations:
  "{name}": {{action: receive, channel: {{$ref: '#/channels/SERVICE'}}}}
  "self": {{action: send, channel: {{$ref: '#/channels/SERVICE'}}}}
"""
    )

    assert "abort()" in files["channels.py"]
    assert all("\n__import__" not in text for text in files.values())


def test_publisher_takes_no_key_where_the_message_says_it() -> None:
    files = pages(
        f"""
channels:
  c:
    address: a
    messages:
      keyed:
        name: keyed
        payload: {{type: object, required: [id], properties: {{id: {{type: string}}}}}}
        x-apictl-key: '$message.payload#/id'
        bindings: {{kafka: {{key: {{type: string, minLength: 1}}}}}}
{SEND}
"""
    )

    assert methods(files["events.py"], "TPublisher") == {"keyed": "(self, payload: models.KeyedPayload) -> None"}
    assert "key=" not in files["events.py"]
    assert "Location('payload', '/id')" in files["channels.py"].replace('"', "'")


@pytest.mark.parametrize(
    "message, expected",
    [
        ("{x-apictl-idempotency: '$message.payload#/id', payload: {properties: {id: {}}}}", ("/id", None)),
        ("{headers: {properties: {Idempotency-Key: {type: string}}}}", ("/Idempotency-Key", None)),
        ("{headers: {properties: {x-idempotency-key: {type: string}}}}", ("/x-idempotency-key", None)),
        ("{headers: {properties: {ce_id: {}, ce_source: {}}}}", ("/ce_id", "/ce_source")),
        (
            "{headers: {properties: {'cloudEvents:id': {}, 'cloudEvents:source': {}}}}",
            ("/cloudEvents:id", "/cloudEvents:source"),
        ),
        (
            "{contentType: application/cloudevents+json, payload: {properties: {id: {}, source: {}}}}",
            ("/id", "/source"),
        ),
        ("{headers: {properties: {ce_id: {}}}}", None),
        ("{payload: {properties: {id: {}, source: {}}}}", None),
    ],
)
def test_what_all_copies_of_a_message_share(message: str, expected: tuple[str, str | None] | None) -> None:
    events = spelled(f"channels: {{c: {{address: a, messages: {{m: {message}}}}}}}\n{TAKE}")

    (found,) = (each.identity for each in events.messages)
    scope = None if found is None or found.scope is None else found.scope.pointer
    assert (None if found is None else (found.location.pointer, scope)) == expected
