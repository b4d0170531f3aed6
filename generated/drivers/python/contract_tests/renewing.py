"""The contract as schemathesis has it, made anew now and then.

schemathesis keeps what it makes of the schema of each response, the last thousand validators of whatever it judged, and
the contract of each test until the last one has run. Of a large contract, whose schemas lead to most others, that is 20
MB for each test.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Final

import pytest
import schemathesis
import schemathesis.core.jsonschema

_NOTHING: Final = pytest.StashKey[dict[int, object]]()
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
            _forget_validators()
        self._given += 1
        return self._contract


def forget_contracts(config: pytest.Config) -> None:
    """Let go of the contracts of the tests that have run; only checks of a whole run, of which there are none, ask."""
    # Nothing public does this, nor the one below; where a version keeps nothing, there is nothing to be forgotten.
    keys = sys.modules.get("schemathesis.pytest._keys")
    kept = config.stash.get(getattr(keys, "_PYTEST_SCHEMAS_KEY", _NOTHING), None)
    if kept is not None:
        kept.clear()


def _forget_validators() -> None:
    kept = vars(schemathesis.core.jsonschema).get("validator_cache")
    if kept is not None:
        kept.clear()
