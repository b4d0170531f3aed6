"""Locations have the form of a runtime expression, and lead to something that is declared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from apictl.contract.events import Location, MessagePart
from apictl.findings import Finding, Place, error, warning
from apictl.readers.access import items, key_of, mapping, text
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.kinds import Kind, Node
from apictl.readers.asyncapi.locations import IDEMPOTENCY, KEY, location_in, location_of
from apictl.readers.asyncapi.messages import MessageSource
from apictl.readers.schemas.discriminators import find_property
from apictl.readers.schemas.graph import SchemaNode
from apictl.source.tree import split_pointer

_HOLDERS = (Kind.CORRELATION_ID, Kind.REPLY_ADDRESS, Kind.PARAMETER)
_EXTENSIONS = (KEY, IDEMPOTENCY)


def location_malformed(document: AsyncDocument) -> Iterator[Finding]:
    """Yield an error for each location that is no runtime expression (AsyncAPI 3.0, Runtime Expression)."""
    for kind in _HOLDERS:
        for node in document.inventory.of(kind):
            written = node.fields.get("location")
            if isinstance(written, str) and location_of(written, node.place) is None:
                yield _malformed(written, node.place.child("location"))
    seen: set[Place] = set()
    for source in document.messages.values():
        for name in _EXTENSIONS:
            part = source.whole.parts.get(name)
            if part is not None and location_in(source.whole, name) is None and part.place not in seen:
                seen.add(part.place)
                yield _malformed(part.value if isinstance(part.value, str) else name, part.place)


def _malformed(written: str, place: Place) -> Finding:
    hint = "write '$message.header#/name' or '$message.payload#/name'"
    return error("location-malformed", place, f"{written[:80]!r} is no location in a message", hint=hint)


def location_unresolved(document: AsyncDocument) -> Iterator[Finding]:
    """Yield a warning for each location that leads to nothing that the message's schema declares."""
    seen: set[tuple[Place, str]] = set()
    for message, location in _locations(document):
        source = message.headers if location.part is MessagePart.HEADER else message.payload
        if source is not None and source.format.dialect is None:
            continue
        start = None if source is None else SchemaNode(source.part.place, source.part.value)
        if _leads_somewhere(document, start, location.pointer) or (location.place, message.name) in seen:
            continue
        seen.add((location.place, message.name))
        shown = f"{location.part.value}#{location.pointer[:60]}"
        yield warning("location-unresolved", location.place, f"message {message.name[:60]!r} declares no {shown!r}")


def _locations(document: AsyncDocument) -> Iterator[tuple[MessageSource, Location]]:
    inventory = document.inventory
    for message in document.messages.values():
        part = message.whole.parts.get("correlationId")
        node = None if part is None else inventory.nodes.get(key_of(part.place))
        if node is not None:
            yield from _each([message], inventory.resolve(node))
        for name in _EXTENSIONS:
            location = location_in(message.whole, name)
            if location is not None:
                yield message, location
    for operation in document.operations:
        reply = inventory.child(operation.node, "reply")
        address = None if reply is None else inventory.child(reply, "address")
        if address is not None:
            yield from _each((document.messages[key_of(node.place)] for node in operation.messages), address)


def _each(messages: Iterable[MessageSource], holder: Node) -> Iterator[tuple[MessageSource, Location]]:
    location = location_of(text(holder.fields.get("location")), holder.place.child("location"))
    if location is not None:
        yield from ((message, location) for message in messages)


def _leads_somewhere(document: AsyncDocument, start: SchemaNode | None, pointer: str) -> bool:
    if start is None:
        return False
    node, graph = start, document.schemas.graph
    for token in split_pointer(pointer):
        found = find_property(graph, node, token)
        if found is None:
            return _is_free(document, node)
        node = found
    return True


def _is_free(document: AsyncDocument, node: SchemaNode) -> bool:
    """Whether a schema declares no properties at all, so that nothing is said against one, or composes them freely."""
    fields = mapping(document.schemas.graph.follow(node.place, node.value).value)
    return not mapping(fields.get("properties")) and not items(fields.get("allOf"))
