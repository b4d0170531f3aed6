"""What the read-me of a package says of its events."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.contract.events import Direction, Events
from apictl.pages.adapters import adapters, server_url
from apictl.pages.nodes import Identifier, Literal, MarkdownCode
from apictl.pages.python.servers import ServerGroup, url_arguments, web_servers
from apictl.pages.python.spelling import SpelledContract


@dataclass(frozen=True, slots=True)
class UrlView:
    """A keyword argument of `brokers.connect`, with the URL that the contract suggests."""

    name: Identifier
    value: Literal


@dataclass(frozen=True, slots=True)
class EventsView:
    """How the events of the package are received and sent.

    Attributes:
        install: command that installs what speaks to the brokers.
        urls: that `brokers.connect` takes.
        handlers: protocol to implement.
        publisher: class that sends.
        requests: class that asks.
        has_adapters: whether there is anything to install.
        has_handlers: whether anything is received.
        has_publisher: whether anything is sent.
        has_requests: whether anything is asked.
        knows_processes: whether `brokers.connect` takes the name of the process.
        process: such a name.
        has_web_servers: whether the service is a server of WebSockets.
        has_brokers_too: whether it speaks to brokers besides.
        mount: path that they are at.
    """

    install: MarkdownCode
    urls: tuple[UrlView, ...]
    handlers: Identifier
    publisher: Identifier
    requests: Identifier
    has_adapters: bool
    has_handlers: bool
    has_publisher: bool
    has_requests: bool
    knows_processes: bool
    process: Literal
    has_web_servers: bool
    has_brokers_too: bool
    mount: Literal


def events_view(spelled: SpelledContract, events: Events) -> EventsView:
    """Return how *events*, those of *spelled*, are received and sent."""
    own = adapters(events)
    sends = [one for one in events.operations if one.direction is Direction.SEND]
    return EventsView(
        install=MarkdownCode(f"pip install '{spelled.distribution}[{','.join(each.name for each in own)}]'"),
        urls=tuple(UrlView(Identifier(name), Literal(_url(group))) for name, group in url_arguments(events)),
        handlers=Identifier(f"{spelled.stem}Handlers"),
        publisher=Identifier(f"{spelled.stem}Publisher"),
        requests=Identifier(f"{spelled.stem}Requests"),
        has_adapters=bool(own),
        has_handlers=len(sends) < len(events.operations),
        has_publisher=any(one.reply is None for one in sends),
        has_requests=any(one.reply is not None for one in sends),
        knows_processes=any(each.knows_processes for each in own),
        process=Literal(f"{spelled.contract.service}-1"),
        has_web_servers=bool(web_servers(events)),
        has_brokers_too=0 < len(web_servers(events)) < len(events.servers),
        mount=Literal(_mount(events)),
    )


def _mount(events: Events) -> str:
    """Return the path that the contract has the WebSockets below; `/` where that is said only at run time."""
    paths = {server.pathname.rstrip("/") for server in web_servers(events)}
    path = paths.pop() if len(paths) == 1 else ""
    return path if path.startswith("/") and "{" not in path else "/"


def _url(group: ServerGroup) -> str:
    """Return the URL that the contract suggests for *group*."""
    return next(map(server_url, group.alternatives), "memory:")
