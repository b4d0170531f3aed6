"""What each definition becomes: a class, an enum or a type alias."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from apictl.pages.python.lowering import Telling
from apictl.pages.python.types import Type


@dataclass(frozen=True, slots=True)
class Field:
    """An attribute of a class.

    Attributes:
        wire_name: of the property.
        name: of the attribute; an identifier.
        type: of the property's value when it is there.
        is_required: whether the property is always there.
        doc: the property's description; "" for none.
        is_made_required: whether it overrides an attribute that is not required.
        is_narrower: whether it overrides an attribute that may have more values.
    """

    wire_name: str
    name: str
    type: Type
    is_required: bool
    doc: str
    is_made_required: bool = False
    is_narrower: bool = False


@dataclass(frozen=True, slots=True)
class ClassShape:
    """A pydantic class.

    Attributes:
        bases: wire names of the definitions it inherits from.
        fields: of its own, in the contract's order.
        extra: type of undeclared properties; None when they are forbidden.
        doc: the schema's description; "" for none.
    """

    bases: tuple[str, ...]
    fields: tuple[Field, ...]
    extra: Type | None
    doc: str


@dataclass(frozen=True, slots=True)
class EnumMember:
    """A named value of an enum."""

    name: str
    value: str | int
    doc: str


@dataclass(frozen=True, slots=True)
class EnumShape:
    """An open enum; its values are all strings or all integers, and there is at least one."""

    members: tuple[EnumMember, ...]
    doc: str


@dataclass(frozen=True, slots=True)
class AliasShape:
    """A name for a type."""

    type: Type
    doc: str


Shape: TypeAlias = ClassShape | EnumShape | AliasShape


@dataclass(frozen=True, slots=True)
class Shapes:
    """What all definitions of a contract become.

    Attributes:
        by_name: by wire name, in the contract's order.
        telling: how the unions of these definitions are told apart, where branches don't do it themselves.
    """

    by_name: Mapping[str, Shape]
    telling: Mapping[frozenset[str], Telling] = field(default_factory=dict)
