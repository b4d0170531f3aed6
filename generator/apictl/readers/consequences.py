"""Findings without those that only follow from others: one flaw is told once, where it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from apictl.findings import Finding, Place, Related, Severity

_REFUSED: Final = "reference-file-refused"
_UNRESOLVED: Final = "reference-unresolved"
_SHOWN: Final = 10
_LONGEST: Final = 200


def without_misspelled(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Yield *findings*, about structure, without those that a field is missing which is there, and misspelled."""
    meant = {
        (each.place.path, each.place.pointer.rpartition("/")[0], each.hint)
        for each in findings
        if each.rule == "field-unknown" and each.hint is not None
    }
    for each in findings:
        name = each.message.removesuffix(" is missing")
        if each.rule != "field-missing" or (each.place.path, each.place.pointer, f"did you mean {name}?") not in meant:
            yield each


def merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Yield *findings* with those of all references to the same missing thing as one, at the first of them."""
    rest: dict[object, list[Finding]] = {}
    for each in findings:
        key = (each.place.path, each.message) if each.rule == _UNRESOLVED else each
        rest.setdefault(key, []).append(each)
    for first, *others in rest.values():
        if not others:
            yield first
            continue
        related = tuple(Related("and here", each.place) for each in others[:_SHOWN])
        message = f"{first.message} (and {len(others)} more reference{'s'[: len(others) > 1]} to it)"
        yield replace(first, message=message if len(message) <= _LONGEST else first.message, related=related)


def without_refusals(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return *findings* without those that a reference leads to a text that is no document.

    What is wrong with the text is told where it is, and where the first of the references stands.
    """
    told = list(findings)
    wrong = {each.place.path for each in told if each.severity is Severity.ERROR and each.rule != _REFUSED}
    holders: dict[str, Place] = {}
    rest: list[Finding] = []
    for each in told:
        target = each.related[0].place.path if each.rule == _REFUSED and each.related else ""
        if target in wrong:
            holders.setdefault(target, each.place)
        else:
            rest.append(each)
    return tuple(_with_holder(each, holders) for each in rest) if holders else tuple(rest)


def _with_holder(finding: Finding, holders: dict[str, Place]) -> Finding:
    holder = holders.pop(finding.place.path, None) if finding.severity is Severity.ERROR else None
    return (
        finding if holder is None else replace(finding, related=(*finding.related, Related("referred to here", holder)))
    )
