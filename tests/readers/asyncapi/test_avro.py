"""Schemas of Avro, as JSON Schema of the decoded values."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from jsonschema_rs import Draft202012Validator

from apictl.contract.events import PayloadFormat
from apictl.support.events.codings.avro import AvroCoding
from tests.readers.asyncapi.documents import definitions_of, message_of, one_message, read_files, read_tree
from tests.readers.documents import contract_of, errors_of
from tests.support.events.codings.avro_cases import cases, written

AVRO = "application/vnd.apache.avro;version=1.9.0"
VERSIONS = pytest.mark.parametrize("version", ["2.6.0", "3.0.0"])


def message(schema: Any, version: str = "3.0.0") -> dict[str, Any]:
    if version.startswith("2"):
        return {"payload": schema, "schemaFormat": AVRO}
    return {"payload": {"schemaFormat": AVRO, "schema": schema}}


def meaning(schema: Any) -> Any:
    payload = message_of(read_tree(one_message(message(schema)))).payload
    assert payload is not None
    return payload.schema


def record(*fields: Any, name: str = "Lit", **more: Any) -> dict[str, Any]:
    return {"type": "record", "name": name, "fields": [*fields]} | more


def member(name: str, kind: Any, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind} | more


@VERSIONS
def test_record_is_a_closed_object_under_its_own_name(version: str) -> None:
    schema = record(member("id", "string", doc="The id."), member("seats", "int", default=1), namespace="com.rides")

    reading = read_tree(one_message(message(schema, version), version=version))

    payload = message_of(reading).payload
    assert payload is not None
    assert (payload.schema, payload.format) == ({"$ref": "#/$defs/Lit"}, PayloadFormat.AVRO)
    assert payload.source == schema
    lit = definitions_of(contract_of(reading))["Lit"]
    assert lit["required"] == ["id"]
    assert lit["additionalProperties"] is False
    assert lit["properties"]["id"] == {"type": "string", "description": "The id."}
    assert lit["properties"]["seats"]["default"] == 1
    assert reading.findings == ()


@pytest.mark.parametrize(
    "schema, accepted, refused",
    [
        ("null", [None], [0, ""]),
        ("boolean", [True], [1]),
        ("int", [2**31 - 1], [2**31, 1.5]),
        ("long", [2**63 - 1], [2**63]),
        ("double", [1.5, 1], ["1"]),
        ("bytes", ["\u00ff"], ["\u0100", 1]),
        ({"type": "string", "logicalType": "uuid"}, ["x"], [1]),
        ({"type": "enum", "name": "E", "symbols": ["A", "B"]}, ["A"], ["C"]),
        ({"type": "fixed", "name": "F", "size": 2}, ["ab"], ["a", "abc"]),
        ({"type": "array", "items": "string"}, [["a"]], [[1], "a"]),
        ({"type": "map", "values": "int"}, [{"a": 1}], [{"a": "1"}]),
        (["null", "string"], [None, "a"], [1]),
        ({"type": "bytes", "logicalType": "decimal", "precision": 4, "scale": 2}, ["12.34", "-1"], ["1.234", "a"]),
        ({"type": "array", "items": record(member("a", "int"), name="R")}, [[{"a": 1}]], [[{"a": "1"}], [{}]]),
        ({"type": {"type": "array", "items": "int"}}, [[1]], [["a"]]),
    ],
)
def test_decoded_values_are_judged(schema: Any, accepted: list[Any], refused: list[Any]) -> None:
    reading = read_tree(one_message(message(schema)))
    payload = message_of(reading).payload
    assert payload is not None
    definitions = definitions_of(contract_of(reading))
    whole: Any = payload.schema
    judge = Draft202012Validator(dict(whole) | {"$defs": definitions})

    assert [value for value in accepted if not judge.is_valid(value)] == []
    assert [value for value in refused if judge.is_valid(value)] == []


@pytest.mark.parametrize(
    "kind, logical, form",
    [
        ("int", "date", "date"),
        ("int", "time-millis", "time"),
        ("long", "timestamp-micros", "date-time"),
        ("string", "uuid", "uuid"),
    ],
)
def test_logical_types_are_what_they_mean(kind: str, logical: str, form: str) -> None:
    assert meaning({"type": kind, "logicalType": logical}) == {"type": "string", "format": form}


def test_unknown_logical_type_is_the_type_beneath() -> None:
    assert meaning({"type": "string", "logicalType": "colour"}) == {"type": "string"}


def test_named_types_are_definitions_wherever_they_stand() -> None:
    node = record(
        member("next", ["null", "Node"]),
        member("kind", {"type": "enum", "name": "Kind", "symbols": ["A"], "namespace": "other"}),
        member("again", "other.Kind"),
        member("all", {"type": "array", "items": record(member("kind", "other.Kind"), name="Inner")}),
        member("by", {"type": "map", "values": "Inner"}),
        name="Node",
        namespace="com.rides",
    )

    reading = read_tree(one_message(message(node)))

    definitions = definitions_of(contract_of(reading))
    assert set(definitions) == {"Node", "Kind", "Inner"}
    assert definitions["Node"]["properties"] == {
        "next": {"anyOf": [{"type": "null"}, {"$ref": "#/$defs/Node"}]},
        "kind": {"$ref": "#/$defs/Kind"},
        "again": {"$ref": "#/$defs/Kind"},
        "all": {"type": "array", "items": {"$ref": "#/$defs/Inner"}},
        "by": {"type": "object", "additionalProperties": {"$ref": "#/$defs/Inner"}},
    }
    assert definitions["Inner"]["properties"] == {"kind": {"$ref": "#/$defs/Kind"}}


@VERSIONS
def test_schema_may_stand_in_a_file_of_its_own(version: str) -> None:
    tree = one_message(message({"$ref": "lit.avsc"}, version), version=version)

    reading = read_files({"asyncapi.yaml": json.dumps(tree), "lit.avsc": json.dumps(record(member("id", "string")))})

    payload = message_of(reading).payload
    assert payload is not None
    assert payload.schema == {"$ref": "#/$defs/Lit"}
    assert payload.place.path == "lit.avsc"
    assert payload.source == record(member("id", "string"))


@pytest.mark.parametrize(
    "schema, rule, pointer",
    [
        (record(member("a", "Other")), "avro-name-unknown", "/fields/0/type"),
        ({"type": "record", "name": "R"}, "avro-malformed", ""),
        ({"type": "record", "fields": []}, "avro-malformed", ""),
        (record(name="1st"), "avro-malformed", "/name"),
        (record(member("a", "int"), member("a", "int")), "avro-malformed", "/fields/1"),
        (record(member("a", ["int", "int"])), "avro-malformed", "/fields/0/type/1"),
        (record(member("a", ["int", ["long"]])), "avro-malformed", "/fields/0/type/1"),
        (record(member("a", [])), "avro-malformed", "/fields/0/type"),
        (record(member("a", record()), member("b", "int")), "avro-name-repeated", "/fields/0/type"),
        ({"type": "enum", "name": "E", "symbols": ["A", "A"]}, "avro-malformed", ""),
        ({"type": "fixed", "name": "F"}, "avro-malformed", ""),
        ({"type": "array"}, "avro-malformed", "/items"),
        ({}, "avro-malformed", ""),
        (5, "avro-malformed", ""),
    ],
)
@VERSIONS
def test_malformed_schema_is_refused_at_its_place(schema: Any, rule: str, pointer: str, version: str) -> None:
    start = "publish/message/payload" if version == "2.6.0" else "messages/lit/payload/schema"

    reading = read_tree(one_message(message(schema, version), version=version))

    assert errors_of(reading) == [(rule, f"/channels/lights/{start}{pointer}")]


def test_two_messages_may_carry_the_same_type() -> None:
    tree = one_message(message(record(member("id", "string"))))
    tree["channels"]["lights"]["messages"]["again"] = message(record(member("id", "string")))

    reading = read_tree(tree)

    assert list(contract_of(reading).definitions) == ["Lit"]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases())
def test_what_is_read_of_the_wire_is_accepted(case: tuple[Any, Any]) -> None:
    schema, native = case
    reading = read_tree(one_message(message(schema)))
    payload = message_of(reading).payload
    assert payload is not None
    whole: Any = payload.schema
    root = {} if whole is True else dict(whole)

    value = AvroCoding(payload.source).decode(written(schema, native))

    assert Draft202012Validator(root | {"$defs": definitions_of(contract_of(reading))}).is_valid(value)


@pytest.mark.parametrize(
    "schema, accepted, refused",
    [
        (
            {"type": "long", "logicalType": "local-timestamp-micros"},
            ["2026-01-02T03:04:05.000006"],
            ["2026-01-02", "x"],
        ),
        ({"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 2}, ["-0.12"], ["1.12", "0.123"]),
        ({"type": "bytes", "logicalType": "decimal", "precision": 2, "scale": 3}, ["\u00ff"], ["\u0100"]),
        ({"type": "bytes", "logicalType": "decimal"}, ["\u00ff"], ["\u0100"]),
        ({"type": "bytes", "logicalType": "decimal", "precision": 10**9}, ["\u00ff"], ["\u0100"]),
        ({"type": "fixed", "name": "F", "size": 1, "logicalType": "decimal", "precision": 3}, ["a"], ["12"]),
        ("float", [3e38], [1e39]),
    ],
)
def test_values_are_no_more_than_the_wire_holds(schema: Any, accepted: list[Any], refused: list[Any]) -> None:
    reading = read_tree(one_message(message(schema)))
    payload = message_of(reading).payload
    assert payload is not None
    whole: Any = payload.schema
    judge = Draft202012Validator(dict(whole) | {"$defs": definitions_of(contract_of(reading))})
    coding = AvroCoding(payload.source)

    assert [value for value in accepted if not judge.is_valid(value)] == []
    assert [coding.decode(coding.encode(value)) for value in accepted] == pytest.approx(accepted)
    assert [value for value in refused if judge.is_valid(value)] == []
