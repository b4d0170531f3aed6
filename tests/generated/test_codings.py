"""Generated packages with payloads of Avro and Protobuf: they pass their tests, and speak with other libraries."""

from __future__ import annotations

import asyncio
import importlib
import io
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import fastavro
import pytest
from google.protobuf import timestamp_pb2

from tests.generated.packages import generate_into

CONTRACT = """
asyncapi: 3.0.0
info: {title: Wired, version: 1.0.0}
channels:
  readings: {address: readings, messages: {reading: {$ref: '#/components/messages/Reading'}}}
  alarms: {address: alarms, messages: {alarm: {$ref: '#/components/messages/Alarm'}}}
  ticks: {address: ticks, messages: {tick: {$ref: '#/components/messages/Tick'}}}
operations:
  onReading: {action: receive, channel: {$ref: '#/channels/readings'}}
  onTick: {action: receive, channel: {$ref: '#/channels/ticks'}}
  sendAlarm: {action: send, channel: {$ref: '#/channels/alarms'}}
components:
  messages:
    Reading:
      contentType: avro/binary
      payload:
        schemaFormat: application/vnd.apache.avro;version=1.9.0
        schema:
          type: record
          name: Reading
          fields:
            - {name: at, type: {type: long, logicalType: timestamp-millis}}
            - {name: price, type: ['null', {type: bytes, logicalType: decimal, precision: 6, scale: 2}], default: null}
            - {name: next, type: ['null', Reading], default: null}
    Alarm:
      contentType: application/vnd.apache.avro
      bindings: {kafka: {schemaIdLocation: payload, schemaIdPayloadEncoding: confluent}}
      payload:
        schemaFormat: application/vnd.apache.avro;version=1.9.0
        schema: {type: record, name: Alarm, fields: [{name: why, type: string}, {name: level, type: int, default: 1}]}
    Tick:
      contentType: application/vnd.google.protobuf
      payload:
        schemaFormat: application/vnd.google.protobuf;version=3
        schema: |
          syntax = "proto3";
          import "google/protobuf/timestamp.proto";
          message Tick { google.protobuf.Timestamp at_time = 1; oneof what { int64 count = 2; string word = 3; } }
"""
ALARM: Any = {
    "type": "record",
    "name": "Alarm",
    "fields": [{"name": "why", "type": "string"}, {"name": "level", "type": "int"}],
}
READING: Any = {
    "type": "record",
    "name": "Reading",
    "fields": [
        {"name": "at", "type": "long"},
        {"name": "price", "type": ["null", "bytes"]},
        {"name": "next", "type": ["null", "Reading"]},
    ],
}


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of the package."""
    root = tmp_path_factory.mktemp("wired")
    (root / "specs" / "wired").mkdir(parents=True)
    (root / "specs" / "wired" / "asyncapi.yaml").write_text(CONTRACT)
    generate_into(root / "out", root, ("wired",))
    folder = root / "out" / "wired" / "python"
    sys.path.insert(0, str(folder))
    yield folder
    sys.path.remove(str(folder))


@pytest.mark.parametrize(
    "arguments", [("pytest", "-q", "contract_tests"), ("mypy", "--strict", "wired_api", "contract_tests")]
)
def test_package_passes_its_tests_and_its_types_hold(package: Path, arguments: tuple[str, ...]) -> None:
    run = subprocess.run(
        [sys.executable, "-m", *arguments], cwd=package, capture_output=True, text=True, timeout=300, check=False
    )

    assert run.returncode == 0, run.stdout[-2000:] + run.stderr[-500:]
    assert "skipped" not in run.stdout


def test_bytes_of_other_libraries_are_handled_and_those_of_none_are_dead_lettered(package: Path) -> None:  # noqa: ARG001
    seen: list[Any] = []
    wired = Wired()
    when = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
    stamp = timestamp_pb2.Timestamp()
    stamp.FromDatetime(when)
    reading = io.BytesIO()
    inner = {"at": 0, "price": None, "next": None}
    fastavro.schemaless_writer(reading, READING, {"at": 1763713800000, "price": b"\x04\xd2", "next": inner})

    class Handlers:
        async def on_reading(self, payload: Any, context: Any) -> None:  # noqa: ARG002
            seen.append((payload.at, payload.price, payload.next.at.year))

        async def on_tick(self, payload: Any, context: Any) -> None:  # noqa: ARG002
            seen.append((payload.at_time, payload.count))

    tick = b"\x0a" + bytes([stamp.ByteSize()]) + stamp.SerializeToString() + b"\x10\x07"
    bodies = [("readings", reading.getvalue()), ("ticks", tick), ("readings", b"\x02" * 1_000), ("ticks", b"\x0a\xff")]
    published = asyncio.run(wired.received(Handlers(), bodies))

    assert seen == [(datetime(2025, 11, 21, 8, 30, tzinfo=UTC), "12.34", 1970), (when, "7")]
    assert [one.body for one in published if one.address == "wired.dead-letters"] == [b"\x02" * 1_000, b"\x0a\xff"]


@pytest.mark.parametrize("ids, prefix", [({}, b""), ({"Alarm": 258}, b"\x00\x00\x00\x01\x02")])
def test_what_is_sent_another_library_reads(package: Path, ids: dict[str, int], prefix: bytes) -> None:  # noqa: ARG001
    body = asyncio.run(Wired().sent(ids))

    assert body.startswith(prefix)
    value = fastavro.schemaless_reader(io.BytesIO(body[len(prefix) :]), ALARM, None)
    assert value == {"why": "smoke", "level": 1}


class Wired:
    """The generated package, of which no type checker knows."""

    def __init__(self) -> None:
        """Import it."""
        self.events: Any = importlib.import_module("wired_api.events")
        self.models: Any = importlib.import_module("wired_api.models")
        self.memory: Any = importlib.import_module("wired_api._support.events.memory_transport")
        self.publications: Any = importlib.import_module("wired_api._support.events.messages")

    async def received(self, handlers: Any, bodies: list[tuple[str, bytes]]) -> list[Any]:
        """Return all that was published after *handlers* were given *bodies*."""
        async with self.memory.MemoryTransport() as transport, self.events.receiver(handlers, transport):
            for address, body in bodies:
                await transport.publish(self.publications.Publication(address, body))
            await transport.broker.drained()
            return list(transport.broker.published)

    async def sent(self, schema_ids: dict[str, int]) -> bytes:
        """Return the body of an alarm."""
        async with self.memory.MemoryTransport() as transport:
            settings = self.events.Settings(schema_ids=schema_ids)
            publisher = self.events.WiredPublisher(transport, settings)
            await publisher.alarm(self.models.Alarm(why="smoke"))
            return bytes(transport.broker.published[0].body)
