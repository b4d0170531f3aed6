"""From a report to what the page shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final, assert_never

from apictl.findings import Finding, Severity
from apictl.report.diff.page.frames import frames
from apictl.report.diff.page.views import (
    ChangeView,
    FilterView,
    OperationView,
    PageView,
    ServiceView,
    WitnessView,
)
from apictl.report.diff.summary import counts, headline, outcome_words
from apictl.report.diff.verdict import Comparison, DiffReport, Outcome, Verdict, is_shown
from apictl.report.diff.versions import Bump
from apictl.report.diff.words import agreed, is_harm, named, remarks, told, witness_line
from apictl.report.text import Excerpt, sentence, spot

_WORDS: Final = {"breaking": "breaking", "warning": "warning", "agreed": "agreed to", "harmless": "harmless"}
_EVENT_VERBS: Final = frozenset({"RECEIVE", "SEND"})
_WIDTH: Final = 600
_TEXT: Final = 4000


def page_of(report: DiffReport, style: str, style_hash: str) -> PageView:
    """Return what is shown of *report*; *style_hash* is that of *style*."""
    told_of = [each for each in report.comparisons if each.outcome is not Outcome.EQUAL]
    counted = Counter(_kind(verdict) for verdict in report.verdicts)
    mood = "fine"
    if counted["warning"] or report.remarks:
        mood = "warning"
    if counted["breaking"] or not report.is_complete:
        mood = "breaking"
    hit = {each for verdict in report.verdicts if _kind(verdict) == "breaking" for each in verdict.consumers}
    return PageView(
        headline=headline(report),
        mood=mood,
        since=", ".join(dict.fromkeys(sentence(each.old_name) for each in report.comparisons)),
        hit=named(tuple(sorted(hit, key=lambda each: each.service))),
        filters=_filters(counted),
        remarks=tuple(map(_remark, report.findings)),
        services=tuple(_service(each, report.excerpt) for each in told_of),
        alike=tuple(each.service for each in report.comparisons if each.outcome is Outcome.EQUAL),
        style=style,
        style_hash=style_hash,
    )


def _filters(counted: Counter[str]) -> tuple[FilterView, ...]:
    there = [FilterView(kind, word, counted[kind], is_chosen=False) for kind, word in _WORDS.items() if counted[kind]]
    total = FilterView("all", "all", counted.total(), is_chosen=True)
    return (total, *there) if len(there) > 1 else ()


def _service(comparison: Comparison, excerpt: Excerpt) -> ServiceView:
    groups: dict[str, list[Verdict]] = {}
    for verdict in comparison.verdicts:
        if is_shown(verdict):
            groups.setdefault(verdict.change.label, []).append(verdict)
    rest = [verdict for verdict in comparison.verdicts if not is_shown(verdict)]
    advice = comparison.advice
    asks = advice.bump is not Bump.NONE and advice.wanted
    return ServiceView(
        name=comparison.service,
        versions=_versions(comparison),
        advice=f"asks for {advice.wanted} or later" if asks else "",
        is_too_low=advice.agrees is False,
        outcome=counts(comparison) if comparison.verdicts else outcome_words(comparison),
        kinds=_kinds(comparison.verdicts),
        operations=tuple(_operation(label, verdicts, excerpt) for label, verdicts in groups.items()),
        rest=tuple(_change(each, excerpt) for each in rest),
        rest_kinds=_kinds(rest),
        remarks=tuple(map(_remark, comparison.findings)),
    )


def _versions(comparison: Comparison) -> str:
    there = [sentence(each) for each in (comparison.old_version, comparison.new_version) if each]
    return f"{there[0]} unchanged" if len(there) > len(set(there)) else " → ".join(there)


def _operation(label: str, verdicts: Iterable[Verdict], excerpt: Excerpt) -> OperationView:
    verb, _, path = label.partition(" ")
    is_request = verb in _EVENT_VERBS or (verb.isupper() and path.startswith("/"))
    name = path if is_request else label or "The whole contract"
    changes = tuple(_change(each, excerpt) for each in verdicts)
    return OperationView(verb if is_request else "", sentence(name), _kinds(verdicts), changes)


def _change(verdict: Verdict, excerpt: Excerpt) -> ChangeView:
    kind, change, finding = _kind(verdict), verdict.change, verdict.finding
    hit = named(verdict.consumers)
    return ChangeView(
        kind=kind,
        word="error" if kind == "breaking" and not verdict.is_breaking else _WORDS[kind],
        message=sentence(finding.message),
        rule=finding.rule,
        id=verdict.id,
        spot=spot(finding.place),
        frames=frames(verdict, excerpt) if is_shown(verdict) else (),
        witness=_witness(verdict) if change.witness is not None else None,
        hit=hit,
        remarks=tuple(each for each in remarks(verdict) if each != f"hits {hit}"),
        hint=sentence(finding.hint or ""),
        agreement="" if verdict.agreement is None else agreed(verdict.agreement)[:_TEXT],
        is_open=verdict.hurts and verdict.agreement is None,
    )


def _witness(verdict: Verdict) -> WitnessView | None:
    change, witness = verdict.change, verdict.change.witness
    if witness is None:
        return None
    line = witness_line(change, width=_WIDTH)
    before, part, after = ("", "", line.text) if line.is_whole else (line.before, line.part, line.after)
    return WitnessView(
        told(change.side, witness), before[-_TEXT:], part[:_TEXT], after[:_TEXT], is_harm(change.side, witness)
    )


def _remark(finding: Finding) -> ChangeView:
    kind = "breaking" if finding.severity is Severity.ERROR else "warning"
    return ChangeView(
        kind=kind,
        word=finding.severity.value,
        message=sentence(finding.message),
        rule=finding.rule,
        id="",
        spot=spot(finding.place),
        frames=(),
        witness=None,
        hit="",
        remarks=(),
        hint=sentence(finding.hint or ""),
        agreement="",
        is_open=False,
    )


def _kinds(verdicts: Iterable[Verdict]) -> str:
    return " ".join(sorted({f"has-{_kind(each)}" for each in verdicts}))


def _kind(verdict: Verdict) -> str:
    if verdict.agreement is not None:
        return "agreed"
    match verdict.finding.severity:
        case Severity.ERROR:
            return "breaking"
        case Severity.WARNING:
            return "warning"
        case Severity.INFO:
            return "harmless"
        case _:
            assert_never(verdict.finding.severity)
