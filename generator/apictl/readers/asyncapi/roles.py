"""The schemas that messages and channels hold, each with the name its role gives."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.findings import Place
from apictl.readers.access import key_of, mapping
from apictl.readers.asyncapi.bindings import message_key
from apictl.readers.asyncapi.document import AsyncDocument
from apictl.readers.asyncapi.messages import MessageSource
from apictl.readers.asyncapi.schema_sources import SchemaSource
from apictl.readers.schemas.names import pascal
from apictl.readers.schemas.naming import Site, place_name


def message_sites(document: AsyncDocument) -> Iterator[Site]:
    """Yield the schemas of payloads, headers and channel parameters."""
    for message in document.messages.values():
        if message.payload is not None:
            yield _site(document, message, message.payload, "Payload")
        if message.headers is not None:
            yield _site(document, message, message.headers, "Headers")
        ordering = message_key(document.inventory, message.whole.parts.get("bindings"))
        if ordering is not None:
            yield Site(ordering.place, ordering.value, f"{pascal(message.name)}Key")
    for channel in document.channels:
        for key in mapping(channel.node.fields.get("parameters")):
            node = document.inventory.child(channel.node, "parameters", key)
            if node is None or "schema" not in node.fields:
                continue
            is_own = key_of(node.place) == key_of(channel.node.place.child("parameters", key))
            name = pascal(channel.name) + pascal(key) if is_own else pascal(place_name(node.place))
            yield Site(node.place.child("schema"), node.fields["schema"], name)


def _site(document: AsyncDocument, message: MessageSource, source: SchemaSource, role: str) -> Site:
    place = source.part.place
    inner = place.pointer.startswith(message.node.place.pointer) and place.path == message.node.place.path
    # What a trait declares is named after the trait, for many messages may share it.
    name = pascal(message.name) if inner or source.part.is_merged else pascal(_holder_name(place))
    return Site(place, document.schema_of(source).value, name if name.endswith(role) else name + role)


def _holder_name(place: Place) -> str:
    """The name of the component in which *place* is, without the field itself."""
    holder = place.pointer.removesuffix("/schema").rpartition("/")[0]
    return place_name(Place(place.path, holder))
