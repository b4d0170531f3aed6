"""Types and null: which of them only one side allows."""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import JsonValue
from apictl.diff.schemas.aspects import Aspect, Opener
from apictl.diff.schemas.changes.pair import Pair, Telling, effect
from apictl.diff.schemas.node import TRUE, Node

_NAMES: Final = ("string", "number", "boolean", "array", "object", "null")


def type_names(opener: Opener, aspect: Aspect) -> frozenset[str]:
    """Return the types that *aspect* leaves possible; `integer` instead of `number` when fractions are refused."""
    plain = opener.context.interner.plain
    found = {name for name in _NAMES if not opener.prover.is_empty((*aspect.nodes, plain("type", name)))}
    if "number" in found:
        numbers = (*aspect.nodes, plain("type", "number"))
        if opener.prover.is_within(numbers, (plain("type", "integer"),)):
            found = found - {"number"} | {"integer"}
    return frozenset(found)


def tell_types(pair: Pair, telling: Telling) -> Node | None:
    """Tell of types that only one side allows; return the node of what else there is to tell of.

    These are the types that both allow, without null; None when there are none.
    """
    old, new = type_names(pair.opener, pair.old), type_names(pair.opener, pair.new)
    common = {name for name in old if name in new or (name == "integer" and "number" in new)}
    common |= {name for name in new if name == "integer" and "number" in old}
    if "null" in old ^ new and common:
        is_added = "null" in new
        kind = "null-added" if is_added else "null-removed"
        places = (pair.old.spot("type"), pair.new.spot("type"))
        telling.tell(kind, effect(narrows=not is_added, widens=is_added), places)
    if not _are_listed(pair):
        _tell_names(pair, telling, old, new, besides=frozenset({"null"}) if common else frozenset())
    if not common:
        return None
    return TRUE if old == new and "null" not in common else _typed(pair.opener, common)


def _tell_names(
    pair: Pair, telling: Telling, old: frozenset[str], new: frozenset[str], *, besides: frozenset[str]
) -> None:
    """Tell of the types that only one of *old* and *new* has, *besides* those that are told of already."""
    removed, added = _without(old - besides, new - besides), _without(new - besides, old - besides)
    if not (removed or added):
        return
    kind = "type-changed" if removed and added else "type-narrowed" if removed else "type-widened"
    facts: dict[str, JsonValue] = {"old": list[JsonValue](sorted(old)), "new": list[JsonValue](sorted(new))}
    places = [aspect.spot("type") for aspect in (pair.old, pair.new)]
    for index, (names, aspect) in enumerate(((old, pair.old), (new, pair.new))):
        if not names and aspect.unions:  # nothing is allowed, and so no alternative is possible
            union = aspect.unions[0]
            places[index] = union.part.place.child(union.keyword)
            facts["keyword"] = union.keyword
    told = effect(narrows=bool(removed), widens=bool(added))
    telling.tell_below((), kind, told, places=(places[0], places[1]), facts=facts)


def without_null(opener: Opener, aspect: Aspect) -> Node:
    """Return the node of the types that *aspect* leaves possible, but null, of which there is nothing more to say."""
    return _typed(opener, set(type_names(opener, aspect)))


def _typed(opener: Opener, names: set[str]) -> Node:
    spoken = names - {"null"} or names
    return opener.context.interner.plain("type", list[JsonValue](sorted(spoken)))


def _without(these: frozenset[str], those: frozenset[str]) -> frozenset[str]:
    covered = those | ({"integer"} if "number" in those else frozenset())
    return these - covered


def _are_listed(pair: Pair) -> bool:
    """Whether both sides list their values, so that types tell nothing more."""
    sides = (pair.opener.premises(pair.old), pair.opener.premises(pair.new))
    return all(side.values is not None and any(side.every("enum")) for side in sides)
