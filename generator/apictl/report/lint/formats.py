"""The formats of `apictl lint` by name."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from apictl.findings import Finding, Place, Severity
from apictl.report.lint.report import Format, Judgement, LintReport
from apictl.report.text import Style, summary, text

if TYPE_CHECKING:
    from apictl.contract.schema import JsonValue
    from apictl.report.junit import Suite
    from apictl.report.statement import Statement


def lint_text(report: LintReport, style: Style) -> Iterator[str]:
    """Yield findings with lines of their documents, then how many there are."""
    yield from text(report.findings, report.excerpt, style=style)
    count = len(report.judgements)
    documents = "1 document" if count == 1 else f"{count} documents"
    found = summary(report.findings)
    yield f"{found} in {documents}" if found else f"nothing found in {documents}"


def lint_json(report: LintReport, style: Style) -> Iterator[str]:
    """Yield one JSON document."""
    del style
    counts = Counter(finding.severity for finding in report.findings)
    content: dict[str, JsonValue] = {
        "findings": [_finding(each) for each in report.findings],
        "documents": [{"path": each.path, "suite": each.suite} for each in report.judgements],
        "counts": {severity.value: counts[severity] for severity in Severity},
    }
    # A lone surrogate, which a JSON document may hold, is no UTF-8: everything beyond ASCII is escaped.
    yield json.dumps(content, indent=2)


def lint_sarif(report: LintReport, style: Style) -> Iterator[str]:
    """Yield a SARIF log; the pages of the rules are in it."""
    from apictl.report.sarif import sarif  # noqa: PLC0415 - a run has one format or two, and starts sooner without others
    from apictl.rules.lint.catalogue import lint_pages  # noqa: PLC0415 - as above

    del style
    yield from sarif(_statements(report), report.checkout, pages=lint_pages())


def lint_github(report: LintReport, style: Style) -> Iterator[str]:
    """Yield workflow commands of GitHub Actions."""
    from apictl.report.github import github  # noqa: PLC0415 - as in `lint_sarif`

    del style
    yield from github(_statements(report), report.checkout)


def lint_gitlab(report: LintReport, style: Style) -> Iterator[str]:
    """Yield a Code Quality report of GitLab."""
    from apictl.report.gitlab import gitlab  # noqa: PLC0415 - as in `lint_sarif`

    del style
    yield from gitlab(_statements(report), report.checkout)


def lint_junit(report: LintReport, style: Style) -> Iterator[str]:
    """Yield JUnit XML: what is judged together is a suite, each of its documents a case, which fails for an error."""
    from apictl.report.junit import junit  # noqa: PLC0415 - as in `lint_sarif`

    del style
    suites: dict[str, list[Judgement]] = {}
    others = (Judgement(each.place.path, each.place.path, (each,)) for each in report.others)
    for judgement in (*report.judgements, *others):
        suites.setdefault(judgement.suite, []).append(judgement)
    yield from junit((_suite(name, judgements) for name, judgements in suites.items()), report.checkout)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": lint_text,
        "json": lint_json,
        "sarif": lint_sarif,
        "github": lint_github,
        "gitlab": lint_gitlab,
        "junit": lint_junit,
    }
)


def _suite(name: str, judgements: list[Judgement]) -> Suite:
    from apictl.report.junit import Suite  # noqa: PLC0415 - as in `lint_sarif`
    from apictl.report.statement import in_order, statement_of  # noqa: PLC0415 - as in `lint_sarif`

    told = [
        dataclasses.replace(statement_of(finding, finding.place), suite=name, case=judgement.path)
        for judgement in judgements
        for finding in judgement.findings
    ]
    return Suite(name, tuple(judgement.path for judgement in judgements), in_order(told))


def _statements(report: LintReport) -> tuple[Statement, ...]:
    from apictl.report.statement import statement_of  # noqa: PLC0415 - as in `lint_sarif`

    return tuple(statement_of(finding, finding.place) for finding in report.findings)


def _finding(finding: Finding) -> JsonValue:
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": _place(finding.place),
        "related": [{"message": each.message, "place": _place(each.place)} for each in finding.related],
        "hint": finding.hint,
    }


def _place(place: Place) -> JsonValue:
    return {"path": place.path, "line": place.line, "column": place.column, "pointer": place.pointer}
