"""All changes by operation, and the version that they ask for."""

from __future__ import annotations

import dataclasses

from apictl.diff.changes import Use
from apictl.diff.law import Effect
from apictl.report.diff.changelog import changelog
from apictl.report.diff.verdict import Comparison, Verdict
from apictl.report.text import Style
from tests.report.diff.made import CHANGE, comparison, harmless, verdict


def at(label: str, told: Verdict) -> Verdict:
    return dataclasses.replace(told, change=dataclasses.replace(told.change, uses=(Use(label, "", ""),)))


def shown(told: Comparison) -> list[str]:
    return list(changelog(told, Style()))


def test_changes_are_grouped_by_operation_with_the_worst_first() -> None:
    told = comparison(
        at("GET /a", harmless("a", effect=Effect.NEUTRAL)),
        at("GET /b", harmless("b")),
        at("GET /a", verdict()),
        at("", harmless("server", effect=Effect.NEUTRAL)),
    )

    assert shown(told) == [
        "pricing 1.2.3 -> 1.2.3",
        "",
        "the whole contract",
        "  patch: server [property-added] a.yaml:3:9",
        "",
        "GET /a",
        f"  breaking: {CHANGE.message} [enum-value-removed] a.yaml:3:9",
        "  patch: a [property-added] a.yaml:3:9",
        "",
        "GET /b",
        "  minor: b [property-added] a.yaml:3:9",
        "",
        "these changes ask for a major version, 2.0.0 or later; info.version 1.2.3 is too low",
    ]


def test_version_that_was_raised_enough_agrees() -> None:
    told = comparison(harmless(), new_version="1.3.0")

    assert shown(told)[-1] == "these changes ask for a minor version, 1.3.0 or later; info.version 1.3.0 agrees"


def test_versions_that_are_not_semantic_are_not_judged() -> None:
    dated = comparison(verdict(), old_version="2024-10-01", new_version="2024-11-01")
    changed = comparison(verdict(), new_version="next")

    assert shown(dated)[-1].endswith("'2024-10-01' is no semantic version to raise")
    assert shown(changed)[-1].endswith("2.0.0 or later; info.version is 'next', which is no semantic version")


def test_without_a_change_there_is_nothing_to_tell() -> None:
    assert shown(comparison()) == []
