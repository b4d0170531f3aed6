"""Servers: brokers and other hosts that messages go through."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from apictl.contract.events import EventServer
from apictl.readers.access import items, key_of, mapping, text, texts
from apictl.readers.asyncapi.bindings import Bindings
from apictl.readers.asyncapi.kinds import Inventory, Kind, Node
from apictl.readers.asyncapi.security import requirements, scheme_names
from apictl.readers.asyncapi.traits import field_of
from apictl.readers.asyncapi.version import Version
from apictl.readers.templates import TEMPLATE

_SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def declared_servers(inventory: Inventory) -> Iterator[tuple[str, Node]]:
    """Yield name and object of each server of the document, references followed."""
    for name in mapping(inventory.root.fields.get("servers")):
        node = inventory.child(inventory.root, "servers", name)
        if node is not None and node.kind is Kind.SERVER:
            yield name, node


def read_servers(bindings: Bindings, version: Version) -> Iterator[EventServer]:
    """Yield the servers in the document's order."""
    inventory = bindings.inventory
    names = scheme_names(inventory)
    for name, node in declared_servers(inventory):
        host, pathname = _address(inventory, node, version)
        yield EventServer(
            name=name,
            host=host,
            protocol=text(node.fields.get("protocol")).lower(),
            place=node.place,
            pathname=pathname,
            protocol_version=text(node.fields.get("protocolVersion")),
            description=text(node.fields.get("description")) or text(node.fields.get("summary")),
            security=requirements(inventory, field_of(node, "security"), names, version=version),
            bindings=bindings.of(node),
        )


def _address(inventory: Inventory, node: Node, version: Version) -> tuple[str, str]:
    if not version.is_second:
        return _filled(inventory, node, "host"), _filled(inventory, node, "pathname")
    url = _SCHEME.sub("", _filled(inventory, node, "url"), count=1)
    host, slash, rest = url.partition("/")
    return host, slash + rest


def _filled(inventory: Inventory, node: Node, field: str) -> str:
    """The text of *field* with each variable replaced by its default."""

    def default(match: re.Match[str]) -> str:
        variable = inventory.child(node, "variables", match[1])
        value = None if variable is None else variable.fields.get("default")
        return value if isinstance(value, str) else match[0]

    return TEMPLATE.sub(default, text(node.fields.get(field)))


def server_names(inventory: Inventory, channel: Node, version: Version) -> tuple[str, ...]:
    """Return the names of the servers that *channel* is on; empty for all."""
    if version.is_second:
        return tuple(dict.fromkeys(texts(channel.fields.get("servers"))))
    names = {key_of(node.place): name for name, node in reversed([*declared_servers(inventory)])}
    found = [inventory.child(channel, "servers", index) for index in range(len(items(channel.fields.get("servers"))))]
    return tuple(dict.fromkeys(names[key_of(node.place)] for node in found if node and key_of(node.place) in names))
