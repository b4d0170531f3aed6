"""What to aim at: the parts of a value, and what they should be like, for one difference."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Final

from apictl.contract.schema import DEFINITIONS, JsonValue, Schema, as_schema, reference_name
from apictl.contract.values.conjunction import identity
from apictl.diff.schemas.difference import SchemaDifference, Step
from apictl.diff.witnesses.apart import Apart, SideName, root_value
from apictl.diff.witnesses.contraries import Contrary
from apictl.diff.witnesses.keywords import is_about
from apictl.diff.witnesses.nodes import chains, open_parts, schemas_at
from apictl.diff.witnesses.routes import Route, routes
from apictl.diff.witnesses.violations import Violations

_CONTRARY_LIMIT: Final = 120
_NEGATED_LIMIT: Final = 40
_NODE_LIMIT: Final = 6
_CHAIN_LIMIT: Final = 12
_OVERLAP_LIMIT: Final = 12


@dataclass(frozen=True, slots=True)
class Target:
    """A part of a value, and what it should be like for one side to refuse it.

    Attributes:
        route: to the part.
        contrary: of what it should be like.
        accepting: further schemas that speak of the part on the side that should allow it; not all need hold.
        refusing: the same on the other side.
    """

    route: Route
    contrary: Contrary
    accepting: tuple[Schema, ...]
    refusing: tuple[Schema, ...]


class Targets:
    """Finds the targets of one difference.

    Attributes:
        chains: ways through branches of the refusing side to what the difference speaks of, and a branch for that.
    """

    def __init__(self, apart: Apart, difference: SchemaDifference, accepting: SideName) -> None:
        """Look at what the side *accepting* allows and the other one may refuse."""
        self._apart = apart
        self._difference = difference
        self._accepting: SideName = accepting
        self._refusing: SideName = "new" if accepting == "old" else "old"
        # A key is a part of its object: what names an object's keys is looked for at the object.
        self._depth = len(tuple(itertools.takewhile(lambda step: step is not Step.KEY, difference.path)))
        root = apart.roots[self._refusing]
        path = difference.path[: self._depth]
        self.chains = chains(apart.space, root, path, rank=self._changes, limit=_CHAIN_LIMIT)

    def of_routes(self) -> Iterator[list[Target]]:
        """Yield the targets for each concrete way of the difference's path, the likeliest first."""
        for route in routes(self._apart, self._difference.path):
            different: dict[tuple[Route, str], Target] = {}
            for target in self._of(route):
                different.setdefault((target.route, _text(target.contrary.schema)), target)
            yield sorted(different.values(), key=self._unlikeliness)

    def refusing(self, depth: int) -> tuple[Schema, ...]:
        """Return the schemas of the refusing side for the first *depth* steps of the difference's path."""
        return self._nodes(self._refusing, depth)

    def _changes(self, chain: tuple[Schema, ...]) -> int:
        return sum(1 for branch in chain if branch not in self._apart.roots.values() and self._is_changed(branch))

    def _is_changed(self, branch: Schema) -> bool:
        """Whether *branch* is a reference to a definition that has another text on the other side."""
        namesake = self._apart.namesake(branch)
        if namesake is None:
            return reference_name(branch) is not None
        definitions = self._apart.space.definitions
        texts = [_text(definitions[reference_name(each) or ""]) for each in (branch, namesake)]
        return texts[0] != texts[1]

    def _of(self, route: Route) -> Iterator[Target]:
        accepting, refusing = self._nodes(self._accepting, self._depth), self.refusing(self._depth)
        found = itertools.chain(
            self._told(),
            self._branches(accepting, refusing),
            islice(self._overlaps(refusing), _CONTRARY_LIMIT),
            islice(self._contraries(accepting, refusing), _CONTRARY_LIMIT),
            islice(self._of_negations(accepting, refusing), _CONTRARY_LIMIT),
        )
        for each in found:
            # A branch speaks for itself; together with the alternatives that it is one of, it is found late.
            speaking = () if each.subject == _ONE_SIDED else accepting[:_NODE_LIMIT]
            yield Target(route, each, speaking, refusing[:_NODE_LIMIT])
        if route:
            accepting, refusing = (self._nodes(side, self._depth - 1) for side in (self._accepting, self._refusing))
            around = Violations(self._apart.space).of_name(refusing, accepting, route[-1])
            for each in islice(around, _CONTRARY_LIMIT):
                yield Target(route[:-1], each, accepting[:_NODE_LIMIT], refusing[:_NODE_LIMIT])

    def _nodes(self, side: SideName, depth: int) -> tuple[Schema, ...]:
        """Return the schemas of *side* for the first *depth* steps of the difference's path."""
        nodes: tuple[Schema, ...] = (self._apart.roots[side],)
        for step in self._difference.path[:depth]:
            nodes = schemas_at(self._apart.space, nodes, step)
        return nodes

    def _told(self) -> Iterator[Contrary]:
        facts = self._difference.facts
        if "value" in facts and self._difference.kind.startswith(("enum", "const")):
            yield Contrary("enum", {"const": facts["value"]}, facts["value"])

    def _contraries(self, accepting: tuple[Schema, ...], refusing: tuple[Schema, ...]) -> Iterator[Contrary]:
        violations = Violations(self._apart.space)
        half = _CONTRARY_LIMIT // 2
        yield from islice(violations.of(refusing, accepting), half)
        yield from violations.of_each(refusing, accepting)

    def _of_negations(self, accepting: tuple[Schema, ...], refusing: tuple[Schema, ...]) -> Iterator[Contrary]:
        """Yield what a `not` of the accepting side allows: what it is about is seldom met by chance."""
        violations = Violations(self._apart.space)
        for part in open_parts(self._apart.space, accepting):
            if "not" in part:
                found = violations.of((as_schema(part["not"]),), refusing)
                yield from (Contrary("not", each.schema, each.subject) for each in islice(found, _NEGATED_LIMIT))

    def _branches(self, accepting: tuple[Schema, ...], refusing: tuple[Schema, ...]) -> Iterator[Contrary]:
        """Yield the branches of *accepting*, and whether they are none of *refusing* as their subject."""
        others = {_text(branch) for _, branch in self._alternatives(refusing)}
        for keyword, branch in islice(self._alternatives(accepting), _CONTRARY_LIMIT):
            yield Contrary(keyword, branch, None if _text(branch) in others else _ONE_SIDED)

    def _overlaps(self, refusing: tuple[Schema, ...]) -> Iterator[Contrary]:
        """Yield what two branches of a `oneOf` of *refusing* allow, and only one of them on the other side."""
        branches = [branch for keyword, branch in self._alternatives(refusing) if keyword == "oneOf"]
        for branch in branches:
            namesake = self._apart.namesake(branch)
            if namesake is None or not self._is_changed(branch):
                continue
            for contrary, other in itertools.product(self._only(namesake, branch), branches):
                if other is not branch:
                    together = [root_value(each) for each in (branch, other, contrary.schema)]
                    yield Contrary("oneOf", {"allOf": together}, _ONE_SIDED)

    def _only(self, schema: Schema, other: Schema) -> list[Contrary]:
        """Return contraries of *schema* that are none of *other*."""
        violations = Violations(self._apart.space)
        shared = {_text(each.schema) for each in islice(violations.of((other,), (schema,)), _CONTRARY_LIMIT)}
        found = islice(violations.of((schema,), (other,)), _CONTRARY_LIMIT)
        return [each for each in found if _text(each.schema) not in shared][:_OVERLAP_LIMIT]

    def _alternatives(self, schemas: tuple[Schema, ...]) -> Iterator[tuple[str, Schema]]:
        for part in open_parts(self._apart.space, schemas):
            for keyword in ("anyOf", "oneOf"):
                branches = part.get(keyword)
                yield from ((keyword, as_schema(each)) for each in (branches if isinstance(branches, list) else ()))

    def _unlikeliness(self, target: Target) -> tuple[bool, bool]:
        contrary, kind = target.contrary, self._difference.kind
        said = {identity(fact) for fact in self._difference.facts.values()}
        is_named = contrary.subject == _ONE_SIDED or identity(contrary.subject) in said
        is_branch = kind.startswith("branch-") and contrary.keyword in {"anyOf", "oneOf"}
        return not (is_branch or is_about(kind, contrary.keyword)), not is_named


_ONE_SIDED: Final[JsonValue] = "a branch of one side"


def _text(branch: Schema) -> str:
    """Return *branch* as text in which definitions of either side have the same names."""
    said: Mapping[str, JsonValue] | bool = branch
    text = json.dumps(said, sort_keys=True)
    return text.replace(f'"{DEFINITIONS}old~1', f'"{DEFINITIONS}').replace(f'"{DEFINITIONS}new~1', f'"{DEFINITIONS}')
