"""Schemas of Protobuf, as JSON Schema of the values that its library writes."""

from __future__ import annotations

import json
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from apictl.contract.events import PayloadFormat
from tests.readers.asyncapi.documents import definitions_of, message_of, one_message, read_files, read_tree
from tests.readers.documents import contract_of

PROTOBUF = "application/vnd.google.protobuf;version=3"
VERSIONS = pytest.mark.parametrize("version", ["2.6.0", "3.0.0"])
RIDE = 'syntax = "proto3"; package com.rides; message Ride { string ride_id = 1; }'


def message(schema: Any, version: str = "3.0.0") -> dict[str, Any]:
    if version.startswith("2"):
        return {"payload": schema, "schemaFormat": PROTOBUF}
    return {"payload": {"schemaFormat": PROTOBUF, "schema": schema}}


def third(body: str) -> str:
    imports = "".join(f'import "google/protobuf/{name}.proto"; ' for name in ("any", "duration", "struct", "timestamp"))
    return f'syntax = "proto3"; import "google/protobuf/wrappers.proto"; {imports} message M {{ {body} }}'


def judge_of(schema: str) -> Draft202012Validator:
    reading = read_tree(one_message(message(schema)))
    assert reading.findings == ()
    payload = message_of(reading).payload
    assert payload is not None
    whole: Any = payload.schema
    return Draft202012Validator(dict(whole) | {"$defs": definitions_of(contract_of(reading))}, validate_formats=True)


@VERSIONS
def test_message_is_a_closed_object_under_its_own_name(version: str) -> None:
    reading = read_tree(one_message(message(RIDE, version), version=version))

    payload = message_of(reading).payload
    assert payload is not None
    assert (payload.schema, payload.format, payload.source) == ({"$ref": "#/$defs/Ride"}, PayloadFormat.PROTOBUF, RIDE)
    assert definitions_of(contract_of(reading))["Ride"] == {
        "title": "Ride",
        "type": "object",
        "properties": {"rideId": {"type": "string", "default": ""}},
        "additionalProperties": False,
    }
    assert reading.findings == ()


@pytest.mark.parametrize(
    "body, accepted, refused",
    [
        ("int32 a = 1;", [{"a": 2**31 - 1}, {}], [{"a": 2**31}, {"a": "1"}, {"b": 1}, {"a": None}]),
        ("uint32 a = 1;", [{"a": 2**32 - 1}], [{"a": -1}]),
        ("sint64 a = 1;", [{"a": "-9223372036854775808"}], [{"a": 1}, {"a": "1.0"}, {"a": "01"}]),
        ("fixed64 a = 1;", [{"a": "18446744073709551615"}], [{"a": "-1"}]),
        ("double a = 1;", [{"a": 1.5}, {"a": 1}], [{"a": "NaN"}]),
        ("float a = 1;", [{"a": 3e38}], [{"a": 1e39}]),
        ("bool a = 1;", [{"a": True}], [{"a": "true"}]),
        ("bytes a = 1;", [{"a": "AQI="}, {"a": ""}], [{"a": "AQI"}, {"a": "?"}]),
        ("repeated string a = 1;", [{"a": ["x"]}], [{"a": "x"}]),
        ("map<string, int32> a = 1;", [{"a": {"x": 1}}], [{"a": {"x": "1"}}]),
        ("map<int32, string> a = 1;", [{"a": {"-1": "x"}}], [{"a": {"x": "x"}}]),
        ("map<uint64, string> a = 1;", [{"a": {"1": "x"}}], [{"a": {"-1": "x"}}]),
        ("map<bool, string> a = 1;", [{"a": {"true": "x"}}], [{"a": {"yes": "x"}}]),
        ("enum E { A = 0; B = 1; } E a = 1;", [{"a": "B"}], [{"a": "C"}, {"a": 1}]),
        ("enum E { option allow_alias = true; A = 0; B = 0; } E a = 1;", [{"a": "A"}], [{"a": "B"}]),
        ("oneof o { string a = 1; int32 b = 2; }", [{"a": ""}, {"b": 0}, {}], [{"a": "", "b": 0}]),
        ("optional int32 a = 1; optional int32 b = 2;", [{"a": 1, "b": 2}], [{"a": "1"}]),
        ('int32 a_b = 1 [json_name = "x"];', [{"x": 1}], [{"a_b": 1}, {"aB": 1}]),
        ("M next = 1;", [{"next": {"next": {}}}], [{"next": {"next": 1}}]),
        ("message I { int32 x = 1; } repeated I a = 1;", [{"a": [{"x": 1}]}], [{"a": [{"y": 1}]}]),
        ("google.protobuf.Timestamp a = 1;", [{"a": "2026-01-01T00:00:00Z"}], [{"a": 1}, {"a": "x"}]),
        ("google.protobuf.Duration a = 1;", [{"a": "-1.5s"}], [{"a": "1"}, {"a": 1}]),
        ("google.protobuf.Struct a = 1;", [{"a": {"x": [1, None]}}], [{"a": []}]),
        ("google.protobuf.Value a = 1;", [{"a": None}, {"a": [1]}], []),
        ("google.protobuf.ListValue a = 1;", [{"a": [1]}], [{"a": {}}]),
        ("google.protobuf.NullValue a = 1;", [{"a": None}], [{"a": 0}]),
        ("google.protobuf.Int64Value a = 1;", [{"a": "1"}], [{"a": 1}]),
        ("google.protobuf.Any a = 1;", [{"a": {"@type": "t", "x": 1}}], [{"a": {"x": 1}}]),
    ],
)
def test_values_are_those_of_json(body: str, accepted: list[Any], refused: list[Any]) -> None:
    judge = judge_of(third(body))

    assert [value for value in accepted if not judge.is_valid(value)] == []
    assert [value for value in refused if judge.is_valid(value)] == []


def test_required_field_of_proto2_is_required() -> None:
    judge = judge_of("message M { required string a = 1; optional int32 b = 2 [default = 5]; extensions 100 to max; }")

    assert judge.is_valid({"a": ""})
    assert not judge.is_valid({"b": 1})


def test_named_types_are_definitions_with_the_names_around_them() -> None:
    schema = third("message Leg { enum Kind { A = 0; } Kind kind = 1; } Leg leg = 1; map<string, Leg> by = 2;")

    reading = read_tree(one_message(message(schema)))

    assert set(definitions_of(contract_of(reading))) == {"M", "MLeg", "MLegKind"}


@pytest.mark.parametrize(
    "schema, name, index",
    [
        ("message A { B b = 1; } message B { A a = 1; string x = 2; } message C { A a = 1; }", "p.C", 2),
        ("message B { B next = 1; } message A { B b = 1; }", "p.A", 1),
        ("message A { A next = 1; }", "p.A", 0),
        ("message A { message I {} I i = 1; } message B { A.I i = 1; }", "p.B", 1),
    ],
)
def test_message_is_the_one_that_no_other_refers_to(schema: str, name: str, index: int) -> None:
    reading = read_tree(one_message(message(f'syntax = "proto3"; package p; {schema}')))

    payload = message_of(reading).payload
    assert payload is not None
    assert isinstance(payload.compiled, dict)
    assert (payload.compiled["message"], payload.compiled["index"]) == (name, index)


@VERSIONS
def test_schema_may_stand_in_a_file_of_its_own(version: str) -> None:
    tree = one_message(message({"$ref": "ride.proto"}, version), version=version)

    reading = read_files({"asyncapi.yaml": json.dumps(tree), "ride.proto": RIDE})

    payload = message_of(reading).payload
    assert payload is not None
    assert (payload.schema, payload.place.path) == ({"$ref": "#/$defs/Ride"}, "ride.proto")


def test_flaw_of_a_file_is_at_its_line() -> None:
    tree = one_message(message({"$ref": "ride.proto"}))

    reading = read_files({"asyncapi.yaml": json.dumps(tree), "ride.proto": 'syntax = "proto3";\nmessage {\n}\n'})

    (found,) = reading.findings
    assert (found.rule, found.place.path, found.place.line) == ("protobuf-malformed", "ride.proto", 2)


@pytest.mark.parametrize(
    "schema, told",
    [
        ("message M { int32 a = 1;\n int32 = 3; }", "line 2 of the schema"),
        ("message M { required X a = 1; }", "X"),
        ("message M { int32 a = 1; }", "neither optional, required nor repeated"),
        ('syntax = "proto3"; message M { int32 a = 1; int32 b = 1; }', "duplicate"),
        ('syntax = "proto3"; message M { int32 a = 0; }', "number"),
        ('syntax = "proto3"; message M { int32 a = 99999999999; }', "range"),
        ('syntax = "proto3"; message M { int32 a = 1; } message M { int32 a = 1; }', "uplicate"),
        ('syntax = "proto3"; import "other.proto"; message M { int32 a = 1; }', "'other.proto' is not followed"),
        ('syntax = "proto3"; import "payload.proto"; message M { int32 a = 1; }', "is not followed"),
        ('syntax = "proto4"; message M { int32 a = 1; }', "neither proto2 nor proto3"),
        ('edition = "2023"; message M { int32 a = 1; }', "edition"),
        ("message M { optional group G = 1 { optional int32 a = 1; } }", "group"),
        ("".join(f"message M{at} {{" for at in range(5_000)) + "}" * 5_000, "nested"),
        ('syntax = "proto3"; message M { string s = 1 [json_name = "' + "x" * 200_000 + '"]; }', "characters"),
        ({"type": "object"}, "text of a file"),
        ("", "none"),
        ('syntax = "proto3"; message A { int32 a = 1; } message B { int32 b = 1; }', "'A', 'B'"),
    ],
)
def test_what_is_not_read_is_found_at_the_schema(schema: Any, told: str) -> None:
    reading = read_tree(one_message(message(schema)))

    (found,) = reading.findings
    assert found.rule == ("protobuf-message-ambiguous" if told in {"none", "'A', 'B'"} else "protobuf-malformed")
    assert told in found.message
    assert found.place.pointer.endswith("/payload/schema")
