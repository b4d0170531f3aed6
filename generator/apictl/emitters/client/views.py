"""What the templates of the client see."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.pages.nodes import CommentText, DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.python.surfaces import PartView


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """A keyword argument of a method."""

    name: Identifier
    key: Literal
    annotation: Expression
    is_required: bool


@dataclass(frozen=True, slots=True)
class CompanionView:
    """Another method that calls the same operation with the same arguments."""

    name: Identifier
    doc: DocText
    returns: Expression


@dataclass(frozen=True, slots=True)
class MethodView:
    """A method that calls one operation."""

    name: Identifier
    constant: Identifier
    doc: DocText
    has_body: bool
    has_optional_body: bool
    body: Expression
    has_content_types: bool
    content_types: Expression
    has_arguments: bool
    arguments: tuple[ArgumentView, ...]
    returns: Expression
    is_whole: bool
    iterations: tuple[CompanionView, ...]
    streams: tuple[CompanionView, ...]
    advices: tuple[Literal, ...] = ()
    """What type checkers say of its use, of an old name."""


@dataclass(frozen=True, slots=True)
class GroupView:
    """The class of one tag, synchronous or asynchronous."""

    name: Identifier
    doc: DocText
    is_async: bool
    caller: Identifier
    methods: tuple[MethodView, ...]


@dataclass(frozen=True, slots=True)
class MemberView:
    """The attribute of a client that holds a group."""

    attribute: Identifier
    module: DottedName
    group: Identifier
    doc: DocText


@dataclass(frozen=True, slots=True)
class ClientView:
    """The class of the whole service, synchronous or asynchronous."""

    name: Identifier
    doc: DocText
    caller: Identifier
    transport: DottedName
    members: tuple[MemberView, ...]


@dataclass(frozen=True, slots=True)
class CredentialView:
    """A field of `Credentials`."""

    name: Identifier
    scheme: Literal
    annotation: Expression
    doc: DocText


@dataclass(frozen=True, slots=True)
class ClientPageView:
    """`client.py`; its groups are in `parts` when it is kept in these."""

    header: CommentText
    package: DottedName
    title: DocText
    client: Identifier
    async_client: Identifier
    exported: tuple[Literal, ...]
    has_credentials: bool
    credentials: tuple[CredentialView, ...]
    groups: tuple[GroupView, ...]
    clients: tuple[ClientView, ...]
    parts: tuple[PartView, ...] = ()
