"""Documents in the oldest and the newest version: from the contract to the wire and back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.corpus.trial import attempt

STEPS = ("generate", "mypy", "round trip", "tests")


@dataclass(frozen=True)
class Specimen:
    """A document that shows what its version has.

    Attributes:
        service: its name.
    """

    service: str
    kind: str = "openapi"

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(__file__).with_name("specimens") / f"{self.service}.yaml"


@pytest.mark.parametrize("service,operations", [("swagger-2-0", 5), ("openapi-3-2", 4)])
def test_requests_of_every_kind_arrive_and_the_stub_keeps_its_contract(
    service: str, operations: int, tmp_path: Path
) -> None:
    trial = attempt(Specimen(service), tmp_path, steps=STEPS)

    assert trial.refusals == []
    assert trial.flaws == {}
    assert trial.impossible == []
    assert trial.operations == operations
