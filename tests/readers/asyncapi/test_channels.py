"""Channels: addresses, parameters, servers, and what is on them."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.contract.events import Location, MessagePart
from tests.readers.asyncapi.documents import channel_of, events_of, operation_of, read_text, read_tree, second, third
from tests.readers.documents import contract_of, errors_of, rules_of

TEXT = {"payload": {"type": "string"}}


def test_key_of_a_channel_of_asyncapi_2_is_its_address() -> None:
    channel = channel_of(read_tree(second({"a/b": {"publish": {"message": TEXT}}})))

    assert (channel.name, channel.address) == ("a/b", "a/b")


def test_channel_of_asyncapi_3_has_a_name_and_an_address() -> None:
    channel = channel_of(read_tree(third({"a": {"address": "a/b", "title": "A", "messages": {"m": TEXT}}})))

    assert (channel.name, channel.address, channel.title, channel.messages) == ("a", "a/b", "A", ("AM",))


@pytest.mark.parametrize("fields", [{}, {"address": None}])
def test_address_may_be_unknown_until_run_time(fields: dict[str, Any]) -> None:
    assert channel_of(read_tree(third({"a": fields | {"messages": {"m": TEXT}}}))).address is None


def test_parameters_of_asyncapi_3_are_text_with_their_limits() -> None:
    reading = read_text(
        """
asyncapi: 3.0.0
info: {title: Lights, version: '1'}
channels:
  lights:
    address: lights/{zone}/{id}
    messages: {lit: {payload: {type: object}}}
    parameters:
      id: {location: $message.payload#/id}
      zone: {$ref: '#/components/parameters/zone'}
components:
  parameters:
    zone: {description: The zone., enum: [north, south], default: north, examples: [south]}
"""
    )

    zone, identity = channel_of(reading).parameters

    assert (zone.name, zone.description, zone.examples) == ("zone", "The zone.", ("south",))
    assert zone.schema == {"type": "string", "enum": ["north", "south"], "default": "north", "examples": ["south"]}
    assert zone.place.pointer == "/components/parameters/zone"
    assert identity.location == Location(MessagePart.PAYLOAD, "/id", identity.place.child("location"))


def test_parameters_of_asyncapi_2_have_schemas() -> None:
    parameters = {"id": {"schema": {"type": "integer", "minimum": 1}}}

    channel = channel_of(read_tree(second({"lights/{id}": {"parameters": parameters, "publish": {"message": TEXT}}})))

    assert [(one.name, one.schema) for one in channel.parameters] == [("id", {"type": "integer", "minimum": 1})]


@pytest.mark.parametrize(
    "address, parameters, rule, pointer",
    [
        ("a/{id}", {}, "channel-parameter-undeclared", "/channels/a/address"),
        ("a", {"id": {}}, "channel-parameter-unused", "/channels/a/parameters/id"),
        ("a/{id", {"id": {}}, "channel-address-malformed", "/channels/a/address"),
        ("a/{}", {}, "channel-address-malformed", "/channels/a/address"),
        ("{a}/{a}", {"a": {}}, "channel-address-malformed", "/channels/a/address"),
    ],
)
def test_parameters_are_the_names_in_the_address(address: str, parameters: Any, rule: str, pointer: str) -> None:
    channel = {"address": address, "parameters": parameters, "messages": {"m": TEXT}}

    assert errors_of(read_tree(third({"a": channel}))) == [(rule, pointer)]


def test_channel_is_on_the_servers_it_names() -> None:
    servers = {"one": {"url": "mq:1", "protocol": "amqp"}, "two": {"url": "mq:2", "protocol": "amqp"}}
    channel = {"servers": ["two"], "publish": {"message": TEXT}}

    assert channel_of(read_tree(second({"a": channel}, servers=servers))).servers == ("two",)


def test_channel_of_asyncapi_3_refers_to_its_servers() -> None:
    servers = {"one": {"host": "mq:1", "protocol": "amqp"}, "two": {"$ref": "#/components/servers/other"}}
    components = {"servers": {"other": {"host": "mq:2", "protocol": "amqp"}}}
    channel = {"servers": [{"$ref": "#/servers/two"}], "messages": {"m": TEXT}}

    reading = read_tree(third({"a": channel}, servers=servers, components=components))

    assert channel_of(reading).servers == ("two",)


@pytest.mark.parametrize(
    "tree",
    [
        second({"a": {"servers": ["none"], "publish": {"message": TEXT}}}),
        third(
            {"a": {"servers": [{"$ref": "#/components/servers/aside"}], "messages": {"m": TEXT}}},
            components={"servers": {"aside": {"host": "mq", "protocol": "amqp"}}},
        ),
    ],
)
def test_channel_on_a_server_that_is_none_of_the_document_s_is_refused(tree: Any) -> None:
    assert errors_of(read_tree(tree)) == [("server-undeclared", "/channels/a/servers/0")]


def test_channel_without_messages_carries_anything() -> None:
    reading = read_tree(third({"a": {"address": "a"}}, {"go": {"action": "send", "channel": {"$ref": "#/channels/a"}}}))

    events = events_of(reading)
    assert operation_of(reading).messages == ("AMessage",)
    assert events.messages["AMessage"].payload is None
    assert rules_of(reading) == ["message-undeclared"]


def test_channel_may_stand_in_another_file() -> None:
    reading = read_text(
        "asyncapi: 2.6.0\ninfo: {title: x, version: '1'}\nchannels: {a: {$ref: 'other.yaml#/a'}}\n",
        other="a: {description: Elsewhere., publish: {operationId: onA, message: {payload: {type: string}}}}",
    )

    assert channel_of(reading).description == "Elsewhere."
    assert operation_of(reading).id == "onA"


def test_source_holds_what_other_files_hold() -> None:
    reading = read_text(
        """
asyncapi: 3.0.0
info: {title: x, version: '1'}
channels: {a: {address: a, messages: {m: {$ref: 'other.yaml#/m'}}}}
""",
        other="m: {payload: {$ref: '#/body'}}\nbody: {type: object, properties: {id: {type: string}}}",
    )

    source: Any = events_of(reading).source
    assert source["channels"]["a"]["messages"]["m"] == {"$ref": "#/components/messages/m"}
    assert source["components"]["messages"]["m"] == {"payload": {"$ref": "#/components/schemas/body"}}
    assert source["components"]["schemas"]["body"] == contract_of(reading).definitions["body"].schema


def test_name_of_a_component_has_letters_digits_and_few_signs() -> None:
    reading = read_tree(third(components={"schemas": {"a b": {"type": "string"}, "a.b-c_d": {"type": "string"}}}))

    assert errors_of(reading) == [("component-name", "/components/schemas/a b")]


@pytest.mark.parametrize(
    "binding, protocols, expected",
    [
        ({"kafka": {"topic": "rides-1"}}, [], "rides-1"),
        ({"kafka": {"topic": "rides-1"}}, ["kafka", "kafka-secure"], "rides-1"),
        ({"kafka": {"topic": "rides-1"}}, ["kafka", "amqp"], None),
        ({"kafka": {"topic": "rides {x}"}}, ["kafka"], None),
        ({"kafka": {"partitions": 1}}, ["kafka"], None),
        ({"nats": {}}, ["nats"], None),
    ],
)
def test_channel_without_address_has_the_topic_of_its_binding_on_kafka(
    binding: Any, protocols: list[str], expected: str | None
) -> None:
    tree = {
        "asyncapi": "3.0.0",
        "info": {"title": "x", "version": "1"},
        "servers": {f"s{number}": {"host": "h", "protocol": each} for number, each in enumerate(protocols)},
        "channels": {"rides": {"address": None, "bindings": binding}, "other": {"address": "a", "bindings": binding}},
    }

    contract = contract_of(read_tree(tree))

    assert contract.events is not None
    assert [channel.address for channel in contract.events.channels] == [expected, "a"]


def test_reply_whose_address_the_request_says_has_no_topic() -> None:
    reply = {"channel": {"$ref": "#/channels/answers"}, "address": {"location": "$message.header#/to"}}
    binding = {"kafka": {"topic": "t"}}
    tree = {
        "asyncapi": "3.0.0",
        "info": {"title": "x", "version": "1"},
        "channels": {
            "asks": {"address": "a", "messages": {"ask": {}}},
            "answers": {"bindings": binding, "messages": {"answer": {}}},
        },
        "operations": {"ask": {"action": "send", "channel": {"$ref": "#/channels/asks"}, "reply": reply}},
    }

    contract = contract_of(read_tree(tree))

    assert contract.events is not None
    assert [channel.address for channel in contract.events.channels] == ["a", None]
