"""Contracts of a check beside those of its base, with everything that takes long to import."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping

from apictl.cli.check_scene import Scene
from apictl.cli.diff_agreeing import orphaned, stale_or_expired
from apictl.cli.diff_comparing import Compared, compared
from apictl.cli.diff_judging import Circumstances
from apictl.errors import ApictlError
from apictl.report.diff.statements import diff_statements
from apictl.report.diff.verdict import Comparison, DiffReport, Outcome
from apictl.report.diff.view import View
from apictl.report.statement import Statement, statement_of
from apictl.workspace.acceptances import read_acceptances
from apictl.workspace.checking.base import Base
from apictl.workspace.checking.parts import Part
from apictl.workspace.comparing import ContractPair, Source
from apictl.workspace.excerpts import text_excerpts
from apictl.workspace.snapshots import Snapshot, workspace_snapshot


class Comparing:
    """Compares services with the base, one by one."""

    def __init__(self, scene: Scene, base: Base) -> None:
        """Compare what *scene* has with *base*."""
        self.lines: dict[str, str] = {}
        """Lines of documents of the base that something is said of, by `path:line`."""
        self.troubles: list[str] = []
        """Why contracts could not be compared."""
        self._scene = scene
        self._base = base
        self._acceptances = read_acceptances(scene.workspace.root)
        root = scene.workspace.root
        self._now = workspace_snapshot(scene.workspace, home=root, current=root)
        self._comparisons: dict[str, Comparison] = {}

    def told(self, name: str) -> tuple[Statement, ...]:
        """Return what is said of the changes of the service called *name*, now or at the base."""
        result = self._compared(name)
        if result is None:
            return ()
        comparison = result.comparison
        match comparison.outcome:
            case Outcome.NEW_REFUSED if Part.LINT in self._scene.parts:
                return ()  # the first part tells why
            case Outcome.OLD_REFUSED:
                words = "; ".join(finding.message for finding in comparison.findings[:1])
                self.troubles.append(f"{name}: its contract in {comparison.old_name} can't be read: {words}")
                return ()
            case _:
                report = DiffReport((comparison,), (), text_excerpts(result.texts), self._scene.checkout)
                found = diff_statements(report, View())
                self.lines |= _lines(found, result.texts)
                return tuple(dataclasses.replace(each, suite=name) for each in found)

    def is_compared(self, name: str) -> bool:
        """Whether both contracts of the service called *name* could be read."""
        comparison = self._comparisons.get(name)
        return comparison is not None and comparison.outcome is Outcome.COMPARED

    def agreements(self) -> tuple[Statement, ...]:
        """Return what is said of agreements to changes that are gone, or that are over."""
        found = [*stale_or_expired(self._acceptances, self._comparisons.values(), self._scene.today)]
        if self._scene.is_whole:
            names = (*self._now.services, *self._base.snapshot.services)
            found += orphaned(self._acceptances, [Comparison(name, "", Outcome.EQUAL) for name in names])
        return tuple(statement_of(each, each.place) for each in found)

    def _compared(self, name: str) -> Compared | None:
        scene = self._scene
        old, new = (_source(snapshot, name) for snapshot in (self._base.snapshot, self._now))
        valid = tuple(entry for entry in self._acceptances if not entry.has_expired(scene.today))
        judging = scene.workspace.manifest.judging
        circumstances = Circumstances(scene.workspace.services, valid, judging, scene.today)
        try:
            result = compared(ContractPair(name, old, new, self._base.snapshot.name), circumstances)
        except ApictlError as fault:
            self.troubles.append(f"{name}: {fault}")
            return None
        self._comparisons[name] = result.comparison
        scene.progress(f"changes of {name}", len(self._comparisons), len(scene.services))
        return result


def _source(snapshot: Snapshot, name: str) -> Source | None:
    found = snapshot.services.get(name)
    return None if found is None else Source(snapshot, found.documents[0], found)


def _lines(told: tuple[Statement, ...], texts: Mapping[str, str]) -> dict[str, str]:
    """Return the lines that *told* speaks of besides its own places, by `path:line`."""
    excerpt = text_excerpts(texts)
    places = [related.place for each in told for related in each.finding.related]
    found = ((place, excerpt(place)) for place in places if place.path in texts)
    return {f"{place.path}:{place.line}": line for place, line in found if line is not None}
