"""What the templates of `server.py` and `sample.py` see."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.pages.nodes import CommentText, DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.python.surfaces import PartView


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """A keyword argument of a method."""

    name: Identifier
    annotation: Expression
    sample_annotation: Expression
    is_path: bool


@dataclass(frozen=True, slots=True)
class HandlerView:
    """A method of a service, as the doors know it."""

    name: Identifier
    constant: Identifier


@dataclass(frozen=True, slots=True)
class MethodView:
    """A method of a service."""

    name: Identifier
    constant: Identifier
    doc: DocText
    has_body: bool
    body: Expression
    arguments: tuple[ArgumentView, ...]
    has_arguments: bool
    returns: Expression


@dataclass(frozen=True, slots=True)
class GroupView:
    """The service of one tag; its methods are declared where they are not those of a part."""

    attribute: Identifier
    constant: Identifier
    service: Identifier
    protocol: Expression
    annotation: Expression
    sample: Identifier
    doc: DocText
    methods: tuple[MethodView, ...] | tuple[HandlerView, ...]


@dataclass(frozen=True, slots=True)
class SchemeView:
    """A callback of `Security`."""

    name: Literal
    method: Identifier
    credential: Identifier
    doc: DocText


@dataclass(frozen=True, slots=True)
class ServerView:
    """`server.py` and `sample.py`; of a large contract, the protocols are in *parts* and the stubs in *samples*."""

    header: CommentText
    package: DottedName
    package_literal: Literal
    title: DocText
    groups: tuple[GroupView, ...]
    schemes: tuple[SchemeView, ...]
    exported: tuple[Literal, ...]
    security: Expression
    has_security: bool
    has_principal: bool
    has_several_schemes: bool
    parts: tuple[PartView, ...] = ()
    samples: tuple[PartView, ...] = ()


@dataclass(frozen=True, slots=True)
class ServerPartView:
    """A part: the service of one tag, or the stub of it."""

    header: CommentText
    package: DottedName
    has_principal: bool
    groups: tuple[GroupView, ...]
