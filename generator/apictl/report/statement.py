"""A finding with all that formats for other programs tell of it; commands pass what they know besides the finding."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place
from apictl.report.text import sentence

_KEY_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Statement:
    """One finding, told.

    Attributes:
        finding: what is told; its related places are told with it.
        key: the same for the same finding in every run, whatever the line it is on.
        anchor: a place in a file that is there now; None when there is none.
        suite: the service that it is about; "" when it is about none.
        case: the operation that it is about; "" for the whole contract.
        details: printable lines.
        properties: further facts, by name.
        accepted: who agreed to it and why; "" when nobody did.
    """

    finding: Finding
    key: str
    anchor: Place | None
    suite: str = ""
    case: str = ""
    details: tuple[str, ...] = ()
    properties: Mapping[str, JsonValue] = field(default_factory=lambda: MappingProxyType({}))
    accepted: str = ""

    @property
    def message(self) -> str:
        """The finding's, printable and of bounded length."""
        return sentence(self.finding.message)


def statement_of(finding: Finding, anchor: Place | None) -> Statement:
    """Return *finding* told with nothing that it does not say itself."""
    content = [finding.rule, finding.place.path, finding.place.pointer, finding.message]
    key = hashlib.sha256(json.dumps(content).encode()).hexdigest()[:_KEY_LENGTH]
    return Statement(finding, key, anchor, details=(f"hint: {sentence(finding.hint)}",) if finding.hint else ())


def unique_keys(statements: Iterable[Statement]) -> tuple[str, ...]:
    """Return the keys of *statements*, with a number behind each that was there before."""
    counts: Counter[str] = Counter()
    keys = []
    for each in statements:
        counts[each.key] += 1
        keys.append(each.key if counts[each.key] == 1 else f"{each.key}-{counts[each.key]}")
    return tuple(keys)


def in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    """Return *statements* by file and line."""
    return tuple(sorted(statements, key=_order))


def _order(statement: Statement) -> tuple[str, int, int, str, str]:
    finding = statement.finding
    place = finding.place
    return (place.path, place.line or 0, place.column or 0, finding.rule, finding.message)
