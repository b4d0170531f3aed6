"""Channels whose address is said by their binding alone: the topic of Kafka."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from apictl.contract.ends import protocol_family
from apictl.contract.events import Channel, EventOperation, EventServer

_TOPIC: Final = re.compile(r"[A-Za-z0-9._-]{1,249}")


def with_topics(
    channels: Iterable[Channel], operations: Iterable[EventOperation], servers: Iterable[EventServer]
) -> tuple[Channel, ...]:
    """Return *channels*, where those without an address on servers of Kafka have the one that their binding says.

    `topic` is the name of the topic where it differs from that of the channel (AsyncAPI Bindings, Kafka 0.5.0, Channel
    Binding Object). Replies whose request says where they go stay without.
    """
    protocols = {server.name: server.protocol for server in servers}
    told = {one.reply.channel for one in operations if one.reply is not None and one.reply.address is not None}
    return tuple(channel if channel.name in told else _with_topic(channel, protocols) for channel in channels)


def _with_topic(channel: Channel, protocols: dict[str, str]) -> Channel:
    spoken = {protocol_family(protocols.get(name, "")) for name in channel.servers or protocols}
    if channel.address is not None or not spoken <= {"kafka"}:
        return channel
    topics = (each.content.get("topic") for each in channel.bindings if each.protocol == "kafka")
    topic = next((one for one in topics if isinstance(one, str) and _TOPIC.fullmatch(one)), None)
    return channel if topic is None else replace(channel, address=topic)
