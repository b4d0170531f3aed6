"""Payloads in languages of their own: what is declared, shipped and tested of them."""

from __future__ import annotations

import base64
import io
import json
from typing import Any

import fastavro
import pytest
from google.protobuf.descriptor_pb2 import FileDescriptorProto

from apictl.pages.codings import coding_of
from tests.emitters.events.documents import contract, pages, spelled

AVRO = "application/vnd.apache.avro;version=1.9.0"
SCHEMA: Any = {
    "type": "record",
    "name": "Reading",
    "fields": [
        {"name": "at", "type": {"type": "long", "logicalType": "timestamp-millis"}},
        {"name": "value", "type": ["null", "double"]},
    ],
}


def document(message: str, schema: Any = SCHEMA) -> str:
    payload = f"payload: {{schemaFormat: '{AVRO}', schema: {json.dumps(schema)}}}"
    return f"""
channels: {{c: {{address: a, messages: {{r: {{name: Reading, {message}, {payload}}}}}}}}}
operations: {{take: {{action: receive, channel: {{$ref: '#/channels/c'}}}}}}
"""


PROTOBUF = "application/vnd.google.protobuf;version=3"


def record_of(name: str, field: str, kind: Any) -> str:
    return json.dumps({"type": "record", "name": name, "fields": [{"name": field, "type": kind}]})


def fixed_of(size: int) -> Any:
    return {"type": "fixed", "name": "F", "size": size}


def reading_of(body: bytes) -> dict[str, Any]:
    value: Any = fastavro.schemaless_reader(io.BytesIO(body), SCHEMA, None)
    assert isinstance(value, dict)
    return value


def test_avro_is_declared_and_its_schema_ships() -> None:
    files = pages(document("contentType: avro/binary"))

    assert 'coding=avro("t_api", "Reading")' in files["channels.py"]
    assert "type=models.Reading" in files["channels.py"]
    assert json.loads(files["event_schemas.json"]) == {"Reading": SCHEMA}


def test_id_of_the_schema_is_declared_where_the_binding_says_so() -> None:
    files = pages(document("contentType: avro/binary, bindings: {kafka: {schemaIdLocation: payload}}"))

    assert 'coding=Registered(avro("t_api", "Reading"), id_bytes=4)' in files["channels.py"]


@pytest.mark.parametrize(
    "content_type, function",
    [
        ("avro/binary", "avro"),
        ("application/avro", "avro"),
        ("application/vnd.apache.avro", "avro"),
        ("application/vnd.apache.avro+binary", "avro"),
        ("application/octet-stream", "avro"),
        ("application/vnd.apache.avro+json; charset=utf-8", "avro_json"),
        ("application/json", None),
        ("text/plain", None),
    ],
)
def test_media_type_says_which_encoding_it_is(content_type: str, function: str | None) -> None:
    events = contract(document(f"contentType: '{content_type}'")).events
    assert events is not None

    coding = coding_of(events.messages["Reading"])

    assert (coding and coding.function) == function


def test_cases_are_bytes_that_another_library_reads() -> None:
    files = pages(document("contentType: avro/binary"))
    (entry,) = json.loads(files["event_cases.json"])["messages"]
    bodies = [base64.b64decode(case["body"]["base64"]) for case in entry["valid"]]
    wrong = [case["why"] for case in entry["wrong"]]

    assert len(bodies) >= 3
    assert all(reading_of(body).keys() == {"at", "value"} for body in bodies)
    assert "the payload is not of its schema" in wrong


def test_json_schema_without_a_language_ships_no_schemas() -> None:
    files = pages("""
channels: {c: {address: a, messages: {M: {payload: {type: object}}}}}
operations: {take: {action: receive, channel: {$ref: '#/channels/c'}}}
""")

    assert "event_schemas.json" not in files
    assert "coding" not in files["channels.py"]


def test_protobuf_is_declared_and_its_descriptors_ship() -> None:
    files = pages(f"""
channels:
  c:
    address: a
    messages:
      r:
        name: Reading
        contentType: application/x-protobuf
        bindings: {{kafka: {{schemaIdLocation: payload, schemaIdPayloadEncoding: '4'}}}}
        payload: {{schemaFormat: '{PROTOBUF}', schema: 'syntax = "proto3"; message Reading {{ int64 at = 1; }}'}}
operations: {{take: {{action: receive, channel: {{$ref: '#/channels/c'}}}}}}
""")

    shipped = json.loads(files["event_schemas.json"])["Reading"]
    (entry,) = json.loads(files["event_cases.json"])["messages"]

    assert 'coding=Registered(protobuf("t_api", "Reading"), id_bytes=4, index=0)' in files["channels.py"]
    assert shipped["message"] == "Reading"
    assert FileDescriptorProto.FromString(base64.b64decode(shipped["files"][-1])).message_type[0].name == "Reading"
    assert {case["body"]["base64"] for case in entry["valid"]} > {""}


def test_protobuf_in_a_media_type_of_json_is_json() -> None:
    files = pages(f"""
channels:
  c: {{address: a, messages: {{r: {{payload: {{schemaFormat: '{PROTOBUF}', schema: 'message R {{ }}'}}}}}}}}
operations: {{take: {{action: receive, channel: {{$ref: '#/channels/c'}}}}}}
""")

    assert "coding" not in files["channels.py"]
    assert "type=models.R" in files["channels.py"]


def test_json_after_the_id_of_a_schema_is_framed() -> None:
    files = pages("""
channels:
  c:
    address: a
    messages: {r: {name: R, payload: {type: object}, bindings: {kafka: {schemaIdLocation: payload}}}}
operations: {take: {action: receive, channel: {$ref: '#/channels/c'}}}
""")

    assert "coding=Registered(JsonCoding(), id_bytes=4)" in files["channels.py"]
    assert "event_schemas.json" not in files


def one_channel(language: str, first: str, second: str) -> str:
    payloads = [f"payload: {{schemaFormat: '{language}', schema: {schema}}}" for schema in (first, second)]
    messages = ", ".join(
        f"m{at}: {{name: M{at}, contentType: application/octet-stream, {payload}}}"
        for at, payload in enumerate(payloads)
    )
    return f"""
channels: {{c: {{address: a, messages: {{{messages}}}}}}}
operations: {{take: {{action: receive, channel: {{$ref: '#/channels/c'}}}}}}
"""


@pytest.mark.parametrize(
    "text, is_ambiguous",
    [
        (one_channel(AVRO, record_of("A", "x", "string"), record_of("B", "y", "string")), True),
        (one_channel(AVRO, record_of("A", "x", "string"), record_of("B", "y", fixed_of(40))), False),
        (
            one_channel(PROTOBUF, "'message A { optional int32 x = 1; }'", "'message B { optional string y = 1; }'"),
            True,
        ),
        (
            one_channel(PROTOBUF, "'message A { required int32 x = 1; }'", "'message B { required int32 y = 2; }'"),
            False,
        ),
    ],
)
def test_messages_whose_bytes_are_alike_are_ambiguous(text: str, is_ambiguous: bool) -> None:  # noqa: FBT001
    rules = [finding.rule for finding in spelled(text).findings]

    assert rules == ["message-ambiguous"] * is_ambiguous
