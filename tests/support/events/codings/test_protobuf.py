"""Payloads of Protobuf: bytes of its documentation are read and written, and no bytes do harm."""

from __future__ import annotations

import base64
from typing import Any

import pytest
from google.protobuf import any_pb2, descriptor_pb2, duration_pb2, struct_pb2, timestamp_pb2
from hypothesis import given, settings
from hypothesis import strategies as st

from apictl.support.events.codings.protobuf import ProtobufCoding
from apictl.support.events.codings.registry import Registered

FIELD = descriptor_pb2.FieldDescriptorProto
REPEATED = {"type": FIELD.TYPE_INT32, "label": FIELD.LABEL_REPEATED}
WELL_KNOWN = (any_pb2, duration_pb2, struct_pb2, timestamp_pb2)


def coding(*fields: dict[str, Any], syntax: str = "proto3") -> ProtobufCoding:
    """What codes a message M of *fields*, whose numbers begin at 1."""
    file = descriptor_pb2.FileDescriptorProto(name="m.proto", syntax=syntax)
    file.dependency.extend(module.DESCRIPTOR.name for module in WELL_KNOWN)
    enum = file.enum_type.add(name="E")
    enum.value.add(name="A", number=0)
    enum.value.add(name="B", number=1)
    message = file.message_type.add(name="M")
    for number, field in enumerate(fields, start=1):
        message.field.add(**{"name": f"f_{number}", "number": number} | field)
    files = [*(module.DESCRIPTOR.serialized_pb for module in WELL_KNOWN), file.SerializeToString()]
    return ProtobufCoding({"message": "M", "files": [base64.b64encode(each).decode() for each in files]})


def of(name: str) -> dict[str, Any]:
    return {"type_name": name}


@pytest.mark.parametrize(
    "field, body, value",
    [
        # Protocol Buffers, Encoding: "A Simple Message", "Length-Delimited Records", "Packed Repeated Fields".
        ({"type": FIELD.TYPE_INT32}, b"\x08\x96\x01", {"f1": 150}),
        ({"type": FIELD.TYPE_STRING}, b"\x0a\x07testing", {"f1": "testing"}),
        (REPEATED, b"\x0a\x06\x03\x8e\x02\x9e\xa7\x05", {"f1": [3, 270, 86942]}),
        ({"type": FIELD.TYPE_SINT64}, b"\x08\x01", {"f1": "-1"}),
        ({"type": FIELD.TYPE_INT64}, b"\x08" + b"\xff" * 9 + b"\x01", {"f1": "-1"}),
        ({"type": FIELD.TYPE_BYTES}, b"\x0a\x02\x01\x02", {"f1": "AQI="}),
        (of("E"), b"\x08\x01", {"f1": "B"}),
        (of("M"), b"\x0a\x02\x0a\x00", {"f1": {"f1": {}}}),
        (of("google.protobuf.Timestamp"), b"\x0a\x02\x08\x01", {"f1": "1970-01-01T00:00:01Z"}),
        (of("google.protobuf.Duration"), b"\x0a\x02\x08\x03", {"f1": "3s"}),
        (of("google.protobuf.Value"), b"\x0a\x02\x08\x00", {"f1": None}),
    ],
)
def test_bytes_are_values_of_json(field: dict[str, Any], body: bytes, value: Any) -> None:
    made = coding(field)

    assert made.decode(body) == value
    assert made.encode(value) == body


def test_unknown_fields_are_dropped_and_what_is_not_set_is_left_out() -> None:
    assert coding({"type": FIELD.TYPE_INT32}).decode(b"\x10\x05\x08\x00") == {}


@pytest.mark.parametrize(
    "field, body",
    [
        ({"type": FIELD.TYPE_STRING}, b"\x0a\xff\xff\xff\xff\x07"),
        ({"type": FIELD.TYPE_STRING}, b"\x0a\x01\xff"),
        ({"type": FIELD.TYPE_INT32}, b"\x08" + b"\xff" * 1_000),
        ({"type": FIELD.TYPE_INT32}, b"\x08"),
        (of("M"), b"".join(b"\x0a" + bytes([0x80 | (left & 0x7F), left >> 7]) for left in range(8_000, 0, -3))),
        (of("google.protobuf.Timestamp"), b"\x0a\x0b\x08" + b"\xff" * 8 + b"\x7f"),
        (of("google.protobuf.Any"), b"\x0a\x06\x0a\x04a/NO"),
        (of("google.protobuf.Value"), b"\x0a\x09\x11\0\0\0\0\0\0\xf8\x7f"),
    ],
)
def test_hostile_bytes_are_refused(field: dict[str, Any], body: bytes) -> None:
    with pytest.raises(ValueError, match="no message of Protobuf"):
        coding(field).decode(body)


@pytest.mark.parametrize(
    "field, value",
    [
        ({"type": FIELD.TYPE_INT32}, {"f1": 2**31}),
        ({"type": FIELD.TYPE_INT64}, {"f1": str(2**63)}),
        ({"type": FIELD.TYPE_STRING}, {"f1": 1}),
        ({"type": FIELD.TYPE_STRING}, {"f1": "\ud800"}),
        ({"type": FIELD.TYPE_STRING}, {"f2": ""}),
        ({"type": FIELD.TYPE_STRING}, []),
        ({"type": FIELD.TYPE_FLOAT}, {"f1": 1e39}),
        (of("E"), {"f1": "C"}),
        (of("google.protobuf.Timestamp"), {"f1": "2026-02-30T00:00:00Z"}),
        (of("google.protobuf.Any"), {"f1": {"@type": "a/NO"}}),
    ],
)
def test_what_a_message_can_not_hold_is_not_written(field: dict[str, Any], value: Any) -> None:
    with pytest.raises(ValueError, match="can't be written"):
        coding(field).encode(value)


def test_message_without_its_required_field_is_refused() -> None:
    made = coding({"type": FIELD.TYPE_STRING, "label": FIELD.LABEL_REQUIRED}, syntax="proto2")

    with pytest.raises(ValueError, match="can't be written"):
        made.encode({})


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=40))
def test_no_bytes_do_harm(body: bytes) -> None:
    made = coding({"type": FIELD.TYPE_SINT64}, of("M"), {"type": FIELD.TYPE_DOUBLE}, of("google.protobuf.Timestamp"))

    try:
        value = made.decode(body)
    except ValueError:
        return
    assert made.decode(made.encode(value)) == value


@pytest.mark.parametrize("index, path", [(0, b"\x00"), (1, b"\x02\x02"), (100, b"\x02\xc8\x01")])
def test_id_of_a_registry_is_followed_by_the_message_that_it_is(index: int, path: bytes) -> None:
    made = Registered(coding({"type": FIELD.TYPE_STRING}), index=index)

    assert made.encode({"f1": "a"}, 7) == b"\x00\x00\x00\x00\x07" + path + b"\x0a\x01a"
    assert made.decode(b"\x00\x00\x00\x00\x07" + path + b"\x0a\x01a") == {"f1": "a"}
    assert made.decode(b"\x0a\x01a") == {"f1": "a"}
