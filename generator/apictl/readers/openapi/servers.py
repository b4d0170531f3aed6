"""Servers and their variables."""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.contract import Server
from apictl.readers.access import Tree, items, mapping, text
from apictl.readers.templates import TEMPLATE


def read_servers(holder: Tree) -> Iterator[Server]:
    """Yield the servers that *holder* declares, in the document's order."""
    for item in items(holder.get("servers")):
        server = mapping(item)
        yield Server(server_url(server), text(server.get("description")), text(server.get("name")))


def server_url(server: Tree) -> str:
    """Return the url of *server* with every variable replaced by its default."""
    variables = mapping(server.get("variables"))
    return TEMPLATE.sub(lambda match: _default(variables, match[1], match[0]), text(server.get("url")))


def _default(variables: Tree, name: str, otherwise: str) -> str:
    default = mapping(variables.get(name)).get("default")
    return default if isinstance(default, str) else otherwise
