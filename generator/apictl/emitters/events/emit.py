"""Contract to `channels.py`, `events.py`, `brokers.py`, `sample_events.py` and the tests of events."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import TypeAlias

from apictl.emitters.events import declarations
from apictl.emitters.events.brokers import brokers_view
from apictl.emitters.events.cases import Cases
from apictl.emitters.events.contents import source_of
from apictl.emitters.events.spelling import SpelledEventOperation, SpelledEvents, SpelledMethod
from apictl.emitters.events.tests import emit_tests
from apictl.emitters.events.views import (
    ArgumentView,
    ChannelsView,
    CodingView,
    DeclarationView,
    EventMethodView,
    EventsView,
    ReceptionView,
)
from apictl.emitters.events.wording import message_doc, page_header
from apictl.emitters.events.writing import Entry
from apictl.findings import Finding, error
from apictl.pages.codings import coding_imports
from apictl.pages.data import json_bytes
from apictl.pages.nodes import DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.page import GeneratedFile, Page, PageSet
from apictl.pages.python import docs
from apictl.pages.python.spelling import SpelledContract
from apictl.support.events.codings.kept import SCHEMAS

_ALWAYS = ("InvalidMessage", "Settings")
_RECEIVING = ("Context", "Reject", "Retry", "receiver")
_ASKING = ("InvalidReply", "NoReply")


Replies: TypeAlias = "dict[str, Entry]"
"""Operation id → {"payload", "headers"}."""


def emit(spelled: SpelledContract, events: SpelledEvents, replies: Replies) -> PageSet:
    """Return the pages of *events*, which are those of *spelled*; the stub answers with *replies*."""
    package = PurePosixPath("python") / spelled.package
    view = _events(spelled, events)
    pages = PageSet(
        (
            Page("events/channels.py.jinja", _channels(spelled, events), package / "channels.py"),
            Page("events/events.py.jinja", view, package / "events.py"),
            Page("events/brokers.py.jinja", brokers_view(spelled, events), package / "brokers.py"),
        )
    )
    if view.has_handlers:
        stub = Page("events/sample_events.py.jinja", view, package / "sample_events.py")
        pages += PageSet((stub,), (GeneratedFile(package / "event_samples.json", json_bytes(replies)),))
    schemas = {each.message.name: source_of(each.message) for each in events.messages}
    schemas = {name: schema for name, schema in schemas.items() if schema is not None}
    if schemas:
        pages += PageSet((), (GeneratedFile(package / SCHEMAS, json_bytes(schemas)),))
    return pages + emit_tests(spelled, events)


def sample_replies(spelled: SpelledContract, events: SpelledEvents) -> tuple[Replies, tuple[Finding, ...]]:
    """Return a sample for each reply that the service sends, and what has none."""
    found = dict(Cases(events, spelled.contract.definitions).replies())
    missing = [one for one in events.receives if one.reply is not None and one.operation.id not in found]
    return found, tuple(
        error("sample-not-found", one.operation.place, f"no sample of the reply of {one.operation.id[:60]!r} was found")
        for one in missing
    )


def _channels(spelled: SpelledContract, events: SpelledEvents) -> ChannelsView:
    return ChannelsView(
        header=page_header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        codings=tuple(
            CodingView(Identifier(module), Identifier(name))
            for module, name in coding_imports(each.message for each in events.messages)
        ),
        declarations=tuple(_declarations(events)),
        service=Expression(declarations.service(spelled.contract.service, spelled.package, events)),
        service_doc=DocText(f"{spelled.stem}, with the judge of its values.", 0),
    )


def _declarations(events: SpelledEvents) -> Iterator[DeclarationView]:
    names = {each.message.name: each.constant for each in events.messages}
    for message in events.messages:
        yield _declaration(message.constant, declarations.message(message))
    for channel in events.channels:
        if channel.messages:
            yield _declaration(channel.constant, declarations.channel(channel, names))
    for operation in events.operations:
        annotation = declarations.operation_annotation(operation)
        yield _declaration(operation.constant, declarations.operation(operation, names), annotation)


def _declaration(constant: str, value: str, annotation: str = "Final") -> DeclarationView:
    return DeclarationView(Identifier(constant), Expression(annotation), Expression(value))


def _events(spelled: SpelledContract, events: SpelledEvents) -> EventsView:
    receptions = tuple(
        ReceptionView(Identifier(one.constant), tuple(_method(one, method) for method in one.methods))
        for one in events.receives
        if one.methods
    )
    published = tuple(_methods(one for one in events.sends if one.operation.reply is None))
    asked = tuple(_methods(one for one in events.sends if one.operation.reply is not None))
    names = {role: f"{spelled.stem}{role}" for role in ("Handlers", "Publisher", "Requests")}
    exported = [*_ALWAYS]
    exported += [*_RECEIVING, names["Handlers"]] if receptions else []
    exported += [names["Publisher"]] if published else []
    exported += [*_ASKING, names["Requests"]] if asked else []
    exported += ["WithHeaders"] if any("WithHeaders[" in one.answer for one in events.operations) else []
    return EventsView(
        header=page_header(spelled),
        package=DottedName(spelled.package),
        package_literal=Literal(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        handlers=Identifier(names["Handlers"]),
        publisher=Identifier(names["Publisher"]),
        requests=Identifier(names["Requests"]),
        exported=tuple(map(Literal, sorted(set(exported)))),
        receptions=receptions,
        handled=tuple(method for reception in receptions for method in reception.methods),
        published=published,
        asked=asked,
        has_handlers=bool(receptions),
        has_publisher=bool(published),
        has_requests=bool(asked),
    )


def _methods(operations: Iterator[SpelledEventOperation]) -> Iterator[EventMethodView]:
    for operation in operations:
        for method in operation.methods:
            yield _method(operation, method)


def _method(operation: SpelledEventOperation, method: SpelledMethod) -> EventMethodView:
    message, channel = method.message, operation.channel
    # What the message says itself is nobody's argument.
    takes_key = message.message.key_location is None
    return EventMethodView(
        name=Identifier(method.name),
        operation=Identifier(operation.constant),
        message=Identifier(message.constant),
        label=Literal(message.message.name),
        doc=DocText(message_doc(operation, message.message), 8),
        payload=Expression(message.annotation),
        has_headers=bool(message.headers_annotation),
        headers=Expression(message.headers_annotation or "None"),
        arguments=tuple(
            ArgumentView(Identifier(each.argument), Literal(each.argument), Expression(each.annotation))
            for each in channel.parameters
        ),
        has_arguments=bool(channel.parameters),
        has_keywords=bool(channel.parameters) or operation.reply is not None or takes_key,
        takes_key=takes_key,
        needs_key=bool(message.ordering),
        returns=Expression(operation.answer),
        is_answered=operation.reply is not None,
    )
