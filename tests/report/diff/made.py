"""Changes made by hand."""

from __future__ import annotations

import dataclasses
from typing import Any

from apictl.diff.changes import Change, Proof, Use
from apictl.diff.law import Effect, Side
from apictl.diff.witnesses.search import Witness
from apictl.findings import Finding, Place, Severity
from apictl.report.diff.verdict import Comparison, DiffReport, Outcome, Verdict

OLD = ["kind:", "  type: string", "  enum: [a, gift]"]
NEW = ["kind:", "  type: string", "  enum: [a]"]

CHANGE = Change(
    rule="enum-value-removed",
    effect=Effect.NARROWS,
    side=Side.ACCEPTS,
    message="POST /quotes no longer accepts 'gift' for body.kind",
    uses=(Use("POST /quotes", "createQuote", "request body", ("kind",)),),
    old=Place("main:a.yaml", "/kind/enum/1", 3, 13),
    new=Place("a.yaml", "/kind/enum", 3, 9),
    facts={"value": "gift"},
    hint="keep it until nobody sends it",
    proof=Proof.WITNESS,
    witness=Witness({"kind": "gift", "seats": 1}, "old", ("kind",)),
)


def verdict(change: Change = CHANGE, **more: Any) -> Verdict:
    weight = more.pop("weight", Severity.ERROR if change.is_breaking else Severity.INFO)
    finding = Finding(change.rule, weight, change.message, change.new, hint=change.hint or None)
    return Verdict(change, finding, more.pop("key", "0123456789abcdef" * 2), "pricing", **more)


def harmless(message: str = "POST /quotes now accepts body.note", **more: Any) -> Verdict:
    effect = more.pop("effect", Effect.WIDENS)
    return verdict(
        dataclasses.replace(
            CHANGE,
            rule="property-added",
            effect=effect,
            message=message,
            hint="",
            witness=None,
            proof=Proof.LAW,
            **more,
        )
    )


def comparison(*verdicts: Verdict, **more: Any) -> Comparison:
    facts: dict[str, Any] = {"old_version": "1.2.3", "new_version": "1.2.3", "outcome": Outcome.COMPARED} | more
    return Comparison("pricing", "main", verdicts=verdicts, **facts)


def report(*comparisons: Comparison, findings: tuple[Finding, ...] = ()) -> DiffReport:
    return DiffReport(comparisons, findings, excerpt)


def excerpt(place: Place) -> str | None:
    lines = {"a.yaml": NEW, "main:a.yaml": OLD}.get(place.path, [])
    return lines[place.line - 1] if place.line is not None and place.line <= len(lines) else None
