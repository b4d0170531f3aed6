"""What all runs over the same definitions share: the judge, heights, opened conjunctions."""

from __future__ import annotations

from collections.abc import Mapping

from apictl.contract.schema import Schema
from apictl.contract.values.conjunction import Conjunction, conjoin
from apictl.contract.values.effort import Effort
from apictl.contract.values.heights import Heights
from apictl.contract.values.judge import Judge


class Space:
    """Definitions, with everything that is found out about them once."""

    def __init__(self, definitions: Mapping[str, Schema]) -> None:
        """Take the *definitions* that references mean; they are not changed afterwards."""
        self.definitions = definitions
        self.judge = Judge(definitions)
        self.effort = Effort(definitions)
        self.heights = Heights(definitions)
        # By identity; the schemas are kept beside, so that no identity is used again.
        self._conjunctions: dict[tuple[int, ...], tuple[tuple[Schema, ...], Conjunction]] = {}

    def conjoin(self, schemas: tuple[Schema, ...]) -> Conjunction:
        """Return *schemas* as one conjunction."""
        key = tuple(map(id, schemas))
        known = self._conjunctions.get(key)
        if known is None:
            known = (schemas, conjoin(schemas, self.definitions))
            self._conjunctions[key] = known
        return known[1]
