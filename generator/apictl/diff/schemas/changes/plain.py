"""Constraints on scalars, texts and counts: which of them only one side makes."""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import JsonValue
from apictl.contract.values.conjunction import identity, is_number
from apictl.diff.law import Effect
from apictl.diff.schemas.aspects import Aspect
from apictl.diff.schemas.changes.pair import Pair, Telling, effect
from apictl.diff.schemas.formats import ASSERTED
from apictl.diff.schemas.node import Node
from apictl.findings import Place

_LIMITS: Final = {
    "min-length": ("minLength",),
    "max-length": ("maxLength",),
    "minimum": ("minimum", "exclusiveMinimum"),
    "maximum": ("maximum", "exclusiveMaximum"),
    "min-items": ("minItems",),
    "max-items": ("maxItems",),
    "min-properties": ("minProperties",),
    "max-properties": ("maxProperties",),
}
"""Limits by what their differences are called, and the keywords that set them."""
_SWITCHED: Final = {
    "multiple-of": "multipleOf",
    "pattern": "pattern",
    "format": "format",
    "unique-items": "uniqueItems",
    "dependent-required": "dependentRequired",
}
"""Constraints that are there, or not, or another."""


def tell_plain(pair: Pair, telling: Telling) -> None:
    """Tell of limits, patterns, formats and the like."""
    for name, keywords in _LIMITS.items():
        _tell_limit(pair, telling, name, keywords)
    for name, keyword in _SWITCHED.items():
        _tell_switched(pair, telling, name, keyword)


def _tell_limit(pair: Pair, telling: Telling, name: str, keywords: tuple[str, ...]) -> None:
    told = pair.effect_of(_nodes(pair, pair.old, keywords), _nodes(pair, pair.new, keywords))
    old, new = _limit(pair.old, keywords), _limit(pair.new, keywords)
    facts: dict[str, JsonValue] = {"old": old[1], "new": new[1]}
    if len(keywords) > 1:
        facts |= {"old_is_exclusive": old[0] == keywords[-1], "new_is_exclusive": new[0] == keywords[-1]}
    places = (pair.old.spot(old[0]), pair.new.spot(new[0]))
    match told:
        case Effect.NARROWS:
            telling.tell_below((), f"{name}-tightened", told, places=places, facts=facts)
        case Effect.WIDENS:
            telling.tell_below((), f"{name}-loosened", told, places=places, facts=facts)
        case Effect.INCOMPARABLE:
            telling.tell_below((), f"{name}-changed", told, places=places, facts=facts)
        case Effect.NEUTRAL:
            pass


def _limit(aspect: Aspect, keywords: tuple[str, ...]) -> tuple[str, JsonValue]:
    """Return the keyword and the number of the limit that counts; the first keyword and None when there is none."""
    found = [
        (keyword, value)
        for keyword in keywords
        for part in aspect.having(keyword)
        for value in [part.schema[keyword]]
        if is_number(value)
    ]
    if not found:
        return keywords[0], None
    is_least = keywords[0].startswith("min")
    sign = 1 if is_least else -1
    return max(found, key=lambda each: (each[1] * sign, each[0].startswith("exclusive")))


def _tell_switched(pair: Pair, telling: Telling, name: str, keyword: str) -> None:
    old, new = _said(pair.old, keyword), _said(pair.new, keyword)
    if {identity(value) for value in old} == {identity(value) for value in new}:
        return
    told = pair.effect_of(_nodes(pair, pair.old, (keyword,)), _nodes(pair, pair.new, (keyword,)))
    if told is Effect.NEUTRAL:
        return
    action = "changed" if old and new else "added" if new else "removed"
    facts: dict[str, JsonValue] = {"old": old[0] if old else None, "new": new[0] if new else None}
    if keyword == "format":
        facts["is_asserted"] = all(value in ASSERTED for value in [*old, *new])
    places = (pair.old.spot(keyword), pair.new.spot(keyword))
    telling.tell_below((), f"{name}-{action}", told, places=places, facts=facts)


def _said(aspect: Aspect, keyword: str) -> list[JsonValue]:
    values = (part.schema[keyword] for part in aspect.having(keyword))
    return [value for value in values if value is not False and value not in ({}, "")]


def _nodes(pair: Pair, aspect: Aspect, keywords: tuple[str, ...]) -> tuple[Node, ...]:
    plain = pair.opener.context.interner.plain
    return tuple(plain(keyword, part.schema[keyword]) for keyword in keywords for part in aspect.having(keyword))


def tell_values(pair: Pair, telling: Telling) -> bool:
    """Tell of enumerated values; return whether both sides list them, so that nothing else is to be told."""
    context = pair.opener.context
    old_values = context.allowed_values(pair.opener.premises(pair.old))
    new_values = context.allowed_values(pair.opener.premises(pair.new))
    is_old, is_new = _is_listing(pair.old), _is_listing(pair.new)
    if not (is_old or is_new):
        return False
    if old_values is not None and new_values is not None and is_old and is_new:
        _tell_each(pair, telling, old_values, new_values)
        return True
    keywords = ("enum", "const")
    told = pair.effect_of(_nodes(pair, pair.old, keywords), _nodes(pair, pair.new, keywords))
    if told is not Effect.NEUTRAL:
        listed = new_values if is_new else old_values
        facts: dict[str, JsonValue] = {"values": list(listed or ())}
        kind = "enum-added" if is_new and not is_old else "enum-removed" if is_old and not is_new else "enum-changed"
        telling.tell_below((), kind, told, places=(_listing(pair.old), _listing(pair.new)), facts=facts)
    return False


def _tell_each(pair: Pair, telling: Telling, old: list[JsonValue], new: list[JsonValue]) -> None:
    before, after = {identity(value): value for value in old}, {identity(value): value for value in new}
    both_const = all(any(aspect.having("const")) for aspect in (pair.old, pair.new))
    if both_const and len(before) == len(after) == 1 and before.keys() != after.keys():
        places = (pair.old.spot("const"), pair.new.spot("const"))
        telling.tell("const-changed", Effect.INCOMPARABLE, places, old=old[0], new=new[0])
        return
    for key, value in before.items():
        if key not in after:
            places = (_value_place(pair.old, value), _listing(pair.new))
            telling.tell("enum-value-removed", effect(narrows=True, widens=False), places, value=value)
    for key, value in after.items():
        if key not in before:
            places = (_listing(pair.old), _value_place(pair.new, value))
            telling.tell("enum-value-added", effect(narrows=False, widens=True), places, value=value)


def _is_listing(aspect: Aspect) -> bool:
    return any(aspect.having("enum")) or any(aspect.having("const"))


def _listing(aspect: Aspect) -> Place:
    return aspect.spot("enum") if any(aspect.having("enum")) else aspect.spot("const")


def _value_place(aspect: Aspect, value: JsonValue) -> Place:
    for part in aspect.having("enum"):
        for index, each in enumerate(part.items("enum")):
            if identity(each) == identity(value):
                return part.place.child("enum", index)
    return _listing(aspect)
