"""Statements as plain values, as runs leave them for the next one."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from typing import Any

from apictl.findings import Finding, Place
from apictl.report.statement import Statement
from apictl.workspace.cache import finding_of, plain_finding


def plain_statement(statement: Statement) -> dict[str, Any]:
    """Return *statement* as plain values."""
    return {
        "finding": plain_finding(statement.finding),
        "key": statement.key,
        "anchor": None if statement.anchor is None else dataclasses.asdict(statement.anchor),
        "suite": statement.suite,
        "case": statement.case,
        "details": list(statement.details),
        "properties": dict(statement.properties),
        "accepted": statement.accepted,
    }


def statement_from(content: Any) -> Statement:
    """Return the statement that `plain_statement` made *content* of.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    return Statement(
        finding=finding_of(content["finding"]),
        key=content["key"],
        anchor=None if content["anchor"] is None else Place(**content["anchor"]),
        suite=content["suite"],
        case=content["case"],
        details=tuple(content["details"]),
        properties=content["properties"],
        accepted=content["accepted"],
    )


def statements_from(content: Iterable[Any]) -> tuple[Statement, ...]:
    """Return the statements that *content* was made of."""
    return tuple(map(statement_from, content))


def findings_from(content: Iterable[Any]) -> tuple[Finding, ...]:
    """Return the findings that *content* was made of."""
    return tuple(map(finding_of, content))
