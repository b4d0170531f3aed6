"""What the contract asks of those that connect to a channel over WebSockets."""

from __future__ import annotations

from typing import assert_never

from apictl.contract.events import Channel, Events
from apictl.contract.schema import JsonValue, Schema
from apictl.pages.python.servers import web_servers


def is_served(channel: Channel, events: Events) -> bool:
    """Return whether *channel* may be at one of the servers of *events* that speak WebSockets."""
    names = {server.name for server in web_servers(events)}
    return bool(names) and (not channel.servers or not names.isdisjoint(channel.servers))


def asked(channel: Channel, part: str) -> Schema:
    """Return what the bindings of *channel* ask of *part* of the handshake, `query` or `headers`."""
    schemas = [binding.schemas[part] for binding in channel.bindings if part in binding.schemas]
    wanted = [schema for index, schema in enumerate(schemas) if schema is not True and schema not in schemas[:index]]
    match wanted:
        case []:
            return True
        case [only]:
            return only
        case [*several]:
            # Channels of one address: a connection is to all of them.
            branches: list[JsonValue] = [each if isinstance(each, bool) else dict(each) for each in several]
            return {"allOf": branches}
        case _:
            assert_never(wanted)
