"""Channels of one address are one place: whoever reads there sees the messages of all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from apictl.contract.events import Channel, Direction, Events
from apictl.findings import Finding, Related, error
from apictl.support.events.addresses import Address


@dataclass(frozen=True, slots=True)
class Sharing:
    """The places of one contract.

    Attributes:
        channels: by the name of each declared channel, the one that stands for all of its address.
        findings: about channels of one address that can't be one.
    """

    channels: Mapping[str, Channel]
    findings: tuple[Finding, ...]


def sharing(events: Events) -> Sharing:
    """Return *events*' channels, those of one address and server made one: it has the messages of all.

    Where parameters of the address differ in name or schema there is no such one, nor where the servers do.
    """
    groups: list[Channel] = []
    found: dict[str, int] = {}
    for channel in events.channels:
        at = next((index for index, one in enumerate(groups) if _is_one(one, channel)), None)
        if at is None:
            at = len(groups)
            groups.append(channel)
        else:
            groups[at] = _both(groups[at], channel)
        found[channel.name] = at
    return Sharing({name: groups[at] for name, at in found.items()}, tuple(_findings(events, found)))


def _is_one(one: Channel, other: Channel) -> bool:
    if one.address is None or one.address != other.address:
        return False
    schemas = [tuple((each.name, each.schema) for each in channel.parameters) for channel in (one, other)]
    are_apart = one.servers and other.servers and set(one.servers).isdisjoint(other.servers)
    return schemas[0] == schemas[1] and not are_apart


def _both(one: Channel, other: Channel) -> Channel:
    common = tuple(name for name in one.servers if name in other.servers)
    return replace(
        one,
        messages=tuple(dict.fromkeys((*one.messages, *other.messages))),
        # One that says none may be at any; the place of both is where each may be.
        servers=common if one.servers and other.servers else one.servers or other.servers,
        bindings=(*one.bindings, *(each for each in other.bindings if each not in one.bindings)),
    )


def _findings(events: Events, found: Mapping[str, int]) -> Iterator[Finding]:
    """Yield an error for each channel that is received on, and whose messages come on another one, too."""
    channels = {channel.name: channel for channel in events.channels}
    received = (one.channel for one in events.operations if one.direction is Direction.RECEIVE)
    first: dict[str, Channel] = {}
    for name in dict.fromkeys(received):
        channel = channels.get(name)
        if channel is None or channel.address is None:
            continue
        other = first.setdefault(_shape(channel.address), channel)
        if found[other.name] != found[name]:
            names = f"{other.name[:60]!r} and {name[:60]!r}"
            shown = f"channels {names} have one address, {channel.address[:60]!r}, and can't be received as one"
            related = (Related("the other", other.place),)
            hint = "give them the same servers, and the same parameters with the same schemas"
            yield error("channel-address-shared", channel.place, shown, related=related, hint=hint)


def _shape(address: str) -> str:
    """*address* whatever its parameters are called."""
    return Address(address).with_wildcards("{}")
