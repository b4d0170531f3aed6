"""Members of an enum: their names, made of titles or values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from apictl.contract.schema import JsonValue, Schema
from apictl.emitters.models.shapes import EnumMember
from apictl.pages.python import keywords, names
from apictl.pages.python.keeping import NameKind, Names, Scope
from apictl.pages.python.lowering import enumerated


def enum_members(schema: Schema, kept: Names | None = None, *, owner: str = "") -> tuple[EnumMember, ...]:
    """Return the members when *schema* lists at least two values, all strings or all integers, apart from null.

    A single value is a literal: unions are told apart by it, which an open enum, that takes any value, would spoil.
    *kept* has the names of the members of *owner*.
    """
    values = None if isinstance(schema, bool) or "const" in schema else enumerated(schema)
    if isinstance(schema, bool) or values is None:
        return ()
    told = dict(zip(map(repr, values), _told(schema, values), strict=True))
    plain = [value for value in values if value is not None]
    texts = list(dict.fromkeys(value for value in plain if isinstance(value, str)))
    numbers = list(dict.fromkeys(value for value in plain if isinstance(value, int) and not isinstance(value, bool)))
    listed: Sequence[str | int] = texts or numbers
    if len(listed) < 2 or not (all(isinstance(each, str) for each in plain) or _are_integers(plain)):  # noqa: PLR2004
        return ()
    labels = {str(value): told[repr(value)][0] for value in listed}
    scope = Scope.within(NameKind.MEMBER, owner, _is_plain)
    spelled = (kept or Names()).unique(scope, labels, lambda value: _constant(labels[value]))
    return tuple(EnumMember(spelled[str(value)], value, told[repr(value)][1]) for value in listed)


def _is_plain(value: str, name: str) -> bool:
    """Whether *name* is the one of *value* alone: `ACTIVE` of `active`, `VALUE_3` of 3."""
    number = name.removeprefix("VALUE_").replace("MINUS_", "-") if name.startswith("VALUE_") else ""
    return name.lower() == value or number == value


def _are_integers(values: Sequence[JsonValue]) -> bool:
    return all(isinstance(value, int) and not isinstance(value, bool) for value in values)


def _told(schema: Mapping[str, JsonValue], values: tuple[JsonValue, ...]) -> list[tuple[str, str]]:
    """Return a distinct label and a description for each of *values*."""
    branches = keywords.schemas(schema, "oneOf") or keywords.schemas(schema, "anyOf")
    if "enum" not in schema and len(branches) == len(values):
        labels = [keywords.text(branch, "title") for branch in branches]
        docs = [keywords.text(branch, "description") for branch in branches]
    else:
        labels = _strings(schema.get("x-enum-varnames"), len(values))
        docs = _strings(schema.get("x-enum-descriptions"), len(values))
    are_telling = all(labels) and len(set(labels)) == len(values)
    return [
        (label if are_telling else _label(value), doc) for value, label, doc in zip(values, labels, docs, strict=True)
    ]


def _strings(found: JsonValue, count: int) -> list[str]:
    if isinstance(found, list) and len(found) == count:
        return [each if isinstance(each, str) else "" for each in found]
    return [""] * count


def _label(value: JsonValue) -> str:
    if isinstance(value, int):
        return f"value {value}".replace("-", "minus ")
    return str(value)


def _constant(label: str) -> str:
    """Return *label* as a member name; "" and symbols alone have no words."""
    if not label.strip():
        return "EMPTY"
    return names.constant(label, "value")
