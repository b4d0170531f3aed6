"""What happens to messages, beside their payloads."""

from __future__ import annotations

from typing import Final

from tests.diff.events.cases import KINDS, ON_TRIPS, message_case, whole_case

_ID: Final = "headers: {type: object, properties: {id: {type: string}, ref: {type: string}}}"
_SURE: Final = "headers: {type: object, required: [id], properties: {id: {type: string}}}"
_TWO: Final = "payload: {type: object, required: [a, b], properties: {a: {type: string}, b: {type: string}}}"
_A: Final = "a: {payload: {const: a}}"
_B: Final = "b: {payload: {const: b}}"

MESSAGES: Final = (
    message_case(
        "header becomes required", "headers: {type: object, properties: {a: {}}}",
        "headers: {type: object, properties: {a: {}}, required: [a]}",
        receives="property-required!", sends="property-required",
    ),
    message_case(
        "header takes fewer values", "headers: {type: object, properties: {a: {enum: [x, y]}}}",
        "headers: {type: object, properties: {a: {enum: [x]}}}",
        receives="enum-value-removed!", sends="enum-value-removed",
    ),
    message_case(
        "first headers are optional", "payload: {type: string}",
        "payload: {type: string}, headers: {type: object, properties: {a: {type: string}}}",
        receives="property-added", sends="property-added",
    ),
    message_case(
        "first headers are required", "payload: {type: string}",
        "payload: {type: string}, headers: {type: object, properties: {a: {type: string}}, required: [a]}",
        receives="property-added!", sends="property-added",
    ),
    message_case(
        "key of Kafka takes fewer values", "bindings: {kafka: {key: {type: string}}}",
        "bindings: {kafka: {key: {type: string, maxLength: 8}}}",
        receives="max-length-tightened!", sends="max-length-tightened",
    ),
    message_case(
        "place of the key is said", _TWO, f"{_TWO}, x-apictl-key: '$message.payload#/a'",
        receives="message-key-moved!", sends="message-key-moved",
    ),
    message_case(
        "place of the key is said no longer", f"{_TWO}, x-apictl-key: '$message.payload#/a'", _TWO,
        receives="message-key-moved", sends="message-key-moved!",
    ),
    message_case(
        "key is elsewhere", f"{_TWO}, x-apictl-key: '$message.payload#/a'",
        f"{_TWO}, x-apictl-key: '$message.payload#/b'",
        receives="message-key-moved!", sends="message-key-moved!",
    ),
    message_case(
        "copies share something", _TWO, f"{_TWO}, x-apictl-idempotency: '$message.payload#/a'",
        receives="message-idempotency-moved!", sends="message-idempotency-moved",
    ),
    message_case(
        "copies share something else", f"{_TWO}, x-apictl-idempotency: '$message.payload#/a'",
        f"{_TWO}, x-apictl-idempotency: '$message.payload#/b'",
        receives="message-idempotency-moved!", sends="message-idempotency-moved!",
    ),
    message_case(
        "content type is another", "contentType: application/json", "contentType: application/cbor",
        receives="content-type-changed!", sends="content-type-changed!",
    ),
    message_case(
        "content type is spelled otherwise", "contentType: application/json",
        "contentType: Application/JSON; charset=utf-8",
        receives="", sends="",
    ),
    message_case(
        "content type is named", "payload: {type: string}", "payload: {type: string}, contentType: text/plain",
        receives="content-type-changed?", sends="content-type-changed?",
    ),
    message_case(
        "correlation id is new", _ID, f"{_ID}, correlationId: {{location: '$message.header#/id'}}",
        receives="correlation-id-added!", sends="correlation-id-added",
    ),
    message_case(
        "correlation id is new where something always was", _SURE,
        f"{_SURE}, correlationId: {{location: '$message.header#/id'}}",
        receives="correlation-id-added", sends="correlation-id-added",
    ),
    message_case(
        "correlation id is gone", f"{_ID}, correlationId: {{location: '$message.header#/id'}}", _ID,
        receives="correlation-id-removed", sends="correlation-id-removed!",
    ),
    message_case(
        "correlation id has moved", f"{_ID}, correlationId: {{location: '$message.header#/id'}}",
        f"{_ID}, correlationId: {{location: '$message.header#/ref'}}",
        receives="correlation-id-moved!", sends="correlation-id-moved!",
    ),
    message_case(
        "description is another", "description: One.", "description: Two.",
        receives="documentation-changed", sends="documentation-changed",
    ),
    message_case(
        "message is deprecated", "payload: {type: string}", "payload: {type: string}, x-deprecated: true",
        receives="deprecated-added", sends="deprecated-added",
    ),
    whole_case(
        "another message is new", (KINDS % _A, ON_TRIPS), (KINDS % f"{_A}, {_B}", ON_TRIPS),
        receives="message-added", sends="message-added!",
    ),
    whole_case(
        "another message is gone", (KINDS % f"{_A}, {_B}", ON_TRIPS), (KINDS % _A, ON_TRIPS),
        receives="message-removed!", sends="message-removed?",
    ),
    whole_case(
        "message of several kinds becomes several messages", (KINDS % "any: {payload: {enum: [a, b]}}", ON_TRIPS),
        (KINDS % f"{_A}, {_B}", ON_TRIPS),
        receives="message-removed? message-added message-added", sends="message-removed? message-added message-added",
    ),
    whole_case(
        "message of two kinds becomes a message of one and one of another",
        (KINDS % "any: {payload: {enum: [a, c]}}", ON_TRIPS), (KINDS % f"{_A}, {_B}", ON_TRIPS),
        receives="message-removed! message-added message-added", sends="message-removed? message-added message-added!",
    ),
    whole_case(
        "one of several messages is renamed", (KINDS % f"{_A}, {_B}", ON_TRIPS),
        (KINDS % f"{_A}, {_B.replace('b:', 'c:', 1)}", ON_TRIPS),
        receives="message-renamed?", sends="message-renamed?",
    ),
    whole_case(
        "only message is renamed and narrowed", (KINDS % "a: {payload: {type: string}}", ON_TRIPS),
        (KINDS % "b: {payload: {type: string, maxLength: 8}}", ON_TRIPS),
        receives="message-renamed? max-length-tightened!", sends="message-renamed? max-length-tightened",
    ),
    whole_case(
        "messages change their order", (KINDS % f"{_A}, {_B}", ON_TRIPS), (KINDS % f"{_B}, {_A}", ON_TRIPS),
        receives="", sends="",
    ),
)  # fmt: skip
