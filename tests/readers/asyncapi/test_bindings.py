"""Bindings: kept by protocol and version, and what a key is."""

from __future__ import annotations

import pytest

from tests.readers.asyncapi.documents import channel_of, message_of, one_message, read_tree
from tests.readers.documents import errors_of

VERSIONS = pytest.mark.parametrize("version", ["2.6.0", "3.0.0"])


def test_bindings_are_kept_with_their_version() -> None:
    message = {"bindings": {"kafka": {"key": {"type": "string"}, "bindingVersion": "0.5.0"}, "x-own": {}}}

    (binding,) = message_of(read_tree(one_message(message))).bindings

    assert (binding.protocol, binding.version) == ("kafka", "0.5.0")
    assert binding.content["key"] == {"type": "string"}
    assert binding.place.pointer == "/channels/lights/messages/lit/bindings/kafka"


@VERSIONS
@pytest.mark.parametrize(
    "bindings, pointer",
    [({"carrier-pigeon": {}}, "carrier-pigeon"), ({"kafka": {"bindingVersion": "9.9.9"}}, "kafka/bindingVersion")],
)
def test_unknown_bindings_are_noted(version: str, bindings: object, pointer: str) -> None:
    reading = read_tree(one_message({"bindings": bindings}, version=version))

    (finding,) = reading.findings
    assert (finding.rule, finding.severity.value) == ("binding-unknown", "info")
    assert finding.place.pointer.endswith(f"/bindings/{pointer}")


def test_binding_that_its_meta_schema_refuses_is_refused() -> None:
    reading = read_tree(one_message({"bindings": {"kafka": {"schemaIdLocation": "nowhere"}}}))

    assert errors_of(reading) == [
        ("value-not-allowed", "/channels/lights/messages/lit/bindings/kafka/schemaIdLocation")
    ]


def test_key_of_kafka_is_a_schema_of_the_message() -> None:
    components = {"schemas": {"Id": {"type": "string", "maxLength": 9}}}
    message = {"name": "lit", "bindings": {"kafka": {"key": {"$ref": "#/components/schemas/Id"}}}}

    assert message_of(read_tree(one_message(message, components=components))).key == {"$ref": "#/$defs/Id"}


@VERSIONS
def test_query_and_headers_of_web_sockets_are_schemas_of_the_channel(version: str) -> None:
    components = {"schemas": {"Asked": {"type": "object"}}}
    said = {"method": "GET", "query": {"$ref": "#/components/schemas/Asked"}, "headers": {"type": "object"}}
    tree = one_message({"name": "lit"}, version=version, components=components)
    tree["channels"]["lights"]["bindings"] = {"ws": said}

    (binding,) = channel_of(read_tree(tree)).bindings

    assert dict(binding.schemas) == {"query": {"$ref": "#/$defs/Asked"}, "headers": {"type": "object"}}


def test_reference_in_a_query_of_web_sockets_that_leads_nowhere_is_refused() -> None:
    tree = one_message({"name": "lit"})
    tree["channels"]["lights"]["bindings"] = {"ws": {"query": {"$ref": "#/components/schemas/None"}}}

    reading = read_tree(tree)

    assert errors_of(reading) == [("reference-unresolved", "/channels/lights/bindings/ws/query/$ref")]


def test_key_may_come_from_a_trait() -> None:
    components = {"messageTraits": {"keyed": {"bindings": {"kafka": {"key": {"type": "string"}}}}}}
    message = {
        "bindings": {"kafka": {"bindingVersion": "0.5.0"}},
        "traits": [{"$ref": "#/components/messageTraits/keyed"}],
    }

    found = message_of(read_tree(one_message(message, components=components)))

    assert found.key == {"type": "string"}
    assert found.bindings[0].version == "0.5.0"


def test_reference_may_stand_for_a_single_binding() -> None:
    components = {"messageBindings": {"text": {"contentType": "text/plain"}}}
    message = {"bindings": {"mqtt": {"$ref": "#/components/messageBindings/text"}}}

    found = message_of(read_tree(one_message(message, version="2.6.0", components=components)))

    assert dict(found.bindings[0].content) == {"contentType": "text/plain"}


def test_reference_of_a_binding_that_leads_nowhere_is_refused() -> None:
    reading = read_tree(one_message({"bindings": {"mqtt": {"$ref": "#/components/none"}}}, version="2.6.0"))

    assert [rule for rule, _ in errors_of(reading)] == ["reference-unresolved"]
