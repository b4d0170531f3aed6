"""All changes of one contract by operation, harmless ones too, with the version that they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.report.diff.verdict import Comparison, Verdict
from apictl.report.diff.versions import Bump
from apictl.report.text import Palette, Style, printable, spot

_WHOLE: Final = "the whole contract"


def changelog(comparison: Comparison, style: Style) -> Iterator[str]:
    """Yield the changes under a heading for each operation, those of the whole contract first."""
    if not comparison.verdicts:
        return
    palette = style.palette
    yield f"{palette.strong}{comparison.service} {_versions(comparison)}{palette.end}"
    groups: dict[str, list[Verdict]] = {"": []}
    for verdict in comparison.verdicts:
        groups.setdefault(verdict.change.label, []).append(verdict)
    for label, verdicts in groups.items():
        if verdicts:
            yield ""
            yield printable(label) or _WHOLE
            yield from (_line(verdict, palette) for verdict in sorted(verdicts, key=lambda each: -each.bump))
    yield ""
    yield _advice(comparison)


def _line(verdict: Verdict, palette: Palette) -> str:
    finding = verdict.finding
    word = {Bump.MAJOR: "breaking", Bump.MINOR: "minor", Bump.PATCH: "patch", Bump.NONE: ""}[verdict.bump]
    colour = palette.error if verdict.bump is Bump.MAJOR else palette.info
    agreed = ", agreed to" if verdict.agreement is not None else ""
    place = f"{palette.faint}{spot(finding.place)}{palette.end}"
    return f"  {colour}{word}{palette.end}: {printable(finding.message)} [{finding.rule}]{agreed} {place}"


def _versions(comparison: Comparison) -> str:
    old, new = comparison.old_version, comparison.new_version
    return f"{printable(old or 'nothing')} -> {printable(new or 'nothing')}"


def _advice(comparison: Comparison) -> str:
    advice = comparison.advice
    word = {Bump.MAJOR: "a major", Bump.MINOR: "a minor", Bump.PATCH: "a patch", Bump.NONE: "no"}[advice.bump]
    asked = f"these changes ask for {word} version"
    new = printable(comparison.new_version or "")
    if not advice.wanted:
        return f"{asked}; {printable(comparison.old_version or 'nothing')!r} is no semantic version to raise"
    if advice.agrees is None:
        return f"{asked}, {advice.wanted} or later; info.version is {new!r}, which is no semantic version"
    verb = "agrees" if advice.agrees else "is too low"
    return f"{asked}, {advice.wanted} or later; info.version {new} {verb}"
