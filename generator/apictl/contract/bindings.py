"""Bindings: what is said of servers, channels, operations and messages for one protocol."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from apictl.contract.schema import JsonValue, Schema
from apictl.findings import Place


@dataclass(frozen=True, slots=True)
class Binding:
    """What is said for one protocol (AsyncAPI 3.0, Bindings).

    Attributes:
        protocol: `kafka`, `amqp`, `mqtt` and so on.
        version: of the binding, as written; "" when unsaid, which means the latest.
        content: as written.
        place: of the binding.
        schemas: by field, of a channel over WebSockets: `query` and `headers` of the handshake.
    """

    protocol: str
    content: Mapping[str, JsonValue]
    place: Place
    version: str = ""
    schemas: Mapping[str, Schema] = field(default_factory=lambda: MappingProxyType({}))
