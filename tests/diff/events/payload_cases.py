"""What happens to payloads."""

from __future__ import annotations

from typing import Final

from tests.diff.events.cases import message_case

_AVRO: Final = (
    "payload: {schemaFormat: application/vnd.apache.avro;version=1.9.0, schema: "
    "{type: record, name: Trip, fields: [{name: id, type: string}%s]}}"
)
_PROTOBUF: Final = "payload: {schemaFormat: application/vnd.google.protobuf;version=3, schema: '%s'}"

PAYLOADS: Final = (
    message_case(
        "value of an enum is gone", "payload: {enum: [a, b]}", "payload: {enum: [a]}",
        receives="enum-value-removed!", sends="enum-value-removed",
    ),
    message_case(
        "value of an enum is new", "payload: {enum: [a]}", "payload: {enum: [a, b]}",
        receives="enum-value-added", sends="enum-value-added!",
    ),
    message_case(
        "member becomes required", "payload: {type: object, properties: {a: {}}}",
        "payload: {type: object, properties: {a: {}}, required: [a]}",
        receives="property-required!", sends="property-required",
    ),
    message_case(
        "member becomes optional", "payload: {type: object, properties: {a: {}}, required: [a]}",
        "payload: {type: object, properties: {a: {}}}",
        receives="property-optional", sends="property-optional!",
    ),
    message_case(
        "optional member is new", "payload: {type: object}", "payload: {type: object, properties: {a: {type: string}}}",
        receives="property-added", sends="property-added",
    ),
    message_case(
        "required member is new", "payload: {type: object}",
        "payload: {type: object, properties: {a: {type: string}}, required: [a]}",
        receives="property-added!", sends="property-added",
    ),
    message_case(
        "optional member is gone",
        "payload: {type: object, properties: {a: {type: string}}}", "payload: {type: object}",
        receives="property-removed?", sends="property-removed?",
    ),
    message_case(
        "required member is gone", "payload: {type: object, properties: {a: {type: string}}, required: [a]}",
        "payload: {type: object}",
        receives="property-removed?", sends="property-removed!",
    ),
    message_case(
        "limit is tighter", "payload: {type: integer, maximum: 9}", "payload: {type: integer, maximum: 5}",
        receives="maximum-tightened!", sends="maximum-tightened",
    ),
    message_case(
        "integers become numbers", "payload: {type: integer}", "payload: {type: number}",
        receives="type-widened", sends="type-widened!",
    ),
    message_case(
        "text becomes a number", "payload: {type: string}", "payload: {type: number}",
        receives="type-changed!", sends="type-changed!",
    ),
    message_case(
        "anything becomes text", "contentType: text/plain", "contentType: text/plain, payload: {type: string}",
        receives="null-removed! type-narrowed!", sends="null-removed type-narrowed",
    ),
    message_case(
        "same payload written with a reference", "payload: {type: string, enum: [a]}", "payload: {const: a}",
        receives="", sends="",
    ),
    message_case(
        "field of an Avro record is new", _AVRO % "", _AVRO % ", {name: fare, type: double}",
        receives="property-added!", sends="property-added",
    ),
    message_case(
        "field of an Avro record is new, with a default",
        _AVRO % "", _AVRO % ", {name: fare, type: double, default: 0}",
        receives="property-added", sends="property-added",
    ),
    message_case(
        "JSON Schema becomes Avro", "payload: {type: string}",
        "payload: {schemaFormat: application/vnd.apache.avro;version=1.9.0, schema: string}",
        receives="payload-format-changed!", sends="payload-format-changed!",
    ),
    message_case(
        "JSON Schema becomes Avro of the same content type", "contentType: application/json, payload: {type: string}",
        "contentType: application/json, "
        "payload: {schemaFormat: application/vnd.apache.avro;version=1.9.0, schema: string}",
        receives="payload-format-changed?", sends="payload-format-changed?",
    ),
    message_case(
        "Protobuf has another number", _PROTOBUF % "message T { required string a = 1; }",
        _PROTOBUF % "message T { required string a = 2; }",
        receives="payload-source-changed?", sends="payload-source-changed?",
    ),
    message_case(
        "value that readers are told to expect is new", "payload: {type: string, x-extensible-enum: [a]}",
        "payload: {type: string, x-extensible-enum: [a, b]}",
        receives="extensible-enum-value-added", sends="extensible-enum-value-added",
    ),
)  # fmt: skip
