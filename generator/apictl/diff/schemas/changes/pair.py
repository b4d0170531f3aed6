"""Two aspects side by side, and what is told about them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from apictl.contract.schema import JsonValue
from apictl.diff.law import Effect
from apictl.diff.schemas.aspects import Aspect, Opener, Roots
from apictl.diff.schemas.difference import SchemaDifference, Step
from apictl.diff.schemas.node import TRUE, Node
from apictl.diff.schemas.universe import Age
from apictl.findings import Place


@dataclass(frozen=True, slots=True)
class Child:
    """A pair below a pair.

    Attributes:
        path: from the part of the value that the outer pair is about.
        old: schemas of the old contract.
        new: schemas of the new one.
        told: whether what narrows, and whether what widens, is told of; of the other way another pair may let it pass.
    """

    path: tuple[str | int | Step, ...]
    old: Roots
    new: Roots
    told: tuple[bool, bool] = (True, True)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two aspects that are about the same part of a value.

    Attributes:
        old: of the old contract.
        new: of the new one.
        opener: opens schemas further, and proves.
    """

    old: Aspect
    new: Aspect
    opener: Opener

    def effect_of(self, old: tuple[Node, ...], new: tuple[Node, ...]) -> Effect:
        """Return the effect of a constraint that was *old* and is *new*: what doesn't follow from the other side."""
        narrows = not self.opener.prover.is_within(self.old.nodes, new)
        widens = not self.opener.prover.is_within(self.new.nodes, old)
        return effect(narrows=narrows, widens=widens)

    def effect_within(self, old: tuple[Node, ...], new: tuple[Node, ...]) -> Effect:
        """Return the effect of allowing *new* where *old* was allowed."""
        prover = self.opener.prover
        return effect(narrows=not prover.is_within(old, new), widens=not prover.is_within(new, old))

    def restricted(self, common: Node) -> Pair:
        """Return the pair for the values that *common* allows."""
        if common is TRUE:
            return self
        old = self.opener.open(self.old.roots, Age.OLD, (common,))
        return Pair(old, self.opener.open(self.new.roots, Age.NEW, (common,)), self.opener)

    def only(self, aspect: Aspect, keywords: Iterable[str]) -> tuple[Node, ...]:
        """Return what *aspect*, one of both, says with *keywords*."""
        context, wanted = self.opener.context, frozenset(keywords)
        return tuple(
            context.interner.only(context.universe.node(part.schema, aspect.age), wanted)
            for part in aspect.parts
            if part.schema.keys() & wanted
        )


@dataclass(slots=True)
class Telling:
    """What is told about one pair, as it grows.

    Attributes:
        differences: with paths from the part of the value that the pair is about.
        children: pairs below.
    """

    differences: list[SchemaDifference] = field(default_factory=list)
    children: list[Child] = field(default_factory=list)

    def tell(self, kind: str, effect: Effect, places: tuple[Place, Place], **facts: JsonValue) -> None:
        """Tell of a difference of this part of the value itself."""
        self.tell_below((), kind, effect, places=places, facts=facts)

    def tell_below(
        self,
        path: tuple[str | int | Step, ...],
        kind: str,
        effect: Effect,
        *,
        places: tuple[Place, Place],
        facts: Mapping[str, JsonValue],
    ) -> None:
        """Tell of a difference at *path*."""
        self.differences.append(SchemaDifference(kind, effect, path, *places, MappingProxyType(dict(facts))))

    def follow(
        self, path: tuple[str | int | Step, ...], old: Roots, new: Roots, *, told: tuple[bool, bool] = (True, True)
    ) -> None:
        """Go on with a pair below; *told* is whether what narrows, and whether what widens, is told of."""
        self.children.append(Child(path, old, new, told))


def effect(*, narrows: bool, widens: bool) -> Effect:
    """Return the effect of a change that narrows, widens, does both or neither."""
    if narrows and widens:
        return Effect.INCOMPARABLE
    if narrows:
        return Effect.NARROWS
    return Effect.WIDENS if widens else Effect.NEUTRAL


def united(first: Effect, second: Effect) -> Effect:
    """Return the effect of two changes together."""
    both = {first, second}
    return effect(
        narrows=bool(both & {Effect.NARROWS, Effect.INCOMPARABLE}),
        widens=bool(both & {Effect.WIDENS, Effect.INCOMPARABLE}),
    )
