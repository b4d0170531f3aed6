"""Contract to `brokers.py`: which of its servers want a URL, and what is said of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from apictl.contract.events import Events, EventServer
from apictl.emitters.events.spelling import SpelledEvents, SpelledHandshake
from apictl.emitters.events.wording import page_header
from apictl.pages.adapters import Adapter, adapters
from apictl.pages.nodes import CommentText, DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.python import docs
from apictl.pages.python.expressions import call, dict_of, literal, only_if, tuple_of
from apictl.pages.python.servers import ServerGroup, url_arguments, web_servers
from apictl.pages.python.spelling import SpelledContract

_Urls: TypeAlias = tuple[tuple[str, ServerGroup], ...]

_PROCESS = (
    "    process: name of this process, for MQTT and Redis, which keep under it what it has taken: its own among those "
    "that run, and the same when it is started again."
)
_MEMORY = "memory (within this process)"
_RAISES = """Raises:
    ValueError: a URL is of no such broker, or lacks something.
    ImportError: the client library of a broker is not installed."""


@dataclass(frozen=True, slots=True)
class BrokersView:
    """`brokers.py`; `handshakes` and `server` are what `serve` is made of, where the service has WebSockets."""

    header: CommentText
    package: DottedName
    title: DocText
    distribution: Literal
    adapters: Literal
    urls: tuple[Identifier, ...]
    doc: DocText
    connection: Expression
    handshakes: Expression
    server: Expression
    has_adapters: bool
    has_web_servers: bool
    has_several: bool
    has_only_one_and_process: bool
    knows_processes: bool


def brokers_view(spelled: SpelledContract, spelled_events: SpelledEvents) -> BrokersView:
    """Return what `brokers.py` says of *spelled*, whose events are *spelled_events*."""
    events = spelled.contract.events or Events(spelled.contract.place)
    own = adapters(events)
    urls = url_arguments(events)
    knows_processes = any(each.knows_processes for each in own)
    return BrokersView(
        header=page_header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        distribution=Literal(spelled.distribution),
        adapters=Literal(tuple(each.name for each in own)),
        urls=tuple(Identifier(argument) for argument, _ in urls),
        doc=DocText(_doc(urls, own)),
        connection=Expression(_connection(urls, knows_processes=knows_processes)),
        handshakes=Expression(_handshakes(_asked(spelled_events))),
        server=Expression(_server_of(events)),
        has_adapters=bool(own),
        has_web_servers=bool(web_servers(events)),
        has_several=len(urls) > 1,
        has_only_one_and_process=len(urls) == 1 and knows_processes,
        knows_processes=knows_processes,
    )


def _connection(urls: _Urls, *, knows_processes: bool) -> str:
    """Return what `connect` returns."""
    process = only_if(knows_processes, "process")
    made = {group.key: call("BROKERS.connected", argument, process=process) for argument, group in urls}
    if len(made) == 1:
        return next(iter(made.values()))
    return call("Switchboard", "channels.SERVICE", dict_of(made))


def _asked(events: SpelledEvents) -> dict[str, SpelledHandshake]:
    """Return what is asked of those that connect, by address."""
    found: dict[str, SpelledHandshake] = {}
    for each in events.channels:
        if each.messages and each.channel.address is not None and each.handshake is not None:
            found[each.channel.address] = each.handshake
    return found


def _handshakes(asked: Mapping[str, SpelledHandshake]) -> str:
    bindings = {address: _binding(handshake) for address, handshake in asked.items()}
    return call(
        "Handshakes",
        origins="origins",
        admit="admit",
        bindings=only_if(bool(bindings), dict_of(bindings)),
        subprotocols="subprotocols",
    )


def _binding(handshake: SpelledHandshake) -> str:
    headers = handshake.headers
    names = "" if headers is None else call("frozenset", literal(headers.names))
    return call(
        "Binding",
        "channels.SERVICE.judge",
        query=only_if(bool(handshake.query), literal(handshake.query)),
        headers=None if headers is None else call("HeaderSet", literal(headers.key), names),
    )


def _server_of(events: Events) -> str:
    """Return the server of WebSockets: of all channels, unless some may be at a broker."""
    web = web_servers(events)
    return call(
        "WebSocketServer",
        "channels.SERVICE",
        dead_letters="dead_letters",
        handshakes="handshakes",
        limits="limits",
        servers=only_if(len(web) < len(events.servers), tuple_of(literal(each.name) for each in web)),
    )


def _doc(urls: _Urls, own: tuple[Adapter, ...]) -> str:
    schemes = ", ".join((*(scheme for each in own for scheme in each.schemes), _MEMORY))
    lines = [f"    {argument}: {_told(group)}" for argument, group in urls]
    lines += [_PROCESS] if any(each.knows_processes for each in own) else []
    parts = [
        f"Return a connection to the broker{'' if len(urls) == 1 else 's'}, to be entered as a context.",
        f"The scheme of a URL says which broker it is: {schemes}. A user and password stand before the host.",
        "Args:\n" + "\n".join(lines),
        _RAISES,
    ]
    return "\n\n".join(parts)


def _told(group: ServerGroup) -> str:
    """Return which servers of the contract *group* is."""
    if not group.alternatives:
        return "of any broker; the contract names none."
    return f"of {' or '.join(map(_server, group.alternatives))}."


def _server(server: EventServer) -> str:
    host = docs.one_line(server.host + server.pathname)
    return f"{docs.one_line(server.name)!r} ({docs.one_line(server.protocol)}{host and f', {host}'})"
