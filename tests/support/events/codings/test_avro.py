"""Payloads of Avro: what fastavro writes is read, what is written fastavro reads, and no bytes do harm."""

from __future__ import annotations

import io
import json
from datetime import date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import Any

import fastavro
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apictl.support.events.codings.avro import AvroCoding, AvroJsonCoding
from apictl.support.events.codings.registry import Registered
from tests.support.events.codings.avro_cases import cases, member, record, written

LIST: Any = {"type": "record", "name": "L", "fields": [{"name": "next", "type": ["null", "L"]}]}


def logical(kind: str, meaning: str, **more: Any) -> Any:
    return {"type": kind, "logicalType": meaning, **more}


def read(schema: Any, body: bytes) -> Any:
    return fastavro.schemaless_reader(io.BytesIO(body), fastavro.parse_schema(json.loads(json.dumps(schema))), None)


def written_as_json(schema: Any, value: Any) -> bytes | None:
    """The document that fastavro writes; None where it fails, as it does of enums in maps in maps."""
    sink = io.StringIO()
    try:
        fastavro.json_writer(sink, fastavro.parse_schema(json.loads(json.dumps(schema))), [value])
    except Exception:  # noqa: BLE001 - it raises nothing narrower
        return None
    return sink.getvalue().encode()


def plain(value: Any) -> Any:
    match value:
        case bytes():
            return value.decode("latin-1")
        case list():
            return [plain(each) for each in value]
        case dict():
            return {key: plain(each) for key, each in value.items()}
        case _:
            return value


# ------------------------------------------------------------------------------------------------ random schemas

QUICK = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


@QUICK
@given(cases())
def test_what_another_library_writes_is_read_and_what_is_written_it_reads(case: tuple[Any, Any]) -> None:
    schema, value = case
    coding, body = AvroCoding(schema), written(schema, value)

    decoded = coding.decode(body)
    encoded = coding.encode(decoded)

    assert decoded == plain(read(schema, body))
    assert plain(read(schema, encoded)) == decoded
    assert coding.decode(encoded) == decoded


@QUICK
@given(cases())
def test_json_encoding_says_the_same_as_the_binary_one(case: tuple[Any, Any]) -> None:
    schema, value = case
    binary, text = AvroCoding(schema), AvroJsonCoding(schema)
    decoded = binary.decode(written(schema, value))

    document = text.encode(decoded)

    assert text.decode(document) == decoded
    other = written_as_json(schema, value)
    assert other is None or text.decode(other) == decoded


@QUICK
@given(cases(), st.data())
def test_no_bytes_do_harm(case: tuple[Any, Any], data: st.DataObject) -> None:
    schema, value = case
    coding, body = AvroCoding(schema), written(schema, value)
    cut = body[: data.draw(st.integers(0, len(body)))]
    noise = data.draw(st.binary(max_size=30))

    for hostile in (cut, body + noise, noise):
        try:
            decoded = coding.decode(hostile)
        except ValueError:
            continue
        assert coding.decode(coding.encode(decoded)) == decoded


# ------------------------------------------------------------------------------------------------ hostile bytes


@pytest.mark.parametrize(
    "schema, body, told",
    [
        (LIST, b"\x02" * 16_000_000 + b"\0", "100 deep"),
        (record(member("n", "R")), b"", "100 deep"),
        ({"type": "array", "items": "null"}, b"\xfe" + b"\xff" * 8 + b"\x01\0", "are announced"),
        ({"type": "array", "items": "null"}, (b"\xfe\x7f" * 3_000) + b"\0", "take no byte"),
        ({"type": "array", "items": record()}, (b"\xfe\x7f" * 3_000) + b"\0", "take no byte"),
        ({"type": "array", "items": "int"}, b"\x02\x02", "integer does not end"),
        ({"type": "map", "values": "int"}, b"\x04\x02a\x02\x02a\x02\0", "twice"),
        ("bytes", b"\xfe" + b"\xff" * 8 + b"\x01\0", "are announced"),
        ("bytes", b"\x01\0", "-1 bytes"),
        ("long", b"\xff" * 1_000_000 + b"\0", "64 bits"),
        ("long", b"\xff" * 9 + b"\x02", "64 bits"),
        ("int", b"\x80" * 5 + b"\x01", "32 bits"),
        (["null", "int"], b"\x01\0", "no branch"),
        ("boolean", b"\x05", "no boolean"),
        ("double", b"\0\0\0\0\0\0\xf8\x7f", "no number of JSON"),
        ("string", b"\x02\xff", "decode"),
        ("null", b"\0", "left over"),
        (logical("bytes", "decimal", precision=4), b"\x04\x7f\xff", "4 digits"),
        (logical("bytes", "decimal", precision=4), written("bytes", b"\x01" * 5_000), "5000 bytes"),
        (logical("int", "date"), written("int", 2**31 - 1), "four digits"),
        (logical("long", "timestamp-micros"), written("long", 2**63 - 1), "four digits"),
        (logical("int", "time-millis"), written("int", 86_400_000), "of a day"),
    ],
)
def test_hostile_bytes_are_told(schema: Any, body: bytes, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        AvroCoding(schema).decode(body)


def test_unions_of_records_that_differ_at_the_end_are_told_apart_in_time() -> None:
    schema = [
        record(member("next", ["null", "A", "B"]), member("a", "int"), name="A"),
        record(member("next", ["null", "A", "B"]), member("b", "int"), name="B"),
    ]
    schema[0]["fields"][0]["type"] = ["null", "A", schema[1]]
    schema[1]["fields"][0]["type"] = ["null", "A", "B"]
    value: Any = None
    for _ in range(60):
        value = {"next": value, "b": 1}

    coding = AvroCoding([schema[0], "B"])

    assert coding.decode(coding.encode(value)) == value


# ------------------------------------------------------------------------------------------------ what values mean

EAST = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    "schema, native, value",
    [
        (logical("bytes", "decimal", precision=6, scale=2), Decimal("-12.30"), "-12.30"),
        (logical("bytes", "decimal", precision=6, scale=2), Decimal("0.05"), "0.05"),
        (logical("bytes", "decimal", precision=3), Decimal(128), "128"),
        (logical("fixed", "decimal", precision=4, scale=1, size=3, name="F"), Decimal("-0.1"), "-0.1"),
        (logical("int", "date"), date(1969, 12, 31), "1969-12-31"),
        (logical("int", "time-millis"), time(23, 59, 59, 7_000), "23:59:59.007Z"),
        (logical("long", "time-micros"), time(1, 2, 3), "01:02:03Z"),
        (logical("long", "timestamp-millis"), datetime(2026, 1, 2, 5, 4, 5, 6_000, EAST), "2026-01-02T03:04:05.006Z"),
        (logical("long", "timestamp-micros"), datetime(1969, 1, 1, 1, tzinfo=EAST), "1968-12-31T23:00:00Z"),
        (logical("long", "local-timestamp-micros"), datetime(2026, 1, 2, 3, 4, 5, 6), "2026-01-02T03:04:05.000006"),  # noqa: DTZ001
        (logical("string", "uuid"), "0b1e6b4e-0f3a-4a43-9c0e-5a0d4a3e1a11", "0b1e6b4e-0f3a-4a43-9c0e-5a0d4a3e1a11"),
        ({"type": "string", "logicalType": "colour"}, "red", "red"),
        (logical("bytes", "decimal", precision=2, scale=3), b"\x01", "\x01"),
    ],
)
def test_logical_types_are_texts(schema: Any, native: Any, value: str) -> None:
    body = written(schema if "decimal" not in str(schema) or isinstance(native, Decimal) else "bytes", native)
    coding = AvroCoding(schema)

    assert coding.decode(body) == value
    assert coding.encode(value) == body


@pytest.mark.parametrize(
    "kind, name, text, back",
    [
        ("long", "timestamp-millis", "2026-01-02T03:04:05.123456+02:00", "2026-01-02T01:04:05.123Z"),
        ("long", "timestamp-nanos", "2026-01-02T03:04:05.123456789Z", "2026-01-02T03:04:05.123456789Z"),
        ("long", "timestamp-millis", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"),
        ("int", "time-millis", "01:00:00+02:00", "23:00:00Z"),
    ],
)
def test_times_are_written_in_utc_and_cut_to_what_the_type_holds(kind: str, name: str, text: str, back: str) -> None:
    coding = AvroCoding(logical(kind, name))

    assert coding.decode(coding.encode(text)) == back


@pytest.mark.parametrize(
    "schema, value",
    [
        ("int", 2**31),
        ("int", 1.5),
        ("int", True),
        ("float", 1e39),
        ("double", 10**400),
        ("bytes", "\u0100"),
        ("string", "\ud800"),
        ("string", None),
        ({"type": "enum", "name": "E", "symbols": ["A"]}, "B"),
        ({"type": "fixed", "name": "F", "size": 2}, "abc"),
        ({"type": "array", "items": "int"}, ["1"]),
        ({"type": "map", "values": "int"}, {"a": "1"}),
        (["null", "int"], "1"),
        (record(member("a", "int")), {}),
        (record(member("a", "int")), {"a": 1, "b": 2}),
        (logical("int", "date"), "2026-02-30"),
        (logical("int", "date"), 1),
        (logical("long", "timestamp-millis"), "2026-01-02T03:04:05"),
        (logical("long", "timestamp-millis"), "03:04:05Z"),
        (logical("long", "timestamp-millis"), "2026-01-02T24:04:05Z"),
        (logical("int", "time-millis"), "2026-01-02T03:04:05Z"),
        (logical("long", "local-timestamp-millis"), "2026-01-02T03:04:05Z"),
        (logical("bytes", "decimal", precision=4, scale=1), "1.23"),
        (logical("bytes", "decimal", precision=4, scale=1), "1234.5"),
        (logical("bytes", "decimal", precision=4, scale=1), "1e3"),
    ],
)
def test_what_a_schema_can_not_hold_is_not_written(schema: Any, value: Any) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each says something else
        AvroCoding(schema).encode(value)


def test_fields_that_are_left_out_have_their_defaults() -> None:
    inner = record(member("x", ["int", "null"], default=3), member("y", "bytes", default="\u00ff"), name="I")
    schema = record(member("a", inner, default={"x": 1}), member("b", ["string", "null"], default="b"))

    assert read(schema, AvroCoding(schema).encode({})) == {"a": {"x": 1, "y": b"\xff"}, "b": "b"}
    assert AvroCoding(schema).decode(AvroCoding(schema).encode({"b": None})) == {
        "a": {"x": 1, "y": "\u00ff"},
        "b": None,
    }


def test_numbers_in_unions_keep_their_kind() -> None:
    coding = AvroCoding(["double", "long"])

    assert read(["double", "long"], coding.encode(2**53 + 1)) == 2**53 + 1
    assert coding.encode(1.0)[:1] == b"\0"


def test_json_encoding_has_names_around_branches() -> None:
    schema = record(
        member("a", ["null", logical("int", "date")]), member("b", ["null", record(name="I")]), namespace="x"
    )
    coding = AvroJsonCoding(schema)

    document = coding.encode({"a": "1970-01-03", "b": {}})

    assert json.loads(document) == {"a": {"int": 2}, "b": {"x.I": {}}}
    with pytest.raises(ValueError, match="under the name"):
        coding.decode(b'{"a": 2, "b": null}')


# ------------------------------------------------------------------------------------------------ registries


def test_id_of_a_registry_is_read_and_written_only_when_it_is_known() -> None:
    coding = Registered(AvroCoding("string"))

    assert coding.encode("a", 258) == b"\x00\x00\x00\x01\x02\x02a"
    assert coding.encode("a") == b"\x02a"
    assert [coding.decode(body) for body in (b"\x00\x00\x00\x01\x02\x02a", b"\x02a", b"\x00")] == ["a", "a", ""]
    assert coding.decode(b"\x00" * 5 + b"\x02a") == "a"
    with pytest.raises(ValueError, match="announced"):
        coding.decode(b"\x00" * 5 + b"\x06a")
    with pytest.raises(ValueError, match="has not 4 bytes"):
        coding.encode("a", 2**32)
