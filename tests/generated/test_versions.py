"""Documents in the oldest and the newest version: from the contract to the wire and back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.documents import FIXTURES, Fixture
from tests.corpus.trial import attempt

OPERATIONS = {"swagger-2-0": 5, "openapi-3-2": 6}
STEPS = ("generate", "mypy", "round trip", "tests")


@pytest.mark.parametrize("fixture", FIXTURES, ids=lambda one: one.service)
def test_requests_of_every_kind_arrive_and_the_stub_keeps_its_contract(fixture: Fixture, tmp_path: Path) -> None:
    trial = attempt(fixture, tmp_path, steps=STEPS)

    assert trial.refusals == []
    assert trial.flaws == {}
    assert trial.impossible == []
    assert trial.operations == OPERATIONS[fixture.service]
