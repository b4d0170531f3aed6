"""The decorator of an operation's test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import hypothesis
import pytest
import schemathesis

from .cases import load_cases
from .contract import stand_in

Test: TypeAlias = "Callable[..., None]"


def operation(label: str) -> Callable[[Test], Test]:
    """Return a decorator that runs a test with requests of the operation *label*, valid ones and others.

    They are made when the test runs, so that choosing one test of a large contract is quick. Where the contract refuses
    every value of what is required, none of them is random: there are only boundaries, all of which must be refused.
    """
    chosen = schemathesis.pytest.from_fixture("contract").include(name=stand_in(label))

    def decorate(test: Test) -> Test:
        made: Any = chosen.parametrize()(test)
        if (known := load_cases().operations.get(label)) is not None and known.valid is None:
            made = hypothesis.settings(phases=(hypothesis.Phase.explicit,))(made)
        marked: Test = pytest.mark.contract(label)(made)
        return marked

    return decorate
