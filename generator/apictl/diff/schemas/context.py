"""What all rules share: the universe, the judge, and premises by their nodes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.diff.schemas.interning import Interner
from apictl.diff.schemas.members import Members
from apictl.diff.schemas.node import FALSE, Node
from apictl.diff.schemas.patterns import Patterns
from apictl.diff.schemas.premises import Premises
from apictl.diff.schemas.universe import Universe
from apictl.diff.schemas.values import ValueJudge

_DEPTH_LIMIT: Final = 8
"""Most alternatives within alternatives that are looked into at once."""
_VALUE_LIMIT: Final = 500
"""Most values of an `enum` that are judged one by one."""


class Context:
    """Premises are opened once, values are judged once."""

    def __init__(self, universe: Universe) -> None:
        """Take the *universe* that all nodes are of."""
        self.universe = universe
        self.interner: Interner = universe.interner
        self.judge = ValueJudge(universe.content)
        self.patterns = Patterns()
        self._premises: dict[tuple[Node, ...], Premises] = {}
        self._tags: dict[Premises, Mapping[str, frozenset[str]]] = {}
        self._apart: dict[tuple[Premises, Node], bool] = {}

    def premises(self, nodes: Iterable[Node]) -> Premises:
        """Return what *nodes* say together."""
        listed = tuple(nodes)
        known = self._premises.get(listed)
        if known is None:
            opened = Premises(listed, self.universe.content)
            known = self._premises.setdefault(opened.parts, opened)
            self._premises[listed] = known
        return known

    def are_apart(self, premises: Premises, node: Node, *, depth: int = 0) -> bool:
        """Whether no value of *premises* is one of *node*, as types or the values of a required member tell at once."""
        known = self._apart.get((premises, node))
        if known is None:
            self._apart[premises, node] = False  # for alternatives that lead back here
            other = self.premises((node,))
            known = premises.atoms.isdisjoint(other.atoms) or (
                premises.atoms == {"object"}
                and any(self._differs(other, name, values) for name, values in self._tags_of(premises).items())
            )
            unions = (part.listed.get(keyword) for part in other.parts for keyword in ("anyOf", "oneOf"))
            known = known or any(
                branches
                and depth < _DEPTH_LIMIT
                and all(self.are_apart(premises, b, depth=depth + 1) for b in branches)
                for branches in unions
            )
            self._apart[premises, node] = known
        return known

    def _tags_of(self, premises: Premises) -> Mapping[str, frozenset[str]]:
        """Return the values of required members that have few, by name."""
        known = self._tags.get(premises)
        if known is None:
            members = {name: self.premises(self.member(premises, name)).values for name in sorted(premises.required)}
            known = {name: frozenset(values) for name, values in members.items() if values is not None}
            self._tags[premises] = known
        return known

    def _differs(self, premises: Premises, name: str, values: frozenset[str]) -> bool:
        others = self.premises(self.member(premises, name)).values
        return others is not None and values.isdisjoint(others)

    def member(self, premises: Premises, name: str) -> tuple[Node, ...]:
        """Return what holds for the member *name* of an object."""
        if not self._may_be_named(premises, name):
            return (FALSE,)
        return tuple(node for each in premises.members for node in self._of_member(each, name) if not node.is_true)

    def covers(self, members: Members, name: str) -> bool:
        """Whether *name* is named, or matches a pattern, so that it isn't of the rest."""
        return name in members.named or any(self.judge.matches(pattern, name) for pattern in members.patterns)

    def allowed_values(self, premises: Premises) -> list[JsonValue] | None:
        """Return the values that *premises* allow, perhaps too many; None when they are not counted."""
        if premises.values is None or len(premises.values) > _VALUE_LIMIT:
            return None
        parts = [part for part in premises.parts if set(part.keywords()) != {"enum"}]
        return [
            value for value in premises.values.values() if all(self.judge.allows(p, value) is not False for p in parts)
        ]

    def _of_member(self, members: Members, name: str) -> list[Node]:
        found = [members.named[name]] if name in members.named else []
        found += [node for pattern, node in members.patterns.items() if self.judge.matches(pattern, name)]
        return found if found or self.covers(members, name) else [members.rest]

    def _may_be_named(self, premises: Premises, name: str) -> bool:
        return all(self.judge.allows(node, name) is not False for node in premises.singles("propertyNames"))
