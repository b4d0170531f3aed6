"""What happens to events, for a service that receives and for one that sends, and whom it hurts."""

from __future__ import annotations

from collections import Counter
from typing import Final

import pytest

from apictl.diff.changes import Change
from apictl.diff.law import Effect
from apictl.findings import Severity
from apictl.rules.dials import Dials
from apictl.rules.severity import severity
from tests.diff.events.binding_cases import BINDINGS, SERVERS
from tests.diff.events.cases import ACTIONS, Case
from tests.diff.events.channel_cases import CHANNELS, OPERATIONS
from tests.diff.events.message_cases import MESSAGES
from tests.diff.events.payload_cases import PAYLOADS
from tests.rules.contracts import between

CASES: Final = (*PAYLOADS, *MESSAGES, *CHANNELS, *OPERATIONS, *BINDINGS, *SERVERS)
_MARKS: Final = {Severity.ERROR: "!", Severity.WARNING: "?", Severity.INFO: ""}
_MIRRORED: Final = {Effect.NARROWS: Effect.WIDENS, Effect.WIDENS: Effect.NARROWS}
_DIALS: Final = Dials()
_FEWEST: Final = 60


def _told(found: tuple[Change, ...]) -> str:
    return " ".join(f"{each.rule}{_MARKS[severity(each, _DIALS) or Severity.INFO]}" for each in found)


def _happened(case: Case, action: str) -> tuple[Change, ...]:
    return between(case.old.replace("ACTION", action), case.new.replace("ACTION", action))


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_change_is_seen_and_weighed_by_the_direction(case: Case, action: str) -> None:
    expected = case.receives if action == "receive" else case.sends

    assert _told(_happened(case, action)) == expected


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_nothing_happens_between_a_document_and_itself(case: Case, action: str) -> None:
    old, new = case.old.replace("ACTION", action), case.new.replace("ACTION", action)

    assert between(old, old) == ()
    assert between(new, new) == ()


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case.name))
def test_way_back_mirrors_the_way_there(case: Case, action: str) -> None:
    old, new = case.old.replace("ACTION", action), case.new.replace("ACTION", action)

    there, back = between(old, new), between(new, old)

    assert Counter(each.effect for each in back) == Counter(_MIRRORED.get(each.effect, each.effect) for each in there)


def test_there_are_enough_cases_of_different_names() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= _FEWEST
