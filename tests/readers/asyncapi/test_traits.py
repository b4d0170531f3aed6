"""Traits: merged into what uses them; in AsyncAPI 2 they win, in 3 they give way."""

from __future__ import annotations

from typing import Any

import pytest

from tests.readers.asyncapi.documents import (
    definitions_of,
    events_of,
    message_of,
    one_message,
    operation_of,
    read_text,
    read_tree,
    third,
)
from tests.readers.documents import contract_of, errors_of


@pytest.mark.parametrize("version, winner", [("2.6.0", "last"), ("3.0.0", "own")])
def test_who_wins_depends_on_the_version(version: str, winner: str) -> None:
    message = {"summary": "own", "traits": [{"summary": "first"}, {"summary": "last"}]}

    assert message_of(read_tree(one_message(message, version=version))).summary == winner


@pytest.mark.parametrize("version", ["2.6.0", "3.0.0"])
def test_later_traits_win_over_earlier_ones(version: str) -> None:
    message = {"traits": [{"summary": "first", "title": "t"}, {"summary": "last"}]}

    found = message_of(read_tree(one_message(message, version=version)))

    assert (found.summary, found.title) == ("last", "t")


@pytest.mark.parametrize("version, limit", [("2.6.0", 9), ("3.0.0", 5)])
def test_headers_of_message_and_trait_are_merged_deeply(version: str, limit: int) -> None:
    own = {"type": "object", "properties": {"a": {"type": "integer", "maximum": 5}}}
    shared = {"type": "object", "properties": {"a": {"maximum": 9}, "b": {"type": "string"}}, "required": ["b"]}
    message = {"headers": own, "traits": [{"headers": shared}], "payload": True}

    reading = read_tree(one_message(message, version=version))

    (headers,) = definitions_of(contract_of(reading)).values()
    assert headers["properties"] == {"a": {"type": "integer", "maximum": limit}, "b": {"type": "string"}}
    assert headers["required"] == ["b"]


@pytest.mark.parametrize("version", ["2.6.0", "3.0.0"])
def test_headers_that_are_merged_keep_their_references(version: str) -> None:
    key: Any = {"$ref": "#/components/schemas/Key"}
    shared = {"headers": {"type": "object", "properties": {"key": key}}}
    own = {"type": "object", "properties": {"id": key}}
    message = {
        "headers": {"$ref": "#/components/schemas/Own"},
        "traits": [{"$ref": "#/components/messageTraits/shared"}],
    }
    components = {"messageTraits": {"shared": shared}, "schemas": {"Key": {"type": "string"}, "Own": own}}

    reading = read_tree(one_message(message, version=version, components=components))

    headers: Any = message_of(reading).headers
    merged = definitions_of(contract_of(reading))[headers["$ref"].rpartition("/")[2]]
    assert merged["properties"] == {"key": {"$ref": "#/$defs/Key"}, "id": {"$ref": "#/$defs/Key"}}


def test_headers_of_a_trait_are_one_definition_for_all_who_use_it() -> None:
    reading = read_text(
        """
asyncapi: 3.0.0
info: {title: x, version: '1'}
channels:
  a: {address: a, messages: {m: {$ref: '#/components/messages/m'}, n: {$ref: '#/components/messages/n'}}}
components:
  messages:
    m: {payload: {type: string}, traits: [{$ref: '#/components/messageTraits/common'}]}
    n: {payload: {type: integer}, traits: [{$ref: '#/components/messageTraits/common'}]}
  messageTraits:
    common: {headers: {type: object, properties: {a: {type: string}}}}
"""
    )

    both = [message.headers for message in events_of(reading).messages.values()]
    assert both == [{"$ref": "#/$defs/CommonHeaders"}] * 2
    assert list(contract_of(reading).definitions) == ["CommonHeaders"]


def test_null_in_what_wins_removes_a_field() -> None:
    message = {"contentType": "text/plain", "traits": [{"summary": "x", "x-note": {"a": 1}}], "x-note": None}

    assert message_of(read_tree(one_message(message))).summary == "x"


def test_bindings_are_merged_by_protocol() -> None:
    operation = {
        "action": "send",
        "channel": {"$ref": "#/channels/a"},
        "bindings": {"kafka": {"groupId": {"type": "string"}}},
        "traits": [{"bindings": {"kafka": {"clientId": {"type": "string"}}, "mqtt": {"qos": 1}}}],
    }

    found = operation_of(read_tree(third({"a": {"address": "a"}}, {"x": operation})))

    assert {one.protocol: dict(one.content) for one in found.bindings} == {
        "kafka": {"clientId": {"type": "string"}, "groupId": {"type": "string"}},
        "mqtt": {"qos": 1},
    }


def test_trait_of_asyncapi_2_may_name_the_format() -> None:
    message = {
        "payload": {"type": "record", "name": "Lit", "fields": [{"name": "id", "type": "string"}]},
        "traits": [{"schemaFormat": "application/vnd.apache.avro;version=1.9.0"}],
        "schemaFormat": "application/vnd.apache.avro;version=1.9.0",
    }

    assert list(contract_of(read_tree(one_message(message, version="2.6.0"))).definitions) == ["Lit"]


@pytest.mark.parametrize("version", ["2.6.0", "3.0.0"])
def test_traits_have_no_traits(version: str) -> None:
    reading = read_tree(one_message({"traits": [{"traits": []}]}, version=version))

    ((rule, pointer),) = errors_of(reading)
    assert rule == "trait-nested"
    assert pointer.endswith("/traits/0/traits")


@pytest.mark.parametrize("version", ["2.6.0", "3.0.0"])
def test_traits_that_refer_to_each_other_are_refused(version: str) -> None:
    tree = one_message({"traits": [{"$ref": "#/components/messageTraits/a"}]}, version=version)
    tree["components"] = {
        "messageTraits": {
            "a": {"$ref": "#/components/messageTraits/b"}, "b": {"$ref": "#/components/messageTraits/a"},
        }
    }  # fmt: skip

    assert "reference-cycle" in [rule for rule, _ in errors_of(read_tree(tree))]
