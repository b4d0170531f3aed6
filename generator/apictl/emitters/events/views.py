"""What the templates of events show."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.pages.nodes import CommentText, DocText, DottedName, Expression, Identifier, Literal


@dataclass(frozen=True, slots=True)
class DeclarationView:
    """One constant of `channels.py`."""

    constant: Identifier
    annotation: Expression
    value: Expression


@dataclass(frozen=True, slots=True)
class CodingView:
    """What makes codings of payloads: `name` in `module` of `codings`."""

    module: Identifier
    name: Identifier


@dataclass(frozen=True, slots=True)
class ChannelsView:
    """`channels.py`."""

    header: CommentText
    package: DottedName
    title: DocText
    codings: tuple[CodingView, ...]
    declarations: tuple[DeclarationView, ...]
    service: Expression
    service_doc: DocText


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """A keyword argument: a variable part of the address."""

    name: Identifier
    key: Literal
    annotation: Expression


@dataclass(frozen=True, slots=True)
class EventMethodView:
    """What handles or sends one message.

    Attributes:
        name: of the method.
        operation: constant.
        message: constant.
        label: name of the message.
        doc: what it says.
        payload: annotation.
        has_headers: whether headers are seen.
        headers: annotation.
        arguments: of the address.
        has_arguments: whether there are any.
        has_keywords: whether whoever sends passes anything by name.
        takes_key: whether whoever sends passes the key.
        needs_key: whether the contract says what a key is like.
        returns: annotation.
        is_answered: whether a reply is returned.
    """

    name: Identifier
    operation: Identifier
    message: Identifier
    label: Literal
    doc: DocText
    payload: Expression
    has_headers: bool
    headers: Expression
    arguments: tuple[ArgumentView, ...]
    has_arguments: bool
    has_keywords: bool
    takes_key: bool
    needs_key: bool
    returns: Expression
    is_answered: bool


@dataclass(frozen=True, slots=True)
class ReceptionView:
    """Who handles what one operation receives."""

    operation: Identifier
    methods: tuple[EventMethodView, ...]


@dataclass(frozen=True, slots=True)
class EventsView:
    """`events.py` and `sample_events.py`."""

    header: CommentText
    package: DottedName
    package_literal: Literal
    title: DocText
    handlers: Identifier
    publisher: Identifier
    requests: Identifier
    exported: tuple[Literal, ...]
    receptions: tuple[ReceptionView, ...]
    handled: tuple[EventMethodView, ...]
    published: tuple[EventMethodView, ...]
    asked: tuple[EventMethodView, ...]
    has_handlers: bool
    has_publisher: bool
    has_requests: bool


@dataclass(frozen=True, slots=True)
class TestView:
    """The test of one message of one operation."""

    name: Identifier
    doc: DocText
    operation: Identifier
    message: Identifier


@dataclass(frozen=True, slots=True)
class TestsView:
    """`test_events.py`."""

    header: CommentText
    package: DottedName
    title: DocText
    received: tuple[TestView, ...]
    sent: tuple[TestView, ...]
    unasked: Identifier


@dataclass(frozen=True, slots=True)
class ConftestView:
    """`conftest.py`; `has_requests` says whether requests are tested, too."""

    has_requests: bool
