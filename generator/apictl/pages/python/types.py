"""What a value looks like to Python: a small algebra between JSON Schema and an annotation."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Anything:
    """Any JSON value."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A type without parameters.

    Attributes:
        name: `str`, `int`, `float`, `bool`, `None`, `bytes`, or one that `formats` knows the module of.
    """

    name: str


@dataclass(frozen=True, slots=True)
class Literals:
    """One of some values; kept as their Python spelling, because `True == 1` and both may be there.

    Attributes:
        spellings: `repr` of strings, integers and booleans, each once, in the contract's order.
    """

    spellings: tuple[str, ...]

    @property
    def values(self) -> tuple[str | int | bool, ...]:
        """The values themselves."""
        return tuple(ast.literal_eval(text) for text in self.spellings)


@dataclass(frozen=True, slots=True)
class Reference:
    """A value of a definition, by wire name."""

    name: str


@dataclass(frozen=True, slots=True)
class ListOf:
    """An array."""

    item: Type


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object whose property names are data."""

    value: Type


@dataclass(frozen=True, slots=True)
class UnionOf:
    """One of at least two types; made by `union`."""

    members: tuple[Type, ...]


Type: TypeAlias = Anything | Scalar | Literals | Reference | ListOf | MapOf | UnionOf

NULL = Scalar("None")

_BOOLEAN = Scalar("bool")
_STRICT = Scalar("StrictBool")
_NUMBERS = frozenset({Scalar("int"), Scalar("float")})


def union(types: Iterable[Type]) -> Type:
    """Return the type of values of any of *types*: flat, each member once, one `Literals`, `bool` first, `None` last.

    pydantic writes a boolean by the first type of a union that takes it, and to Python `True` is an integer, too;
    beside other types a boolean is strict, because 1.0 would be read as `True`.
    """
    members = [member for each in types for member in (each.members if isinstance(each, UnionOf) else (each,))]
    flat = [_BOOLEAN if member == _STRICT else member for member in members]
    if not flat or Anything() in flat:
        return Anything()
    spellings = tuple(dict.fromkeys(text for each in flat if isinstance(each, Literals) for text in each.spellings))
    merged = [Literals(spellings) if isinstance(each, Literals) else each for each in flat]
    distinct = sorted(dict.fromkeys(_unmistaken(merged, spellings)), key=_place)
    if len(distinct) == 1:
        return distinct[0]
    is_strict = any(member not in {_BOOLEAN, NULL} for member in distinct)
    return UnionOf(tuple(_STRICT if is_strict and member == _BOOLEAN else member for member in distinct))


def _place(member: Type) -> int:
    return 0 if member == _BOOLEAN else 2 if member == NULL else 1


def _unmistaken(members: list[Type], spellings: tuple[str, ...]) -> list[Type]:
    """Return *members* with `bool` and `int` for their literals where both booleans and numbers are allowed.

    pydantic looks literals up by `==`, by which `True` is 1 and 1.0.
    """
    booleans = [text for text in spellings if text in {"True", "False"}]
    integers = [text for text in spellings if text[0] not in "'\"" and text not in booleans]
    is_boolean = bool(booleans) or _BOOLEAN in members
    if not (is_boolean and (integers or not _NUMBERS.isdisjoint(members))):
        return members
    texts = tuple(text for text in spellings if text not in booleans and text not in integers)
    kept: list[Type] = [each for each in members if not isinstance(each, Literals)]
    return [
        *([Literals(texts)] if texts else []),
        *([_BOOLEAN] if booleans else []),
        *([Scalar("int")] if integers else []),
        *kept,
    ]


def accepts_null(kind: Type) -> bool:
    """Whether `None` is a value of *kind* without looking behind references."""
    return kind in (NULL, Anything()) or (isinstance(kind, UnionOf) and NULL in kind.members)


def without_null(kind: Type) -> Type:
    """Return *kind* with `None` taken out of a union."""
    return union(member for member in kind.members if member != NULL) if isinstance(kind, UnionOf) else kind
