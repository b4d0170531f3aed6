"""Changes as JSON."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from apictl.diff.law import Effect
from apictl.diff.witnesses.search import Witness
from apictl.findings import Place, warning
from apictl.report.diff.formats import FORMATS
from apictl.report.diff.verdict import Agreement, Consumer, DiffReport
from apictl.report.diff.view import View
from tests.report.diff.made import CHANGE, comparison, harmless, report, verdict


def written(told: DiffReport, **more: Any) -> Any:
    return json.loads("".join(FORMATS["json"](told, View(**more))))


def test_finding_has_everything_that_is_known() -> None:
    agreement = Agreement("team-a", "why", "2027-01-31", Place("apictl-accepted.yaml", "/accepted/0", 4, 5))
    told = verdict(consumers=(Consumer("trips", "team-b"), Consumer("maps")), agreement=agreement)

    found = written(report(comparison(told)), is_verbose=True)["findings"]

    assert found == [
        {
            "rule": "enum-value-removed",
            "severity": "error",
            "message": "POST /quotes no longer accepts 'gift' for body.kind",
            "place": {"path": "a.yaml", "line": 3, "column": 9, "pointer": "/kind/enum"},
            "old_place": {"path": "main:a.yaml", "line": 3, "column": 13, "pointer": "/kind/enum/1"},
            "new_place": {"path": "a.yaml", "line": 3, "column": 9, "pointer": "/kind/enum"},
            "hint": "keep it until nobody sends it",
            "id": "0123456789abcdef0123456789abcdef",
            "service": "pricing",
            "label": "POST /quotes",
            "part": "request body",
            "operations": ["createQuote"],
            "side": "accepts",
            "effect": "narrows",
            "facts": {"value": "gift"},
            "breaking": True,
            "waiver": None,
            "risk": None,
            "bump": "major",
            "proof": "witness",
            "witness": {
                "value": {"kind": "gift", "seats": 1},
                "path": ["kind"],
                "accepted_by": "old",
                "request": None,
            },
            "consumers": [{"service": "trips", "owner": "team-b"}, {"service": "maps", "owner": None}],
            "accepted": {
                "owner": "team-a",
                "reason": "why",
                "expires": "2027-01-31",
                "place": {"path": "apictl-accepted.yaml", "line": 4, "column": 5, "pointer": "/accepted/0"},
            },
        }
    ]


def test_services_say_which_version_is_wanted() -> None:
    told = comparison(verdict(), harmless(), new_version="2.0.0")

    assert written(report(told))["services"] == [
        {
            "service": "pricing",
            "compared_with": "main",
            "outcome": "compared",
            "old_version": "1.2.3",
            "new_version": "2.0.0",
            "changes": 2,
            "breaking": 1,
            "bump": "major",
            "wanted_version": "2.0.0",
            "version_agrees": True,
        }
    ]


def test_same_changes_as_in_text_unless_all_are_asked_for() -> None:
    told = report(comparison(verdict(), harmless(effect=Effect.NEUTRAL)))

    assert [each["bump"] for each in written(told)["findings"]] == ["major"]
    assert [each["bump"] for each in written(told, is_verbose=True)["findings"]] == ["major", "patch"]
    assert [each["bump"] for each in written(told, is_changelog=True)["findings"]] == ["major", "patch"]


def test_remarks_are_findings_too() -> None:
    told = report(comparison(), findings=(warning("acceptance-stale", Place("f", "/x", 1, 2), "m", hint="h"),))

    assert written(told)["findings"] == [
        {
            "rule": "acceptance-stale",
            "severity": "warning",
            "message": "m",
            "place": {"path": "f", "line": 1, "column": 2, "pointer": "/x"},
            "hint": "h",
        }
    ]


def test_any_text_is_written_as_ascii() -> None:
    change = dataclasses.replace(CHANGE, message="\ud800 é \x1b", witness=Witness("\udfff", "old", ()))

    text = "".join(FORMATS["json"](report(comparison(verdict(change))), View()))

    assert text.isascii()
    assert "\x1b" not in text
