"""The links of the contract, followed: what one operation answers is used in the next."""

from __future__ import annotations

import hypothesis
import schemathesis
from hypothesis.stateful import RuleBasedStateMachine

from .target import Target

LONGEST_WALK = 5
"""Requests in one sequence."""


def test_links_lead_where_the_contract_says(contract: schemathesis.BaseSchema, target: Target) -> None:
    """Every answer on the way is judged by every check."""
    machine: type[RuleBasedStateMachine] = contract.as_state_machine()

    settings = hypothesis.settings(
        max_examples=target.examples,
        stateful_step_count=LONGEST_WALK,
        deadline=None,
        database=None,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    hypothesis.seed(target.seed)(machine).run(settings=settings)  # type: ignore[attr-defined]
