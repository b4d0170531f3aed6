"""Findings that are not to be told, each for a reason: `x-apictl-ignore` in a document, entries of the manifest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, warning
from apictl.readers.access import mapping, text
from apictl.source.document import Document
from apictl.source.tree import PointerMalformed, split_pointer

EXTENSION: Final = "x-apictl-ignore"
_FIELDS: Final = frozenset({"rule", "reason", "pointer"})
_OWN: Final = frozenset({"ignore-malformed", "ignore-unused"})
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Ignore:
    """Something that is not to be told.

    Attributes:
        rule: id.
        place: of the entry.
        file: pattern of the paths that it holds for, as `specs/*/openapi.yaml`.
        pointer: of what it holds for, and for all below; a pattern where `is_pattern`.
        is_pattern: stars in `pointer` and `file` mean any text.
    """

    rule: str
    place: Place
    file: str
    pointer: str
    is_pattern: bool = False

    def holds(self, finding: Finding) -> bool:
        """Whether *finding*, with a path as `file` has it, is not to be told."""
        place = finding.place
        if finding.rule != self.rule or finding.rule in _OWN:
            return False
        if not self.is_pattern:
            return place.path == self.file and _is_below(place.pointer, self.pointer)
        if not fnmatchcase(place.path, self.file):
            return False
        return _is_below(place.pointer, self.pointer) or fnmatchcase(place.pointer, self.pointer)


@dataclass(slots=True)
class Ignores:
    """All ignores of a run, and which of them were needed."""

    entries: list[Ignore] = field(default_factory=list)
    needed: set[Ignore] = field(default_factory=set)

    def told(self, findings: Iterable[Finding]) -> Iterator[Finding]:
        """Yield those of *findings* that are to be told."""
        by_rule: dict[str, list[Ignore]] = {}
        for entry in self.entries:
            by_rule.setdefault(entry.rule, []).append(entry)
        for finding in findings:
            holding = [entry for entry in by_rule.get(finding.rule, ()) if entry.holds(finding)]
            self.needed.update(holding)
            if not holding:
                yield finding

    def unused(self, asked: Collection[str]) -> Iterator[Finding]:
        """Yield a finding for each entry about a rule of *asked* that nothing was found for."""
        for entry in self.entries:
            if entry not in self.needed and entry.rule in asked:
                message = f"nothing is ignored: {entry.rule!r} finds nothing here"
                yield warning("ignore-unused", entry.place, message, hint="remove it")


def written_ignores(document: Document, known: Collection[str]) -> tuple[tuple[Ignore, ...], tuple[Finding, ...]]:
    """Return the ignores that *document* holds, and what is wrong with others; *known* are the ids of all rules."""
    ignores: list[Ignore] = []
    findings: list[Finding] = []
    if EXTENSION not in document.text:  # almost no document has one, and a walk takes its time
        return (), ()
    for holder, value in _extensions(Place(document.path), document.tree):
        place = holder.child(EXTENSION)
        if not isinstance(value, list):
            findings.append(_malformed(place, "it is no list", "write a list of entries with `rule` and `reason`"))
            continue
        for index, entry in enumerate(value):
            flaw = _flaw(entry, known)
            if flaw:
                hint = "an entry is {rule: ID, reason: WHY}, and may have a pointer"
                findings.append(_malformed(place.child(index), flaw, hint))
            else:
                fields = mapping(entry)
                pointer = holder.pointer + text(fields.get("pointer"))
                ignores.append(Ignore(text(fields["rule"]), place.child(index), document.path, pointer))
    return tuple(ignores), tuple(findings)


def _extensions(root: Place, tree: JsonValue) -> Iterator[tuple[Place, JsonValue]]:
    """Yield each object below *root* that has the extension, and what it says."""
    pending: list[tuple[Place, JsonValue]] = [(root, tree)]
    while pending:
        place, value = pending.pop()
        if isinstance(value, dict):
            if EXTENSION in value:
                yield place, value[EXTENSION]
            below: Sequence[tuple[str | int, JsonValue]] = [*value.items()]
        elif isinstance(value, list):
            below = [*enumerate(value)]
        else:
            continue
        pending += [(place.child(key), each) for key, each in below if isinstance(each, dict | list)]


def _flaw(entry: JsonValue, known: Collection[str]) -> str:
    fields = mapping(entry)
    unknown = sorted(fields.keys() - _FIELDS)
    if not isinstance(entry, dict):
        return "an entry is no mapping"
    if unknown:
        return f"field {unknown[0][:_LONGEST]!r} is unknown here"
    for name in ("rule", "reason"):
        if not text(fields.get(name)).strip():
            return f"{name!r} is missing"
    rule, pointer = text(fields["rule"]), fields.get("pointer", "")
    if rule not in known:
        return f"there is no rule {rule[:_LONGEST]!r}"
    try:
        split_pointer(text(pointer))
    except PointerMalformed:
        return f"{text(pointer)[:_LONGEST]!r} is no JSON Pointer"
    return "" if isinstance(pointer, str) else "'pointer' is no text"


def _malformed(place: Place, message: str, hint: str) -> Finding:
    return warning("ignore-malformed", place, message, hint=hint)


def _is_below(pointer: str, above: str) -> bool:
    return pointer == above or pointer.startswith(above + "/")
