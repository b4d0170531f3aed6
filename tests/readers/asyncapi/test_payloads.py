"""Payloads in all languages of schemas, as JSON Schema 2020-12."""

from __future__ import annotations

import json
from typing import Any

import pytest

from apictl.contract.events import Payload, PayloadFormat
from apictl.readers.reading import Reading
from tests.readers.asyncapi.documents import definitions_of, message_of, one_message, read_files, read_text, read_tree
from tests.readers.documents import contract_of, errors_of, rules_of

VERSIONS = pytest.mark.parametrize("version", ["2.6.0", "3.0.0"])


def formatted(schema: Any, schema_format: str, version: str = "3.0.0") -> dict[str, Any]:
    """A message whose payload names its format, as *version* writes it."""
    if version.startswith("2"):
        return {"payload": schema, "schemaFormat": schema_format}
    return {"payload": {"schemaFormat": schema_format, "schema": schema}}


def payload_of(reading: Reading) -> Payload:
    payload = message_of(reading).payload
    assert payload is not None
    return payload


@pytest.mark.parametrize(
    "written, meant",
    [
        ({"items": [{"type": "string"}, {"type": "number"}], "additionalItems": False},
         {"prefixItems": [{"type": "string"}, {"type": "number"}], "items": False}),
        ({"type": "array", "items": {"type": "string"}, "additionalItems": False},
         {"type": "array", "items": {"type": "string"}}),
        ({"dependencies": {"a": ["b"], "c": {"required": ["d"]}}},
         {"dependentRequired": {"a": ["b"]}, "dependentSchemas": {"c": {"required": ["d"]}}}),
        ({"exclusiveMinimum": 1, "if": {"minimum": 2}, "then": False},
         {"exclusiveMinimum": 1, "if": {"minimum": 2}, "then": False}),
        ({"contentMediaType": "image/png", "examples": [1]}, {"contentMediaType": "image/png", "examples": [1]}),
    ],
)  # fmt: skip
@VERSIONS
def test_draft_07_becomes_2020_12(written: Any, meant: Any, version: str) -> None:
    assert payload_of(read_tree(one_message({"payload": written}, version=version))).schema == meant


@VERSIONS
@pytest.mark.parametrize("boolean", [True, False])
def test_boolean_is_a_schema(version: str, boolean: bool) -> None:  # noqa: FBT001
    assert payload_of(read_tree(one_message({"payload": boolean}, version=version))).schema is boolean


@VERSIONS
def test_definitions_inside_a_payload_are_definitions(version: str) -> None:
    start = "/channels/lights/publish/message" if version == "2.6.0" else "/channels/lights/messages/lit"
    payload = {"$ref": f"#{start}/x-types/Lamp"}
    message = {"payload": payload, "x-types": {"Lamp": {"type": "object", "properties": {"id": {"type": "string"}}}}}

    reading = read_tree(one_message(message, version=version))

    assert payload_of(reading).schema == {"$ref": "#/$defs/Lamp"}


def test_discriminator_is_the_name_of_a_property() -> None:
    reading = read_text(
        """
asyncapi: 3.0.0
info: {title: x, version: '1'}
channels: {a: {address: a, messages: {m: {payload: {$ref: '#/components/schemas/Pet'}}}}}
components:
  schemas:
    Pet: {discriminator: kind, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]}
    Cat: {type: object, properties: {kind: {type: string}}, required: [kind]}
    Dog: {type: object, properties: {kind: {const: hound}}, required: [kind]}
"""
    )

    pet = definitions_of(contract_of(reading))["Pet"]

    assert pet["discriminator"] == {"propertyName": "kind", "mapping": {"Cat": "#/$defs/Cat", "Dog": "#/$defs/Dog"}}
    assert pet["oneOf"][0] == {"$ref": "#/$defs/Cat", "properties": {"kind": {"const": "Cat"}}, "required": ["kind"]}


@VERSIONS
def test_openapi_schema_is_read_by_its_own_rules(version: str) -> None:
    schema = {"type": "string", "nullable": True, "example": "x"}
    message = formatted(schema, "application/vnd.oai.openapi;version=3.0.0", version)

    reading = read_tree(one_message(message, version=version))

    assert payload_of(reading).schema == {"type": ["string", "null"], "examples": ["x"]}
    assert reading.findings == ()


@VERSIONS
def test_openapi_schema_may_stand_in_another_file(version: str) -> None:
    schema = {"$ref": "other.yaml#/Lamp"}
    tree = one_message(formatted(schema, "application/vnd.oai.openapi+json;version=3.0.3", version), version=version)
    other = "Lamp: {type: object, properties: {id: {type: string, nullable: true}}}"

    reading = read_files({"asyncapi.yaml": json.dumps(tree), "other.yaml": other})

    assert payload_of(reading).schema == {"$ref": "#/$defs/Lamp"}
    lamp = definitions_of(contract_of(reading))["Lamp"]
    assert lamp["properties"]["id"] == {"type": ["string", "null"]}


def test_nullable_has_no_effect_in_a_schema_of_asyncapi() -> None:
    reading = read_tree(one_message({"payload": {"type": "string", "nullable": True}}))

    assert payload_of(reading).schema == {"type": "string"}
    assert rules_of(reading) == ["keyword-of-other-version"]


@pytest.mark.parametrize(
    "uri", ["http://json-schema.org/draft-07/schema#", "https://json-schema.org/draft/2020-12/schema"]
)
def test_schema_of_a_file_says_its_dialect(uri: str) -> None:
    other = {"$schema": uri, "type": "object", "properties": {"a": {"$ref": "#/$defs/A", "maxLength": 3}},
             "$defs": {"A": {"type": "string"}}}  # fmt: skip
    tree = one_message({"payload": {"$ref": "lamp.json"}})

    reading = read_files({"asyncapi.yaml": json.dumps(tree), "lamp.json": json.dumps(other)})

    (lamp,) = [schema for name, schema in definitions_of(contract_of(reading)).items() if name == "lamp"]
    assert ("maxLength" in lamp["properties"]["a"]) is ("2020" in uri)


def test_unknown_dialect_is_refused() -> None:
    reading = read_tree(one_message({"payload": {"$schema": "https://example.com/own", "type": "string"}}))

    assert errors_of(reading) == [("schema-dialect-unsupported", "/channels/lights/messages/lit/payload/$schema")]


def test_id_of_a_schema_in_a_file_of_its_own_leaves_its_references_there() -> None:
    lamp = {
        "$id": "https://example.com/lamp.json",
        "type": "object",
        "properties": {"a": {"$ref": "#/definitions/A"}},
        "definitions": {"A": {"type": "string"}},
    }
    tree = one_message({"payload": {"$ref": "lamp.json"}})

    reading = read_files({"asyncapi.yaml": json.dumps(tree), "lamp.json": json.dumps(lamp)})

    assert definitions_of(contract_of(reading))["lamp"]["properties"] == {"a": {"$ref": "#/$defs/lampA"}}


@VERSIONS
@pytest.mark.parametrize(
    "written, language",
    [
        ("application/raml+yaml;version=1.0", PayloadFormat.OTHER),
        ("application/schema+json;version=2019-09", PayloadFormat.OTHER),
        ("no media type at all", PayloadFormat.OTHER),
    ],
)
def test_language_that_is_not_read_is_noted_and_anything_taken(
    version: str, written: str, language: PayloadFormat
) -> None:
    reading = read_tree(one_message(formatted('syntax = "proto3";', written, version), version=version))

    payload = payload_of(reading)
    assert (payload.schema, payload.format, payload.source) == (True, language, 'syntax = "proto3";')
    assert [(one.rule, one.severity.value) for one in reading.findings] == [("payload-opaque", "info")]


@pytest.mark.parametrize(
    "written",
    [
        "application/vnd.aai.asyncapi;version=3.0.0",
        "application/vnd.aai.asyncapi+yaml;version=2.0.0",
        "application/schema+json;version=draft-07",
        "application/schema+yaml; version=draft-07",
        "application/schema+json",
    ],
)
@VERSIONS
def test_names_of_the_usual_languages_are_known(version: str, written: str) -> None:
    reading = read_tree(one_message(formatted({"items": [{}]}, written, version), version=version))

    assert payload_of(reading).schema == {"prefixItems": [{}]}
    assert reading.findings == ()


def test_component_may_name_its_format() -> None:
    schema = {"type": "object", "properties": {"id": {"type": "string", "nullable": True}}}
    component = {"schemaFormat": "application/vnd.oai.openapi;version=3.0.0", "schema": schema}
    message = {"payload": {"$ref": "#/components/schemas/Lamp"}}

    reading = read_tree(one_message(message, components={"schemas": {"Lamp": component}}))

    assert payload_of(reading).place.pointer == "/components/schemas/Lamp/schema"
    assert payload_of(reading).schema == {"$ref": "#/$defs/Lamp"}
    lamp = definitions_of(contract_of(reading))["Lamp"]
    assert lamp["properties"]["id"]["type"] == ["string", "null"]


def test_headers_may_name_their_format_too() -> None:
    schema = {"type": "object", "properties": {"id": {"type": "string", "nullable": True}}}
    message = {"headers": {"schemaFormat": "application/vnd.oai.openapi;version=3.0.0", "schema": schema}}

    reading = read_tree(one_message(message))

    (headers,) = definitions_of(contract_of(reading)).values()
    assert headers["properties"]["id"]["type"] == ["string", "null"]


@VERSIONS
def test_schema_that_is_made_of_itself_is_refused(version: str) -> None:
    schemas = {"A": {"allOf": [{"$ref": "#/components/schemas/A"}]}}
    tree = one_message(
        {"payload": {"$ref": "#/components/schemas/A"}}, version=version, components={"schemas": schemas}
    )

    assert [rule for rule, _ in errors_of(read_tree(tree))] == ["reference-cycle"]


@VERSIONS
def test_recursion_through_properties_is_read(version: str) -> None:
    schemas = {"A": {"type": "object", "properties": {"next": {"$ref": "#/components/schemas/A"}}}}
    tree = one_message(
        {"payload": {"$ref": "#/components/schemas/A"}}, version=version, components={"schemas": schemas}
    )

    assert definitions_of(contract_of(read_tree(tree)))["A"]["properties"] == {"next": {"$ref": "#/$defs/A"}}


@VERSIONS
def test_missing_reference_is_refused_at_its_place(version: str) -> None:
    tree = one_message({"payload": {"$ref": "#/components/schemas/None"}}, version=version, components={"schemas": {}})

    ((rule, pointer),) = errors_of(read_tree(tree))
    assert rule == "reference-unresolved"
    assert pointer.endswith("/payload/$ref")


def test_reference_to_another_kind_of_object_is_refused() -> None:
    tree = one_message({"payload": {"$ref": "#/channels/lights"}})

    assert ("reference-wrong-kind", "/channels/lights/messages/lit/payload/$ref") in errors_of(read_tree(tree))


def test_part_of_a_schema_names_no_format() -> None:
    part = {"schemaFormat": "application/schema+json;version=draft-07", "schema": {"type": "string"}}

    reading = read_tree(one_message({"payload": {"type": "object", "properties": {"a": part}}}))

    assert errors_of(reading) == [
        ("schema-format-misplaced", "/channels/lights/messages/lit/payload/properties/a/schemaFormat")
    ]


def test_schema_of_another_language_is_no_part_of_a_schema() -> None:
    schemas = {"R": {"schemaFormat": "application/raml+yaml;version=1.0", "schema": "x"}}
    payload = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/R"}}}

    reading = read_tree(one_message({"payload": payload}, components={"schemas": schemas}))

    assert [one.rule for one in reading.findings] == ["payload-opaque"]
