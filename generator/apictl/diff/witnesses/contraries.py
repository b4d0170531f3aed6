"""Schemas of values that one keyword refuses, for the keywords that speak of the value itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from apictl.contract.schema import JsonValue, Schema
from apictl.contract.values.conjunction import TYPES, is_number
from apictl.contract.values.numbers import exact, to_json

_SIZE_LIMIT: Final = 5_000
_ITEM_LIMIT: Final = 1_100
_UPPER: Final = frozenset({"maxLength", "maxItems", "maxProperties"})
_FORMAT_BREAKERS: Final[list[JsonValue]] = ["not in the format", "", "::", "%", "(", "2026-13-45", "-"]
PLAINEST_FIRST: Final = ("null", "string", "integer", "number", "boolean", "object", "array")
"""The types, those first of which a value is easily read."""


@dataclass(frozen=True, slots=True)
class Contrary:
    """A schema of values that a keyword probably refuses.

    Attributes:
        keyword: that refuses them.
        schema: of them.
        subject: the property, value or type that it is about; None when it is about none.
        lacking: the property that is missing, where that is all.
    """

    keyword: str
    schema: Schema
    subject: JsonValue = None
    lacking: str | None = None


def local_contraries(part: Mapping[str, JsonValue], keyword: str) -> Iterator[Contrary]:
    """Yield contraries of *keyword* in *part*; nothing when it names other schemas, or refuses nothing."""
    said = part[keyword]
    match keyword, said:
        case "type", str() | list():
            yield from _of_type([said] if isinstance(said, str) else said)
        case "enum", list():
            yield Contrary(keyword, {"not": {"enum": said}})
        case "const", _:
            yield Contrary(keyword, {"not": {"const": said}})
        case "pattern", str():
            yield Contrary(keyword, {"type": "string", "not": {"pattern": said}})
        case "format", str():
            yield Contrary(keyword, {"type": "string", "not": {"format": said}})
            yield Contrary(keyword, {"enum": _FORMAT_BREAKERS})
        case "uniqueItems", True:
            yield Contrary(keyword, {"type": "array", "minItems": 2, "not": {"uniqueItems": True}})
        case "required", list():
            yield from (Contrary(keyword, without(name), name, name) for name in said if isinstance(name, str))
        case "dependentRequired", dict():
            yield from _of_dependencies(said)
        case _ if is_number(said):
            yield from (Contrary(keyword, schema) for schema in _of_number(keyword, said))
        case _:
            pass


def is_out_of_reach(keyword: str, limit: JsonValue) -> bool:
    """Whether what violates the *limit* that *keyword* sets is too large to be made."""
    return keyword in _UPPER and is_number(limit) and not any(local_contraries({keyword: limit}, keyword))


def without(name: str) -> dict[str, JsonValue]:
    """Return the schema of objects that have no property *name*."""
    return {"type": "object", "properties": {name: False}}


def _of_type(names: list[JsonValue]) -> Iterator[Contrary]:
    others = [kind for kind in PLAINEST_FIRST if kind not in names and not (kind == "integer" and "number" in names)]
    refused: dict[str, JsonValue] = {"type": [name for name in names if name in TYPES]}
    if not others or not refused["type"]:
        return
    for kind in others:
        yield Contrary("type", {"type": kind, "not": refused} if kind == "number" else {"type": kind}, kind)


def _of_dependencies(rules: dict[str, JsonValue]) -> Iterator[Contrary]:
    for name, asked in rules.items():
        for other in asked if isinstance(asked, list) else ():
            if isinstance(other, str):
                yield Contrary("dependentRequired", {"required": [name], **without(other)}, other)


def _of_number(keyword: str, limit: float) -> Iterator[Schema]:
    match keyword:
        case "minimum":
            yield {"type": "number", "exclusiveMaximum": limit}
        case "maximum":
            yield {"type": "number", "exclusiveMinimum": limit}
        case "exclusiveMinimum":
            yield {"type": "number", "maximum": limit}
        case "exclusiveMaximum":
            yield {"type": "number", "minimum": limit}
        case "multipleOf" if limit > 0:
            yield {"type": "number", "not": {"multipleOf": limit}}
            yield {"enum": _between_multiples(exact(limit)), "not": {"multipleOf": limit}}
        case _:
            yield from _of_size(keyword, int(limit))


def _of_size(keyword: str, limit: int) -> Iterator[Schema]:
    least = keyword.removeprefix("min")
    kind = {"Length": "string", "Items": "array", "Properties": "object"}.get(keyword[3:])
    if kind is None:
        return
    if keyword.startswith("min"):
        if limit > 0:
            yield {"type": kind, "max" + least: limit - 1}
    elif limit < (_SIZE_LIMIT if kind == "string" else _ITEM_LIMIT):
        yield {"type": kind, "min" + keyword[3:]: limit + 1}


def _between_multiples(step: Fraction) -> list[JsonValue]:
    """Return numbers near multiples of *step*."""
    near = [step / 2, step * 3 / 2, step + 1, step - 1, step / 10, Fraction(1), Fraction(1, 2), step / 3]
    return list(dict.fromkeys(to_json(number) for number in near))
