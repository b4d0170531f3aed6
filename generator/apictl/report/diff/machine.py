"""Changes as one JSON document, for other programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from apictl.contract.schema import JsonValue
from apictl.diff.changes import Change
from apictl.diff.witnesses.search import Witness
from apictl.findings import Finding, Place
from apictl.report.diff.verdict import Agreement, Comparison, DiffReport, Verdict, is_shown
from apictl.report.diff.view import View
from apictl.report.diff.words import request_text


def diff_json(report: DiffReport, view: View) -> Iterator[str]:
    """Yield *report* as JSON; the same changes are in it as in text."""
    is_all = view.is_verbose or view.is_changelog
    shown = [verdict for verdict in report.verdicts if is_all or is_shown(verdict)]
    content: dict[str, JsonValue] = {
        "findings": [*(_remark(each) for each in report.remarks), *(_change(each) for each in shown)],
        "services": [_service(each) for each in report.comparisons],
    }
    # A lone surrogate, which a JSON document may hold, is no UTF-8: everything beyond ASCII is escaped.
    yield json.dumps(content, indent=2)


def _remark(finding: Finding) -> JsonValue:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": _place(finding.place),
        "hint": finding.hint,
    }


def _change(verdict: Verdict) -> JsonValue:
    change = verdict.change
    return {
        "rule": verdict.finding.rule,
        "severity": verdict.finding.severity.value,
        "message": verdict.finding.message,
        "place": _place(verdict.finding.place),
        "old_place": _place(change.old),
        "new_place": _place(change.new),
        "hint": verdict.finding.hint,
        "id": verdict.key,
        "service": verdict.service,
        "label": change.label,
        "part": change.part,
        "operations": list(change.operation_ids),
        "side": change.side.value,
        "effect": change.effect.value,
        "facts": dict(change.facts),
        "breaking": change.is_breaking,
        "waiver": change.waiver or None,
        "risk": change.risk or None,
        "bump": verdict.bump.name.lower(),
        "proof": change.proof.value,
        "witness": None if change.witness is None else _witness(change, change.witness),
        "consumers": [{"service": each.service, "owner": each.owner or None} for each in verdict.consumers],
        "accepted": None if verdict.agreement is None else _agreement(verdict.agreement),
    }


def _witness(change: Change, witness: Witness) -> JsonValue:
    return {
        "value": witness.value,
        "path": list(witness.path),
        "accepted_by": witness.accepted_by,
        "request": request_text(change),
    }


def _agreement(agreement: Agreement) -> JsonValue:
    return {
        "owner": agreement.owner,
        "reason": agreement.reason,
        "expires": agreement.expires,
        "place": _place(agreement.place),
    }


def _service(comparison: Comparison) -> JsonValue:
    advice = comparison.advice
    return {
        "service": comparison.service,
        "compared_with": comparison.old_name,
        "outcome": comparison.outcome.value,
        "old_version": comparison.old_version,
        "new_version": comparison.new_version,
        "changes": len(comparison.verdicts),
        "breaking": sum(each.is_breaking for each in comparison.verdicts),
        "bump": advice.bump.name.lower(),
        "wanted_version": advice.wanted or None,
        "version_agrees": advice.agrees,
    }


def _place(place: Place) -> JsonValue:
    return {"path": place.path, "line": place.line, "column": place.column, "pointer": place.pointer}
