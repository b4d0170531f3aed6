"""The contract as schemathesis has it, made anew now and then.

schemathesis keeps what it makes of the schema of each response. Of a large contract, whose schemas lead to most others,
that is 10 MB for each test.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

import schemathesis

TESTS: Final = 20
"""So many tests share a contract; it is made in a tenth of a second."""


class Renewing:
    """Gives a contract to each test."""

    def __init__(self, make: Callable[[], schemathesis.BaseSchema], tests: int = TESTS) -> None:
        """Give what *make* returns, to so many *tests* the same."""
        self._make = make
        self._tests = tests
        self._given = 0
        self._contract: schemathesis.BaseSchema | None = None

    def contract(self) -> schemathesis.BaseSchema:
        """Return the contract for one test more."""
        if self._contract is None or self._given == self._tests:
            self._contract, self._given = self._make(), 0
        self._given += 1
        return self._contract
