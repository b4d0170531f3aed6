"""Findings as workflow commands of GitHub Actions, which become annotations of the files that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from apictl.findings import Severity
from apictl.report.checkout import OUTSIDE, Checkout
from apictl.report.statement import Statement
from apictl.report.text import printable

_PER_STEP: Final = 10
"""Annotations of one kind that a step may have (actions/toolkit, problem-matchers.md, Limitations)."""
_TITLE: Final = 255
_MESSAGE: Final = 4000


def github(statements: Iterable[Statement], checkout: Checkout) -> Iterator[str]:
    """Yield a command for each of *statements*, as far as a step may have them, then how many more there are."""
    told = [each for each in statements if not each.accepted]
    totals = Counter(_command(each.finding.severity) for each in told)
    room = dict.fromkeys(totals, _PER_STEP)
    if any(total > _PER_STEP for total in totals.values()):
        room["notice"] = _PER_STEP - 1  # the last line is a notice, too
    shown: Counter[str] = Counter()
    for each in told:
        command = _command(each.finding.severity)
        shown[command] += 1
        if shown[command] <= room[command]:
            yield _line(each, command, checkout)
    rest = [(total - room[command], command) for command, total in totals.items() if total > room[command]]
    if rest:
        more = ", ".join(f"{count} more {command}{'s'[: count > 1]}" for count, command in rest)
        yield f"::notice title=apictl::… and {more}: GitHub shows no more of a step, --report sarif=FILE has all"


def _line(statement: Statement, command: str, checkout: Checkout) -> str:
    place = statement.anchor
    file = None if place is None else checkout.file(place.path)
    properties = []
    if place is not None and file is not None and file.base != OUTSIDE:
        properties = [f"file={_property(file.path)}", f"line={place.line or 1}", f"col={place.column or 1}"]
    properties.append(f"title={_property(_title(statement))}")
    text = "\n".join([statement.message, *statement.details])
    return f"::{command} {','.join(properties)}::{_data(text[:_MESSAGE])}"


def _title(statement: Statement) -> str:
    rule = statement.finding.rule
    return (f"{rule} in {printable(statement.suite)}" if statement.suite else rule)[:_TITLE]


def _command(severity: Severity) -> str:
    match severity:
        case Severity.ERROR:
            return "error"
        case Severity.WARNING:
            return "warning"
        case Severity.INFO:
            return "notice"
        case _:
            assert_never(severity)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(printable(text)).replace(":", "%3A").replace(",", "%2C")
