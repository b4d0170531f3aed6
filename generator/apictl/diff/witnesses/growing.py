"""Values grown from schemas of both contracts, with a count of the work."""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import Schema
from apictl.contract.values.judge import Unjudgeable
from apictl.contract.values.search import Grown, Search
from apictl.contract.values.space import Space
from apictl.diff.witnesses.opinions import Opinions

ATTEMPTS: Final = 24
"""Of a search for a whole value."""
_LEAST_ATTEMPTS: Final = 3
_SEARCH_WORK: Final = 10
"""What making a search costs, as values begun."""
_LIGHT_EFFORT: Final = 2_000
_LIGHT_FAN: Final = 100
_HEAVIEST: Final = 24
_FAN_TOLL: Final = 5


class Grower:
    """Grows values for one hunt.

    Attributes:
        work: done so far; a thousand take about a twentieth of a second.
        weight: how many times dearer than usual it is to judge a value; where it is high, fewer are made.
    """

    def __init__(self, space: Space, accepts: Opinions) -> None:
        """Take the *space* of both contracts, and what weighs the values."""
        self.work = 0
        fan = accepts.effort({})
        self.weight = min(1 + fan // _LIGHT_FAN, _HEAVIEST)
        self._toll = _SEARCH_WORK + fan // _FAN_TOLL
        self._space = space
        self._accepts = accepts

    def grown(self, *schemas: Schema, attempts: int = ATTEMPTS, seed: int = 0) -> Grown | None:
        """Return a value that all *schemas* allow; None when none was found in so many *attempts*."""
        parts = sum(len(self._space.conjoin((schema,)).parts) for schema in schemas)
        self._toll = max(self._toll, parts // _FAN_TOLL)
        try:
            search = Search(self._space, *schemas)
        except Unjudgeable:
            return None
        found = search.find({}, seed=seed, attempts=max(attempts // self.weight, _LEAST_ATTEMPTS))
        self.work += search.work * self.weight + self._toll
        if not isinstance(found, Grown):
            return None
        heavier = 1 + self._accepts.effort(found.value) // _LIGHT_EFFORT
        self.weight = min(max(self.weight, heavier), _HEAVIEST)
        return found
