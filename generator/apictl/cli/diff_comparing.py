"""One contract before and after: read, compared, judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from apictl.cli.diff_judging import Circumstances, former_ids, judged, located, removed
from apictl.errors import ApictlError
from apictl.findings import Severity
from apictl.report.diff.verdict import Comparison, Outcome, Verdict
from apictl.rules.walk import changes
from apictl.source.collecting import collect_seldom, without_collecting
from apictl.workspace.comparing import ContractPair, ReadContract, Source, is_same, read_source


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of a pair.

    Attributes:
        comparison: to be reported.
        texts: of documents that it speaks of, by path as a person sees it.
    """

    comparison: Comparison
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


def compared(pair: ContractPair, circumstances: Circumstances) -> Compared:
    """Return what became of *pair*; a service that has no contract any more is a change, a new one none.

    Raises:
        FetchError: a document can't be had.
    """
    if pair.new is None:
        if pair.old is None:
            raise ApictlError(f"service {pair.service!r} has no contract, neither before nor after")
        gone = judged((removed(pair, pair.old),), pair, circumstances, former_ids={})
        return Compared(Comparison(pair.service, pair.against, Outcome.REMOVED, verdicts=gone))
    if pair.old is None:
        return _added(pair, pair.new)
    if is_same(pair.old, pair.new):
        return Compared(Comparison(pair.service, pair.against, Outcome.EQUAL))
    return _both(pair, pair.old, pair.new, circumstances)


def _both(pair: ContractPair, old: Source, new: Source, circumstances: Circumstances) -> Compared:
    with without_collecting():
        after = read_source(new, pair.service)
        if after.contract is None:
            return _refused(pair, after, Outcome.NEW_REFUSED)
        before = read_source(old, pair.service)
        if before.contract is None:
            return _refused(pair, before, Outcome.OLD_REFUSED)
        collect_seldom()
    found = changes(before.contract, after.contract, circumstances.dials(pair.service))
    verdicts = judged(
        (located(change, before.located, after.located) for change in found),
        pair,
        circumstances,
        former_ids=former_ids(before.contract, after.contract),
    )
    comparison = Comparison(
        service=pair.service,
        old_name=pair.against,
        outcome=Outcome.COMPARED,
        old_version=before.contract.version,
        new_version=after.contract.version,
        verdicts=verdicts,
    )
    return Compared(comparison, _spoken_of(verdicts, {**dict(before.texts), **dict(after.texts)}))


def _added(pair: ContractPair, new: Source) -> Compared:
    after = read_source(new, pair.service)
    if after.contract is None:
        return _refused(pair, after, Outcome.NEW_REFUSED)
    return Compared(Comparison(pair.service, pair.against, Outcome.ADDED, new_version=after.contract.version))


def _refused(pair: ContractPair, read: ReadContract, outcome: Outcome) -> Compared:
    errors = tuple(finding for finding in read.findings if finding.severity is Severity.ERROR)
    return Compared(Comparison(pair.service, pair.against, outcome, findings=errors), dict(read.texts))


def _spoken_of(verdicts: tuple[Verdict, ...], texts: Mapping[str, str]) -> Mapping[str, str]:
    """Return the *texts* that a verdict has a place in: the others need not be kept."""
    paths = {place.path for each in verdicts for place in (each.change.old, each.change.new)}
    return {path: text for path, text in texts.items() if path in paths}
