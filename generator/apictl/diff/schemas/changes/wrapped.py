"""A schema that became one of several alternatives, or was one of several and is alone now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.diff.schemas.aspects import Aspect, Root, Roots, Union
from apictl.diff.schemas.changes.pair import Pair, Telling
from apictl.diff.schemas.universe import Age

_TOGETHER: Final = frozenset({"allOf", "$ref"})
_DEPTH: Final = 3
"""Most alternatives within alternatives that are unwrapped: a schema may be one of its own alternatives."""
_LIKE: Final = 0.75
"""Which part of the members that both speak of must be spoken of by both."""


def tell_wrapped(pair: Pair, telling: Telling) -> bool:
    """Tell of alternatives that only one side has, by those that the other is like; return whether there are any.

    What a branch alone allows, its union allows; what it refuses another branch may let pass. So only of the first
    it is told branch by branch.
    """
    both = _unwrapped(pair)
    if both is None:
        return False
    branches, alone = both
    is_old = bool(pair.old.unions)
    for roots in branches:
        if is_old:
            telling.follow((), roots, alone, told=(True, False))
        else:
            telling.follow((), alone, roots, told=(False, True))
    return True


def _unwrapped(pair: Pair) -> tuple[list[Roots], Roots] | None:
    """Return the branches of one side and the schemas of the other, when it is like each of them.

    A branch comes with all that holds beside it, and both with the types that both allow.
    """
    unions = (*pair.old.unions, *pair.new.unions)
    many, single = (pair.old, pair.new) if pair.old.unions else (pair.new, pair.old)
    is_apart = any("unevaluatedProperties" in part.schema or "unevaluatedItems" in part.schema for part in many.parts)
    if len(unions) != 1 or not single.parts or is_apart or len(single.roots) > _DEPTH:
        return None
    union = unions[0]
    typed = Root({"type": _types(pair)}, single.place)
    beside = tuple(_beside(many, union))
    branches: list[Roots] = [(union.branch(index), *beside, typed) for index in union.branches]
    alone: Roots = (*single.roots, typed)
    names = _names(pair, alone, single.age)
    if names & _names(pair, beside, many.age):
        return None  # what certainly holds is told of itself
    are_alike = names and all(_are_alike(names, _names(pair, branch, many.age)) for branch in branches)
    return (branches, alone) if are_alike else None


def _types(pair: Pair) -> list[JsonValue]:
    atoms = pair.opener.premises(pair.old).atoms & pair.opener.premises(pair.new).atoms
    return list[JsonValue](sorted({"number" if atom == "fraction" else atom for atom in atoms}))


def _beside(aspect: Aspect, union: Union) -> Iterator[Root]:
    """Yield what holds beside *union*, apart from what it is put together of."""
    for part in aspect.parts:
        gone = _TOGETHER | ({union.keyword} if part is union.part else set())
        said = {keyword: value for keyword, value in part.schema.items() if keyword not in gone}
        if said:
            yield Root(said, part.place)


def _names(pair: Pair, roots: Roots, age: Age) -> frozenset[str]:
    """Return the members that *roots* speak of."""
    members = pair.opener.context.premises(pair.opener.nodes(roots, age)).members
    return frozenset[str]().union(*(each.named for each in members))


def _are_alike(first: frozenset[str], second: frozenset[str]) -> bool:
    return len(first & second) >= _LIKE * len(first | second)
