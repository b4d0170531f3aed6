"""Changes as CommonMark for a merge request: what breaks in full, the harmless folded, in the room of a comment."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from apictl.findings import Finding, Severity
from apictl.report.commonmark import cell, code, fenced, prose
from apictl.report.diff.lines import changed_lines
from apictl.report.diff.summary import headline, outcome_words, sums
from apictl.report.diff.verdict import Comparison, DiffReport, Outcome, Verdict, is_shown
from apictl.report.diff.versions import Bump
from apictl.report.diff.view import View
from apictl.report.diff.words import ADVICE, agreed, remarks, told, witness_line
from apictl.report.text import Excerpt, counted, sentence, spot, visible

_BYTES: Final = 65_000
"""GitHub refuses a comment of more than 65,536; what is left is for the last lines."""
_FOR_HARMLESS: Final = 12_000
_WIDTH: Final = 100
_LONGEST: Final = 200
_SERVICES: Final = 100


def diff_markdown(report: DiffReport, view: View) -> Iterator[str]:  # noqa: ARG001 - all is in it, the harmless folded
    """Yield *report*: counts by service, what weighs something by operation, the rest folded at the end."""
    head = [f"## {headline(report)}", "", *_table(report.comparisons), *map(_remark, report.remarks[:_SERVICES])]
    grave = [block for each in report.comparisons for block in _grave(each, report.excerpt)]
    slight = [_slight(verdict) for verdict in report.verdicts if not is_shown(verdict)]
    room = _BYTES - _size(head)
    shown = _fitting(grave, room - min(_FOR_HARMLESS, _size(slight)))
    folded = _fitting(slight, room - _size(shown))
    yield from head
    yield from shown
    if len(shown) < len(grave):
        yield f"… and {counted(len(grave) - len(shown), 'more change')} like these: see `apictl diff`."
    if folded:
        yield from ("", "<details>", f"<summary>{counted(len(slight), 'change')} harmless or agreed to</summary>", "")
        yield from folded
        if len(folded) < len(slight):
            yield f"- … and {len(slight) - len(folded)} more: see `apictl diff --verbose`."
        yield from ("", "</details>")
    if any(verdict.is_breaking and is_shown(verdict) for verdict in report.verdicts):
        yield from ("", f"<sub>{ADVICE.replace('apictl', '<code>apictl', 1)}</code></sub>")


def _table(comparisons: tuple[Comparison, ...]) -> Iterator[str]:
    yield "| service | since | version | breaking | warnings | agreed to | other changes |"
    yield "| --- | --- | --- | ---: | ---: | ---: | ---: |"
    told_of = [each for each in comparisons if each.outcome is not Outcome.EQUAL or len(comparisons) == 1]
    for each in told_of[:_SERVICES]:
        since = code(_cut(each.old_name))
        found = sums(each.verdicts)
        if each.verdicts:
            breaking = f"**{found.breaking}**" if found.breaking else "0"
            counts = [breaking, str(found.warnings), str(found.agreed), str(found.others)]
        else:
            counts = [outcome_words(each), "", "", ""]
        yield f"| {' | '.join([each.service, cell(since), cell(_version(each)), *counts])} |"
    if len(told_of) > _SERVICES:
        yield f"| … and {len(told_of) - _SERVICES} more | | | | | | |"
    yield ""
    if alike := len(comparisons) - len(told_of):
        yield from (f"{counted(alike, 'other service')}: the same as before.", "")


def _version(comparison: Comparison) -> str:
    old, new = comparison.old_version, comparison.new_version
    versions = " → ".join(code(_cut(each)) for each in dict.fromkeys([old, new]) if each)
    advice = comparison.advice
    if advice.bump is Bump.NONE or not advice.wanted or advice.agrees:
        return versions
    return f"{versions}, these changes ask for {code(advice.wanted)}"


def _remark(finding: Finding) -> str:
    return f"{_sign(finding.severity)} {code(_cut(spot(finding.place)))} {_message(finding)} {code(finding.rule)}\n"


def _grave(comparison: Comparison, excerpt: Excerpt) -> Iterator[str]:
    """Yield a block for each change that weighs something; the first of an operation has its heading."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in comparison.verdicts:
        if is_shown(verdict):
            groups.setdefault(verdict.change.label, []).append(verdict)
    for number, (label, verdicts) in enumerate(groups.items()):
        heading = [f"### {comparison.service}", ""] if number == 0 else []
        heading += [f"#### {prose(_cut(label)) or 'The whole contract'}", ""]
        for verdict in verdicts:
            yield "\n".join([*heading, *_change(verdict, excerpt)])
            heading = []


def _change(verdict: Verdict, excerpt: Excerpt) -> Iterator[str]:
    change, finding = verdict.change, verdict.finding
    yield f"{_sign(finding.severity)} **{_message(finding)}**"
    yield ""
    lines = changed_lines(change, excerpt)
    if lines.old is not None or lines.new is not None:
        signed = [("-", lines.old), ("+", lines.new)]
        yield from fenced((f"{sign} {_cut(visible(line.strip()))}" for sign, line in signed if line), "diff")
    if change.witness is not None:
        line = witness_line(change, width=_WIDTH)
        yield f"{told(change.side, change.witness)}:"
        marks = [] if line.is_whole else [f"{' ' * line.start}{'^' * line.length}"]
        yield from fenced([line.text[:2000], *marks], "text")
    was = "" if change.old == finding.place else f", was at {code(_cut(spot(change.old)))}"
    yield f"- {code(finding.rule)} at {code(_cut(spot(finding.place)))}{was}"
    yield from (f"- {_bold(remark)}" for remark in remarks(verdict))
    if finding.hint:
        yield f"- what to do: {prose(sentence(finding.hint))}"
    if verdict.hurts:
        yield f"- id: {code(verdict.id)}"
    yield ""


def _slight(verdict: Verdict) -> str:
    finding = verdict.finding
    more = f"; {prose(sentence(agreed(verdict.agreement)))}" if verdict.agreement is not None else ""
    return f"- {verdict.service}: {_message(finding)} {code(finding.rule)}{more}"


def _fitting(blocks: Iterable[str], room: int) -> list[str]:
    """Return the first of *blocks* that take *room* bytes at most."""
    fitting: list[str] = []
    for block in blocks:
        room -= _size([block])
        if room < 0:
            break
        fitting.append(block)
    return fitting


def _size(blocks: Iterable[str]) -> int:
    return sum(len(block.encode("utf-8", "backslashreplace")) + 1 for block in blocks)


def _message(finding: Finding) -> str:
    return prose(sentence(finding.message))


def _bold(remark: str) -> str:
    """Return *remark*, in bold when it names who is hit."""
    words = prose(sentence(remark))
    return f"**{words}**" if remark.startswith("hits ") else words


def _sign(severity: Severity) -> str:
    return {Severity.ERROR: "❌", Severity.WARNING: "⚠️", Severity.INFO: "ℹ️"}[severity]  # noqa: RUF001 - a sign


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
