"""Values that are fine on both sides, into which a part is put that one side refuses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from apictl.contract.schema import JsonValue, Schema
from apictl.contract.values.refusals import replaced
from apictl.contract.values.search import Grown
from apictl.diff.witnesses.apart import Apart, SideName
from apictl.diff.witnesses.growing import Grower
from apictl.diff.witnesses.opinions import Opinions
from apictl.diff.witnesses.routes import Route, wrapped


class Bases:
    """The bases for the parts of one hunt; grown when they are asked for, and kept."""

    def __init__(self, grower: Grower, apart: Apart, accepting: SideName, *, accepts: Opinions) -> None:
        """Take both roots in *apart*, and the opinions of the *accepting* one."""
        self._grower = grower
        self._apart = apart
        self._accepting = apart.roots[accepting]
        self._refusing = apart.roots["new" if accepting == "old" else "old"]
        self._accepts = accepts
        self._kept: dict[Route, tuple[list[JsonValue], Iterator[JsonValue]]] = {}

    def at(self, route: Route, chains: Sequence[Sequence[Schema]]) -> Iterator[JsonValue]:
        """Yield values with a part at *route* that both roots allow, or at least the accepting one.

        The last ones go through the branches in *chains*: for each step of the route, the branch that speaks of it,
        then one for the part itself.
        """
        if route not in self._kept:
            self._kept[route] = ([], self._grown(route, chains))
        kept, further = self._kept[route]
        yield from list(kept)
        for value in further:
            kept.append(value)
            yield value

    def _grown(self, route: Route, chains: Sequence[Sequence[Schema]]) -> Iterator[JsonValue]:
        yield from self._plain(route)
        for chain in chains:
            yield from self._assembled(route, chain)

    def _plain(self, route: Route) -> Iterator[JsonValue]:
        wanted = wrapped(route, {})
        # The roots are much alike: what one allows, the other mostly does, and one has half as many choices as both.
        single = self._grower.grown(self._refusing, wanted)
        if single is not None and self._accepts.judge.is_valid(single.value):
            yield single.value
            return
        both = self._grower.grown(self._accepting, self._refusing, wanted)
        found = both or self._grower.grown(self._accepting, wanted)
        if found is not None:
            yield found.value

    def _assembled(self, route: Route, chain: Sequence[Schema]) -> Iterator[JsonValue]:
        """Yield the value made of one part of each branch in *chain*: a search would try all branches of all levels."""
        value: JsonValue = None
        for depth, (step, branch) in enumerate(zip(route, chain, strict=False)):
            part = self._of_branch(branch, wrapped((step,), {}))
            if part is None:
                return
            value = replaced(value, route[:depth], part.value)
        for branch in chain[len(route) :][:1]:
            last = self._of_branch(branch, {})
            value = value if last is None else replaced(value, route, last.value)
        if self._accepts.is_quick(value) and self._accepts.judge.is_valid(value):
            yield value

    def _of_branch(self, branch: Schema, wanted: Schema) -> Grown | None:
        """Return a value of *branch* and of its namesake on the other side, or at least of one of them."""
        namesake = self._apart.namesake(branch)
        if namesake is None:
            return self._grower.grown(branch, wanted)
        return self._grower.grown(branch, namesake, wanted) or self._grower.grown(namesake, wanted)
