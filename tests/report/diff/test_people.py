"""Changes for people."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from apictl.diff.changes import Proof, Use
from apictl.diff.law import Effect, Side
from apictl.diff.witnesses.search import Witness
from apictl.findings import Place, Severity, error, info
from apictl.report.diff.people import diff_text
from apictl.report.diff.verdict import Agreement, Comparison, Consumer, DiffReport, Outcome
from apictl.report.diff.view import View
from apictl.report.text import COLOURS, Style
from tests.report.diff.made import CHANGE, comparison, harmless, report, verdict

AGREEMENT = Agreement("team-a", "nobody sends it", "2027-01-31", Place("apictl-accepted.yaml", "", 4, 5))


def shown(told: DiffReport | Comparison, **more: Any) -> list[str]:
    whole = told if isinstance(told, DiffReport) else report(told)
    return list(diff_text(whole, View(**more)))


def test_breaking_change_tells_what_where_who_why_and_what_to_do() -> None:
    hit = verdict(consumers=(Consumer("trips", "team-b"), Consumer("payments")))

    assert shown(comparison(hit)) == [
        "a.yaml:3:9: error: POST /quotes no longer accepts 'gift' for body.kind [enum-value-removed]",
        "  1 | kind:",
        "  2 |   type: string",
        "  3 |   enum: [a]",
        "    |         ^",
        "  was at main:a.yaml:3:13",
        "  1 | kind:",
        "  2 |   type: string",
        "  3 |   enum: [a, gift]",
        "    |             ^",
        '  accepted before, refused now: {"kind": "gift", "seats": 1}',
        "                                         ^^^^^^",
        "  hits trips (team-b), payments",
        "  hint: keep it until nobody sends it",
        "  id: 01234567",
        "pricing: 1 breaking change since main",
        "to agree to a change: apictl diff --accept ID --reason WHY --expires DATE",
    ]


@pytest.mark.parametrize(
    "side,accepted_by,told",
    [
        (Side.ACCEPTS, "old", "accepted before, refused now: 1"),
        (Side.ACCEPTS, "new", "refused before, accepted now: 1"),
        (Side.PRODUCES, "new", "never sent before, possible now: 1"),
        (Side.PRODUCES, "old", "possible before, never sent now: 1"),
    ],
)
def test_witness_is_told_from_the_side_of_the_wire(side: Side, accepted_by: Any, told: str) -> None:
    change = dataclasses.replace(CHANGE, side=side, effect=Effect.INCOMPARABLE, witness=Witness(1, accepted_by, ()))

    assert f"  {told}" in shown(comparison(verdict(change)))


def test_change_without_a_value_that_shows_it_says_so() -> None:
    unproven = dataclasses.replace(CHANGE, proof=Proof.UNPROVEN, witness=None)
    by_law = dataclasses.replace(CHANGE, proof=Proof.LAW, witness=None)

    assert "  unproven: no value was found that shows it" in shown(comparison(verdict(unproven)))
    assert not [line for line in shown(comparison(verdict(by_law))) if "unproven" in line]


def test_other_operations_that_feel_it_are_named_and_counted() -> None:
    uses = tuple(Use(f"GET /{number}", f"get{number}", "") for number in range(10))

    lines = shown(comparison(verdict(dataclasses.replace(CHANGE, uses=uses))))

    assert "  also felt at GET /1, GET /2, GET /3, GET /4, GET /5, GET /6, 3 more" in lines


def test_harmless_and_agreed_changes_are_counted_and_shown_on_request() -> None:
    told = comparison(verdict(agreement=AGREEMENT, weight=Severity.INFO), harmless(), harmless())

    assert shown(told) == ["pricing: no breaking change, 1 agreed to, 2 other changes since main"]
    lines = shown(told, is_verbose=True)
    assert "  agreed to by team-a until 2027-01-31: nobody sends it (apictl-accepted.yaml:4:5)" in lines
    assert [line for line in lines if "POST /quotes now accepts body.note" in line]
    assert not [line for line in lines if "id:" in line]


def test_waived_change_says_why_it_breaks_nobody() -> None:
    waived = verdict(dataclasses.replace(CHANGE, waiver="its sunset has passed"))

    assert shown(comparison(waived)) == ["pricing: no breaking change, 1 other change since main"]
    assert "  breaks nobody: its sunset has passed" in shown(comparison(waived), is_verbose=True)


def test_changes_are_sorted_by_file_line_and_column() -> None:
    places = [Place("b", "", 1, 1), Place("a", "", 10, 1), Place("a", "", 9, 7), Place("a", "", 9, 2)]
    told = comparison(*(verdict(dataclasses.replace(CHANGE, new=place)) for place in places))

    heads = [line.split(": ")[0] for line in shown(told) if ": error: " in line]

    assert heads == ["a:9:2", "a:9:7", "a:10:1", "b:1:1"]


def test_errors_of_one_rule_are_limited_and_the_rest_is_counted() -> None:
    told = comparison(*(verdict() for _ in range(5)))

    lines = shown(told, style=Style(errors_per_rule=2))

    assert sum(": error: " in line for line in lines) == 2
    assert "... and 3 more errors [enum-value-removed]" in lines


def test_nothing_of_a_document_reaches_the_terminal_unescaped() -> None:
    evil = "\x1b]0;x\x07\u202e\n::error::"
    change = dataclasses.replace(
        CHANGE,
        message=evil,
        hint=evil,
        uses=(*CHANGE.uses, Use(evil, evil, evil)),
        new=Place(evil, evil, 3, 9),
        old=Place(evil, evil, 3, 9),
        witness=Witness({evil: [evil, {evil: evil}]}, "old", (evil, 0)),
    )
    told = verdict(change, consumers=(Consumer("trips", evil),))
    agreed = verdict(change, agreement=Agreement(evil, evil, evil, Place(evil)))
    comparisons = [
        Comparison("pricing", evil, outcome, evil, evil, (told, agreed), (error("r", Place(evil), evil),))
        for outcome in Outcome
    ]

    for is_changelog in (False, True):
        lines = shown(report(*comparisons), is_verbose=True, is_changelog=is_changelog)

        assert not [line for line in lines if any(sign in line for sign in "\x1b\x07\u202e\n")]
        assert not [line for line in lines if line.startswith("::error::")]


def test_colours_change_nothing_but_colours() -> None:
    told = comparison(verdict(consumers=(Consumer("trips"),)), harmless())
    coloured = "\n".join(shown(told, style=Style(COLOURS), is_verbose=True))

    for sequence in dataclasses.astuple(COLOURS):
        coloured = coloured.replace(sequence, "")

    assert coloured == "\n".join(shown(told, is_verbose=True))


@pytest.mark.parametrize(
    "outcome,told",
    [
        (Outcome.ADDED, "pricing: new, there is no contract in main"),
        (Outcome.NEW_REFUSED, "pricing: not compared, the contract can't be read"),
        (Outcome.OLD_REFUSED, "pricing: not compared, the contract in main can't be read"),
        (Outcome.EQUAL, "pricing: the same as main"),
        (Outcome.COMPARED, "pricing: no change since main"),
    ],
)
def test_every_outcome_has_its_line(outcome: Outcome, told: str) -> None:
    assert shown(comparison(outcome=outcome)) == [told]


def test_contracts_that_are_the_same_share_a_line() -> None:
    same = comparison(outcome=Outcome.EQUAL)

    assert shown(report(same, same)) == ["all 2 services are the same as main"]
    assert shown(report(same, comparison(harmless()), same)) == [
        "pricing: no breaking change, 1 other change since main",
        "2 other services are the same as main",
    ]


def test_findings_about_documents_come_first_and_notes_only_on_request() -> None:
    told = comparison(verdict(), findings=(error("yaml-syntax", Place("z.yaml"), "m"), info("note", Place("z"), "m")))

    assert shown(told)[0] == "z.yaml: error: m [yaml-syntax]"
    assert "note" not in "\n".join(shown(told))
    assert "note" in "\n".join(shown(told, is_verbose=True))
