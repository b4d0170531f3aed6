"""How many of a row of requests are sent, when it isn't known how long the row is."""

from __future__ import annotations

import random


class Budget:
    """Takes the first *most* of a row, and ever fewer of the others: which ones, a seed decides.

    Of n others as many are taken again for each time that the row becomes e times as long.
    """

    def __init__(self, most: int, seed: str) -> None:
        """Take *most* for certain; *seed* decides about the others."""
        self._most = most
        self._random = random.Random(seed)  # noqa: S311 - a choice of tests, no secret
        self._seen = 0

    def takes_another(self) -> bool:
        """Return whether the next one of the row is taken."""
        self._seen += 1
        return self._random.random() * self._seen < self._most
