"""Changes as statements, for the formats that all commands share."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable, Iterator
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, Related
from apictl.report.checkout import Checkout
from apictl.report.diff.verdict import Comparison, DiffReport, Outcome, Verdict, is_shown
from apictl.report.diff.view import View
from apictl.report.diff.words import agreed, details, request_text
from apictl.report.github import github
from apictl.report.gitlab import gitlab
from apictl.report.junit import Suite, junit
from apictl.report.sarif import sarif
from apictl.report.statement import Statement, in_order, statement_of
from apictl.report.text import sentence
from apictl.rules.catalogue import pages

_OPERATIONS: Final = 20
"""A schema of errors may be felt at all of them, and scanners refuse large files."""


def diff_github(report: DiffReport, view: View) -> Iterator[str]:
    """Yield workflow commands of GitHub Actions for the changes that text shows, those that hit somebody first."""
    told = sorted(diff_statements(report, view), key=lambda each: not each.properties.get("consumers"))
    yield from github(told, report.checkout)


def diff_gitlab(report: DiffReport, view: View) -> Iterator[str]:
    """Yield a Code Quality report of GitLab with the changes that text shows."""
    yield from gitlab(diff_statements(report, view), report.checkout)


def diff_sarif(report: DiffReport, view: View) -> Iterator[str]:
    """Yield a SARIF log with the changes that text shows, and those agreed to as suppressed results."""
    accepted = [
        _statement(verdict, comparison, report.checkout)
        for comparison in report.comparisons
        for verdict in comparison.verdicts
        if verdict.agreement is not None and not _is_all(view)
    ]
    told = in_order([*diff_statements(report, view), *accepted])
    yield from sarif(told, report.checkout, pages=pages(), is_complete=report.is_complete)


def diff_junit(report: DiffReport, view: View) -> Iterator[str]:
    """Yield JUnit XML: each contract is a suite, each operation that changed a case, which fails when it breaks."""
    told = diff_statements(report, view)
    suites = [_suite(comparison, told) for comparison in report.comparisons]
    rest = tuple(each for each in told if not each.suite)
    suites += [Suite("workspace", (), rest)] if rest else []
    yield from junit(suites, report.checkout)


def _suite(comparison: Comparison, told: Iterable[Statement]) -> Suite:
    cases = tuple(dict.fromkeys(verdict.change.label for verdict in comparison.verdicts))
    return Suite(comparison.service, cases or ("",), tuple(each for each in told if each.suite == comparison.service))


def diff_statements(report: DiffReport, view: View) -> tuple[Statement, ...]:
    """Return what text shows: documents that can't be read, changes, agreements that are over."""
    found: list[Statement] = []
    for comparison in report.comparisons:
        shown = (each for each in comparison.verdicts if _is_all(view) or is_shown(each))
        found += [_statement(each, comparison, report.checkout) for each in shown]
        found += [_remark(each, report.checkout, comparison) for each in comparison.findings]
    found += [_remark(each, report.checkout, None) for each in report.findings]
    return in_order(found)


def _is_all(view: View) -> bool:
    return view.is_verbose or view.is_changelog


def _remark(finding: Finding, checkout: Checkout, comparison: Comparison | None) -> Statement:
    is_gone = comparison is not None and comparison.outcome is Outcome.OLD_REFUSED
    told = statement_of(finding, _anchor(finding.place, checkout, is_gone=is_gone))
    return told if comparison is None else dataclasses.replace(told, suite=comparison.service)


def _statement(verdict: Verdict, comparison: Comparison, checkout: Checkout) -> Statement:
    change, finding = verdict.change, verdict.finding
    anchor = _anchor(finding.place, checkout, is_gone=comparison.outcome is Outcome.REMOVED)
    if change.old != (anchor or finding.place):
        finding = dataclasses.replace(finding, related=(*finding.related, Related("was at", change.old)))
    return Statement(
        finding=finding,
        key=verdict.key,
        anchor=anchor,
        suite=verdict.service,
        case=change.label,
        details=tuple(details(verdict)),
        properties=_properties(verdict),
        accepted="" if verdict.agreement is None else agreed(verdict.agreement),
    )


def _anchor(place: Place, checkout: Checkout, *, is_gone: bool) -> Place | None:
    """Return a place in a file that is there now, for what is said of *place*."""
    return checkout.manifest if is_gone else place


def _properties(verdict: Verdict) -> dict[str, JsonValue]:
    """Return facts in printable text only: not every reader of these formats bears any text that JSON can hold."""
    change = verdict.change
    witness: JsonValue = None
    if change.witness is not None:
        witness = {
            "value": json.dumps(change.witness.value),
            "path": json.dumps(list(change.witness.path)),
            "acceptedBy": change.witness.accepted_by,
            "request": request_text(change),
        }
    return {
        "service": verdict.service,
        "operations": [sentence(each) for each in change.operation_ids[:_OPERATIONS]],
        "operationCount": len(change.operation_ids),
        "part": sentence(change.part),
        "side": change.side.value,
        "effect": change.effect.value,
        "breaking": change.is_breaking,
        "bump": verdict.bump.name.lower(),
        "proof": change.proof.value,
        "witness": witness,
        "consumers": [each.service for each in verdict.consumers],
    }
