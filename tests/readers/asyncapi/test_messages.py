"""Messages: each once, under a name of its own, with what they carry."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.contract.events import Location, MessageExample, MessagePart
from tests.readers.asyncapi.documents import (
    channel_of,
    definitions_of,
    events_of,
    message_of,
    one_message,
    operation_of,
    read_text,
    read_tree,
    second,
    third,
)
from tests.readers.documents import contract_of, errors_of, rules_of

VERSIONS = pytest.mark.parametrize("version", ["2.6.0", "3.0.0"])


@VERSIONS
def test_message_keeps_what_is_said_of_it(version: str) -> None:
    message = {
        "name": "lit",
        "title": "Lit",
        "summary": "A light is on.",
        "description": "Says **which**.",
        "contentType": "application/json",
        "tags": [{"name": "lights"}],
        "deprecated": True,
        "payload": {"type": "object", "properties": {"id": {"type": "string"}}},
        "examples": [{"name": "one", "summary": "One.", "payload": {"id": "1"}, "headers": {"a": 1}}],
    }

    found = message_of(read_tree(one_message(message, version=version)))

    assert (found.name, found.title, found.summary, found.description) == (
        "lit", "Lit", "A light is on.", "Says **which**.",
    )  # fmt: skip
    assert (found.content_type, found.tags, found.is_deprecated) == ("application/json", ("lights",), True)
    assert found.examples == (
        MessageExample(found.place.child("examples", 0), "one", "One.", {"a": 1}, ({"id": "1"},)),
    )
    assert found.payload is not None
    assert found.payload.schema == {"$ref": "#/$defs/LitPayload"}
    assert found.payload.place == found.place.child("payload")


@VERSIONS
def test_content_type_is_the_document_s_where_the_message_says_nothing(version: str) -> None:
    tree = one_message({"payload": {"type": "string"}}, version=version, defaultContentType="text/plain")

    assert message_of(read_tree(tree)).content_type == "text/plain"


@VERSIONS
def test_payload_that_is_null_in_an_example_is_a_payload(version: str) -> None:
    message = {"payload": {"type": "null"}, "examples": [{"payload": None}, {"headers": {}}]}

    found = message_of(read_tree(one_message(message, version=version)))

    assert [example.payload for example in found.examples] == [(None,), ()]


def test_choice_of_messages_is_flat() -> None:
    reading = read_text(
        """
asyncapi: 2.6.0
info: {title: x, version: '1'}
channels:
  a: {publish: {operationId: onA, message: {oneOf: [{$ref: '#/components/messages/both'}, {name: c}]}}}
components:
  messages:
    both: {oneOf: [{$ref: '#/components/messages/one'}, {name: two}]}
    one: {payload: {type: string}}
"""
    )

    assert operation_of(reading).messages == ("one", "two", "c")
    assert channel_of(reading).messages == ("one", "two", "c")


def test_choice_of_messages_that_holds_itself_ends() -> None:
    reading = read_text(
        """
asyncapi: 2.6.0
info: {title: x, version: '1'}
channels: {a: {publish: {operationId: onA, message: {$ref: '#/components/messages/both'}}}}
components: {messages: {both: {oneOf: [{$ref: '#/components/messages/both'}, {name: two}]}}}
"""
    )

    assert operation_of(reading).messages == ("two",)


def test_messages_are_named_by_name_component_id_or_place() -> None:
    channels = {
        "a": {
            "publish": {
                "message": {
                    "oneOf": [
                        {"name": "named", "messageId": "other"},
                        {"$ref": "#/components/messages/component"},
                        {"messageId": "identified", "payload": {"type": "string"}},
                        {"payload": {"type": "number", "title": "Sum of all"}},
                        {"payload": {"$ref": "#/components/schemas/Text"}},
                        {"payload": {"type": "boolean"}},
                    ]
                }
            }
        }
    }
    components = {"messages": {"component": {"payload": {"type": "null"}}}, "schemas": {"Text": {"type": "string"}}}

    reading = read_tree(second(channels, components=components))

    assert list(events_of(reading).messages) == ["named", "component", "identified", "ASumOfAll", "AText", "AMessage"]


def test_messages_that_want_one_name_take_their_next_best() -> None:
    channels = {
        "a": {"address": "a", "messages": {"m": {"name": "same", "payload": {"type": "string"}}}},
        "b": {"address": "b", "messages": {"m": {"name": "same", "payload": {"type": "number"}}}},
    }

    reading = read_tree(third(channels))

    assert list(events_of(reading).messages) == ["AM", "BM"]
    assert rules_of(reading) == ["name-clash", "name-clash"]


def test_messages_without_anything_to_tell_their_names_apart_are_told_by_their_place() -> None:
    first, other = {"payload": {"type": "string"}}, {"payload": {"type": "number"}}
    channels = {"a/b": {"publish": {"message": first}}, "a.b": {"publish": {"message": other}}}

    names = list(events_of(read_tree(second(channels))).messages)

    assert len(set(names)) == 2
    assert all(name.startswith("ABMessage") for name in names)
    assert names[::-1] == list(events_of(read_tree(second(dict(reversed(channels.items()))))).messages)


def test_one_message_on_several_channels_is_one() -> None:
    reference = {"$ref": "#/components/messages/m"}
    channels = {"a": {"publish": {"message": reference}}, "b": {"subscribe": {"message": reference}}}

    events = events_of(read_tree(second(channels, components={"messages": {"m": {"payload": {"type": "string"}}}})))

    assert [channel.messages for channel in events.channels] == [("m",), ("m",)]
    assert list(events.messages) == ["m"]


@VERSIONS
def test_correlation_id_says_where_it_is(version: str) -> None:
    components = {"correlationIds": {"id": {"location": "$message.header#/id"}}}
    message = {
        "headers": {"type": "object", "properties": {"id": {"type": "string"}}},
        "correlationId": {"$ref": "#/components/correlationIds/id"},
    }

    reading = read_tree(one_message(message, version=version, components=components))

    found = message_of(reading).correlation
    assert found == Location(MessagePart.HEADER, "/id", found.place if found else message_of(reading).place)
    assert found.place.pointer == "/components/correlationIds/id/location"
    assert reading.findings == ()


@VERSIONS
@pytest.mark.parametrize("location", ["$message.head#/id", "$message.header#id", "$message.payload#/~2", "", "header"])
def test_malformed_location_is_refused(version: str, location: str) -> None:
    reading = read_tree(one_message({"correlationId": {"location": location}}, version=version))

    ((rule, pointer),) = errors_of(reading)
    assert rule == "location-malformed"
    assert pointer.endswith("/correlationId/location")


@pytest.mark.parametrize(
    "location, is_found",
    [
        ("$message.header#/id", True),
        ("$message.header", True),
        ("$message.payload#/deep/id", True),
        ("$message.payload#/open/anything", True),
        ("$message.payload#/deep/other", False),
        ("$message.header#/other", False),
    ],
)
def test_location_leads_to_what_is_declared(location: str, is_found: bool) -> None:  # noqa: FBT001
    deep = {"type": "object", "properties": {"id": {"type": "string"}}}
    payload = {"type": "object", "properties": {"deep": {"$ref": "#/components/schemas/Deep"}, "open": {}}}
    message = {"headers": deep, "payload": payload, "correlationId": {"location": location}}

    reading = read_tree(one_message(message, components={"schemas": {"Deep": deep}}))

    assert rules_of(reading) == ([] if is_found else ["location-unresolved"])


def test_address_of_a_reply_leads_to_what_is_declared() -> None:
    operation = {
        "action": "receive",
        "channel": {"$ref": "#/channels/a"},
        "reply": {"address": {"location": "$message.header#/to"}},
    }
    tree = third({"a": {"address": "a", "messages": {"m": {"payload": {"type": "string"}}}}}, {"x": operation})

    findings = read_tree(tree).findings

    assert [(one.rule, one.place.pointer) for one in findings] == [
        ("location-unresolved", "/operations/x/reply/address/location")
    ]


def test_message_id_is_used_once() -> None:
    messages = [{"messageId": "x", "payload": {"type": "string"}}, {"messageId": "x", "payload": {"type": "number"}}]

    reading = read_tree(second({"a": {"publish": {"message": {"oneOf": messages}}}}))

    assert errors_of(reading) == [("message-id-duplicate", "/channels/a/publish/message/oneOf/1/messageId")]


def test_messages_that_look_alike_are_doubted() -> None:
    payload = {"type": "object", "properties": {"id": {"type": "string"}}}
    messages = {
        "on": {"payload": payload},
        "off": {"payload": {"$ref": "#/components/schemas/P"}},
        "b": {"payload": {}},
    }
    operation = {"action": "receive", "channel": {"$ref": "#/channels/a"}}
    tree = third(
        {"a": {"address": "a", "messages": messages}}, {"x": operation}, components={"schemas": {"P": payload}}
    )

    reading = read_tree(tree)

    assert [(one.rule, one.place.pointer) for one in reading.findings] == [("messages-ambiguous", "/operations/x")]


def test_headers_and_payload_become_definitions_named_after_the_message() -> None:
    body = {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {"type": "string"}}}}}

    reading = read_tree(one_message({"name": "lit", "headers": body, "payload": body}))

    assert set(definitions_of(contract_of(reading))) == {"LitPayload", "LitPayloadA", "LitHeaders", "LitHeadersA"}


def test_message_says_where_its_key_and_what_its_copies_share_are() -> None:
    message = {
        "payload": {"type": "object", "properties": {"id": {"type": "string"}}},
        "x-apictl-key": "$message.payload#/id",
        "traits": [{"x-apictl-idempotency": "$message.header#/event"}],
        "headers": {"type": "object", "properties": {"event": {"type": "string"}}},
    }
    channels = {"c": {"address": "a", "messages": {"m": message}}}

    reading = read_tree({"asyncapi": "3.0.0", "info": {"title": "x", "version": "1"}, "channels": channels})

    assert reading.findings == ()
    assert reading.contract is not None
    assert reading.contract.events is not None
    (found,) = reading.contract.events.messages.values()
    at = found.place
    assert found.key_location == Location(MessagePart.PAYLOAD, "/id", at.child("x-apictl-key"))
    shared = at.child("traits", 0, "x-apictl-idempotency")
    assert found.idempotency == Location(MessagePart.HEADER, "/event", shared)


@pytest.mark.parametrize(
    "written, rule",
    [
        ("$message.payload#/other", "location-unresolved"),
        ("$message.body#/id", "location-malformed"),
        (["$message.payload#/id"], "location-malformed"),
        (None, "location-malformed"),
    ],
)
@pytest.mark.parametrize("name", ["x-apictl-key", "x-apictl-idempotency"])
def test_key_or_identity_that_is_nowhere_is_found(name: str, written: Any, rule: str) -> None:
    message = {"payload": {"type": "object", "properties": {"id": {"type": "string"}}}, name: written}
    channels = {"c": {"address": "a", "messages": {"m": message}}}

    reading = read_tree({"asyncapi": "3.0.0", "info": {"title": "x", "version": "1"}, "channels": channels})

    assert [(one.rule, one.place.pointer) for one in reading.findings] == [(rule, f"/channels/c/messages/m/{name}")]
