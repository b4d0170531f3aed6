"""The formats of `apictl check` by name."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from apictl.report.check.machine import check_json
from apictl.report.check.markdown import check_markdown
from apictl.report.check.people import check_text
from apictl.report.check.report import CheckReport, Format, Section
from apictl.report.github import github
from apictl.report.gitlab import gitlab
from apictl.report.junit import Suite, junit
from apictl.report.sarif import sarif
from apictl.report.text import Style


def check_sarif(report: CheckReport, style: Style) -> Iterator[str]:
    """Yield a SARIF log; the pages of the rules are in it."""
    del style
    from apictl.rules.explained import all_pages  # noqa: PLC0415 - only this format shows pages

    yield from sarif(report.statements, report.checkout, pages=all_pages(), is_complete=report.is_complete)


def check_github(report: CheckReport, style: Style) -> Iterator[str]:
    """Yield workflow commands of GitHub Actions; those that hit somebody come first, as only some are shown."""
    del style
    told = sorted(report.statements, key=lambda each: not each.properties.get("consumers"))
    yield from github(told, report.checkout)


def check_gitlab(report: CheckReport, style: Style) -> Iterator[str]:
    """Yield a Code Quality report of GitLab."""
    del style
    yield from gitlab(report.statements, report.checkout)


def check_junit(report: CheckReport, style: Style) -> Iterator[str]:
    """Yield JUnit XML: each part is a suite, each service a case, which fails for an error."""
    del style
    yield from junit((_suite(section, report) for section in report.sections), report.checkout)


FORMATS: Final[Mapping[str, Format]] = MappingProxyType(
    {
        "text": check_text,
        "json": check_json,
        "markdown": check_markdown,
        "sarif": check_sarif,
        "github": check_github,
        "gitlab": check_gitlab,
        "junit": check_junit,
    }
)


def _suite(section: Section, report: CheckReport) -> Suite:
    cases = () if section.is_skipped else report.services
    told = tuple(dataclasses.replace(each, suite=section.name, case=each.suite) for each in section.statements)
    return Suite(section.name, cases, told)
