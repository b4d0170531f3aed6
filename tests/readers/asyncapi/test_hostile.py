"""Hostile documents end in findings: no exception, no long message, no explosion."""

from __future__ import annotations

import copy
import time
from typing import Any, Final

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema_rs import validator_map_for

from tests.readers.asyncapi.documents import one_message, read_tree, second, third
from tests.readers.documents import contract_of, errors_of
from tests.readers.test_hostile import lookup, pointers

SECOND: Final = """
asyncapi: 2.6.0
info: {title: Lights, version: '1'}
defaultContentType: application/json
servers:
  main:
    url: '{host}:1'
    protocol: kafka
    variables: {host: {default: mq, enum: [mq]}}
    security: [{login: []}]
    bindings: {kafka: {schemaRegistryUrl: 'https://x.example'}}
channels:
  lights/{id}:
    parameters: {id: {$ref: '#/components/parameters/id'}}
    servers: [main]
    bindings: {kafka: {topic: lights}}
    publish:
      operationId: onLit
      security: [{token: [read]}]
      traits: [{$ref: '#/components/operationTraits/kafka'}]
      message: {oneOf: [{$ref: '#/components/messages/lit'}, {name: dim, payload: {type: string}}]}
    subscribe: {message: {$ref: '#/components/messages/avro'}}
components:
  parameters: {id: {schema: {$ref: '#/components/schemas/Id'}, location: $message.header#/id}}
  messages:
    lit:
      headers: {type: object, properties: {id: {$ref: '#/components/schemas/Id'}}}
      payload: {$ref: '#/components/schemas/Lit'}
      correlationId: {location: $message.payload#/id}
      traits: [{$ref: '#/components/messageTraits/common'}]
      examples: [{payload: {id: a}}]
      bindings: {kafka: {key: {$ref: '#/components/schemas/Id'}}}
    avro:
      schemaFormat: application/vnd.apache.avro;version=1.9.0
      payload: {type: record, name: Lamp, fields: [{name: id, type: ['null', string]}, {name: next, type: Lamp}]}
  messageTraits: {common: {headers: {properties: {trace: {type: string}}}, bindings: {kafka: {key: {maxLength: 3}}}}}
  operationTraits: {kafka: {bindings: {kafka: {clientId: {type: string}}}, tags: [{name: a}]}}
  schemas:
    Id: {type: string, pattern: '^[a-z]+$'}
    Lit: {type: object, properties: {id: {$ref: '#/components/schemas/Id'}, all: {items: [{type: 'null'}]}}}
    Any: {discriminator: kind, oneOf: [{$ref: '#/components/schemas/Lit'}, {type: object}]}
  securitySchemes:
    login: {type: userPassword}
    token: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://x.example', scopes: {read: ''}}}}
"""
THIRD: Final = """
asyncapi: 3.0.0
info: {title: Lights, version: '1'}
servers:
  main:
    host: '{host}:1'
    protocol: kafka
    variables: {host: {default: mq, enum: [mq]}}
    security: [{$ref: '#/components/securitySchemes/login'}, {type: plain}]
channels:
  lights:
    address: lights/{id}
    parameters: {id: {$ref: '#/components/parameters/id'}}
    servers: [{$ref: '#/servers/main'}]
    messages: {lit: {$ref: '#/components/messages/lit'}, dim: {payload: {type: string}}}
  answers: {address: null, messages: {done: {payload: {schemaFormat: application/raml+yaml, schema: x}}}}
operations:
  onLit:
    action: receive
    channel: {$ref: '#/channels/lights'}
    messages: [{$ref: '#/channels/lights/messages/lit'}]
    traits: [{$ref: '#/components/operationTraits/kafka'}]
    reply:
      channel: {$ref: '#/channels/answers'}
      address: {$ref: '#/components/replyAddresses/back'}
  send: {$ref: '#/components/operations/send'}
components:
  operations: {send: {action: send, channel: {$ref: '#/channels/lights'}}}
  parameters: {id: {enum: [a], location: $message.header#/id}}
  replyAddresses: {back: {location: $message.header#/id}}
  messages:
    lit:
      headers: {schemaFormat: application/vnd.oai.openapi;version=3.0.0, schema: {$ref: '#/components/schemas/Headers'}}
      payload: {$ref: '#/components/schemas/Lamp'}
      correlationId: {$ref: '#/components/correlationIds/id'}
      traits: [{$ref: '#/components/messageTraits/common'}]
      bindings: {$ref: '#/components/messageBindings/all'}
  messageBindings: {all: {kafka: {key: {$ref: '#/components/schemas/Id'}, bindingVersion: 0.5.0}}}
  correlationIds: {id: {location: $message.header#/id}}
  messageTraits: {common: {headers: {properties: {trace: {type: string}}}, contentType: application/json}}
  operationTraits: {kafka: {bindings: {kafka: {clientId: {type: string}}}, tags: [{name: a}]}}
  schemas:
    Id: {type: string}
    Headers: {type: object, properties: {id: {type: string, nullable: true}}}
    Lamp:
      schemaFormat: application/vnd.apache.avro;version=1.9.0
      schema: {type: record, name: Lamp, fields: [{name: id, type: {type: array, items: Lamp}}]}
  securitySchemes: {login: {type: userPassword}}
"""
BASES: Final[dict[str, Any]] = {"2": yaml.safe_load(SECOND), "3": yaml.safe_load(THIRD)}
KEYS: Final = (
    "$ref", "action", "address", "allOf", "bindings", "channel", "correlationId", "discriminator", "fields", "headers",
    "items", "location", "message", "messages", "name", "oneOf", "parameters", "payload", "properties", "publish",
    "reply", "schema", "schemaFormat", "security", "servers", "traits", "type", "x-a",
)  # fmt: skip
VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1.5, "", "a", "{", "#", "#/", "#/channels", [], {}, ["a"], [{}], {"a": {}}, "object",
    "record", "#/components/schemas/Lit", "#/components/messages/lit", "#/channels/lights", "$message.header#/~",
    "application/vnd.apache.avro", {"$ref": "#/components/messages/lit"}, {"$ref": "#/components/schemas/Any"},
    [{"$ref": "#/components/messageTraits/common"}], {"schemaFormat": "a/b", "schema": {}}, {"oneOf": []},
)  # fmt: skip


def test_the_documents_to_be_damaged_are_sound() -> None:
    for base in BASES.values():
        reading = read_tree(base)

        assert errors_of(reading) == []
        assert contract_of(reading).definitions


def damage(tree: Any, hurt: tuple[int, int, Any]) -> None:
    where, how, value = hurt
    places = list(pointers(tree))[1:]
    path = places[where % len(places)]
    parent, node = lookup(tree, path[:-1]), lookup(tree, path)
    match how % 4:
        case 0:
            del parent[path[-1]]
        case 1 if isinstance(node, dict):
            node[KEYS[how % len(KEYS)]] = copy.deepcopy(value)
        case 2:
            parent[path[-1]] = copy.deepcopy(lookup(tree, places[how % len(places)]))
        case _:
            parent[path[-1]] = copy.deepcopy(value)


HURTS: Final = st.lists(
    st.tuples(st.integers(0, 10_000), st.integers(0, 10_000), st.sampled_from(VALUES)), min_size=1, max_size=4
)


@pytest.mark.parametrize("base", BASES)
@settings(max_examples=400, deadline=None, derandomize=True, database=None)
@given(hurts=HURTS)
def test_damaged_documents_are_read_or_refused_but_never_raise(base: str, hurts: list[tuple[int, int, Any]]) -> None:
    tree = copy.deepcopy(BASES[base])
    for hurt in hurts:
        if len(list(pointers(tree))) > 1:
            damage(tree, hurt)

    reading = read_tree(tree)

    assert all(len(finding.message) <= 200 for finding in reading.findings)
    if reading.contract is not None:
        definitions: dict[str, Any] = {name: one.schema for name, one in reading.contract.definitions.items()}
        validator_map_for({"$defs": definitions})


@pytest.mark.parametrize("wrong", [None, True, 0, "x", [], [[]], {}, {"a": None}])
@pytest.mark.parametrize(
    "field", ["channels", "operations", "servers", "components", "info", "defaultContentType", "tags"]
)
@pytest.mark.parametrize("document", [second, third])
def test_wrong_types_at_the_top_are_findings(document: Any, field: str, wrong: Any) -> None:
    read_tree(document() | {field: wrong})


@pytest.mark.parametrize(
    "section", ["messages", "channels", "messageTraits", "correlationIds", "operations", "replies"]
)
def test_references_that_lead_in_a_circle_are_refused(section: str) -> None:
    circle = {"a": {"$ref": f"#/components/{section}/b"}, "b": {"$ref": f"#/components/{section}/a"}}

    reading = read_tree(third(components={section: circle}))

    assert [rule for rule, _ in errors_of(reading)] == ["reference-cycle"]


def test_choice_that_would_explode_when_expanded_is_read_in_its_size() -> None:
    levels: dict[str, Any] = {
        f"m{level}": {"oneOf": [{"$ref": f"#/components/messages/m{level + 1}"}] * 2} for level in range(40)
    }
    message = {"$ref": "#/components/messages/m0"}
    components = {"messages": levels | {"m40": {"payload": {"type": "string"}}}}
    start = time.process_time()

    reading = read_tree(one_message(message, version="2.6.0", components=components))

    assert contract_of(reading).events is not None
    assert time.process_time() - start < 1


@pytest.mark.parametrize("shape", ["schema", "avro", "oneOf", "headers"])
def test_documents_nested_as_deeply_as_they_may_be_are_read(shape: str) -> None:
    deep: Any = {"type": "string"}
    for _ in range(85):
        match shape:
            case "schema" | "headers":
                deep = {"type": "object", "properties": {"a": deep}}
            case "avro":
                deep = {"type": "array", "items": deep}
            case _:
                deep = {"oneOf": [deep]} if "oneOf" in deep else {"oneOf": [{"payload": deep}]}
    messages: dict[str, Any] = {
        "schema": {"payload": deep},
        "headers": {"headers": deep, "traits": [{"headers": copy.deepcopy(deep)}]},
        "avro": {"payload": deep, "schemaFormat": "application/vnd.apache.avro"},
        "oneOf": deep,
    }

    reading = read_tree(one_message(messages[shape], version="2.6.0"))

    assert contract_of(reading).events is not None


def test_many_channels_take_linear_time() -> None:
    def seconds(count: int) -> float:
        names = [f"a{number}" for number in range(count)]
        channels = {name: {"address": name, "messages": {"m": {"payload": {}}}} for name in names}
        operations = {name: {"action": "send", "channel": {"$ref": f"#/channels/{name}"}} for name in names}
        tree = third(channels, operations)
        start = time.process_time()
        contract_of(read_tree(tree))
        return time.process_time() - start

    seconds(200)
    # The best of some: the collector of garbage may come in between, and pass over all that other tests left.
    many, few = (min(seconds(count) for _ in range(3)) for count in (2_000, 200))
    assert many < 20 * max(few, 0.01)


def test_names_of_any_length_stay_short() -> None:
    long = "x" * 100_000
    message = {"name": long, "payload": {"type": "object", "properties": {"a": {"type": "string"}}}}

    reading = read_tree(one_message(message))

    assert all(len(name) < 150 for name in contract_of(reading).definitions)
    assert all(len(finding.message) <= 200 for finding in reading.findings)
