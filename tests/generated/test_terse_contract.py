"""A contract that leaves out what others write: no refusals, no types, templates that meet, names of what is in a query, values."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.documents import Fixture
from tests.corpus.trial import attempt


@pytest.mark.parametrize("seed", ["seed 1", "seed 2", "seed 3"])
def test_stub_keeps_a_contract_that_leaves_out_what_others_write(seed: str, tmp_path: Path) -> None:
    trial = attempt(Fixture("terse"), tmp_path, steps=("generate", seed))

    assert trial.refusals == []
    assert trial.flaws == {}
    assert trial.figure(seed, "passed") >= 23
