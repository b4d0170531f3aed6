"""Servers of events as keyword arguments: which of them want a URL, and what such a URL is like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from apictl.contract.events import Channel, Events, EventServer
from apictl.pages.python import names

_WEB: Final = frozenset({"ws", "wss"})


@dataclass(frozen=True, slots=True)
class ServerGroup:
    """Servers that one URL stands for.

    Attributes:
        key: name of the server that channels are found by; "" when the contract has none.
        alternatives: servers with the same channels, the one of *key* among them; empty when the contract has none.
    """

    key: str
    alternatives: tuple[EventServer, ...]


def web_servers(events: Events) -> tuple[EventServer, ...]:
    """Return the servers of *events* that speak WebSockets: the service itself is behind them."""
    return tuple(server for server in events.servers if server.protocol in _WEB)


def url_arguments(events: Events) -> tuple[tuple[str, ServerGroup], ...]:
    """Return the groups of servers that *events* need, each with the name of its argument; at least one."""
    groups = server_groups(_channels(events), events.servers)
    if len(groups) == 1:
        return (("url", groups[0]),)
    spelled = names.unique((group.key for group in groups), lambda key: f"{names.snake(key, 'server').rstrip('_')}_url")
    return tuple((spelled[group.key], group) for group in groups)


def server_groups(channels: Sequence[Channel], servers: Sequence[EventServer]) -> tuple[ServerGroup, ...]:
    """Return the fewest servers, as far as that is found quickly, that have all *channels*; at least one.

    A channel that can be at one server only is there. Others join those, and then each other.
    """
    order = [server.name for server in servers]
    if not order:
        return (ServerGroup("", ()),)
    homes = _homes(channels, order)
    chosen = {next(iter(found)) for found in homes.values() if len(found) == 1}
    waiting = [found for found in homes.values() if chosen.isdisjoint(found)]
    while waiting:
        best = max(order, key=lambda name: sum(name in found for found in waiting))
        chosen.add(best)
        waiting = [found for found in waiting if best not in found]
    inhabitants = {name: frozenset(each for each, found in homes.items() if name in found) for name in order}
    return tuple(
        ServerGroup(key, tuple(each for each in servers if inhabitants[each.name] == inhabitants[key]))
        for key in order
        if key in (chosen or order[:1])
    )


def _homes(channels: Sequence[Channel], order: Sequence[str]) -> dict[tuple[str, str], frozenset[str]]:
    """Return the servers that each place may be at: channels of one address are one, where their servers let them."""
    homes: dict[tuple[str, str], frozenset[str]] = {}
    for channel in channels:
        own = frozenset(channel.servers).intersection(order) or frozenset(order)
        place = ("channel", channel.name) if channel.address is None else ("address", channel.address)
        common = homes.get(place, own) & own
        if common:
            homes[place] = common
        else:
            homes["channel", channel.name] = own
    return homes


def _channels(events: Events) -> tuple[Channel, ...]:
    """Return the channels that the service is at; a reply may be anywhere, unless its channel says where."""
    used = {operation.channel for operation in events.operations}
    replies = {operation.reply.channel for operation in events.operations if operation.reply is not None}
    return tuple(each for each in events.channels if each.name in used or (each.name in replies and each.servers))
