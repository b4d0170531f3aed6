"""Agreeing to breaking changes, and what became of agreements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from apictl.cli import console
from apictl.errors import ApictlError
from apictl.findings import Finding, Place, warning
from apictl.report.diff.verdict import Comparison, Outcome, Verdict
from apictl.workspace.acceptances import ACCEPTED_NAME, Acceptance, append_acceptance
from apictl.workspace.discovery import Workspace

_SHORTEST_ID = 4


@dataclass(frozen=True, slots=True)
class Agreeing:
    """What is to be agreed to; nothing when there are no ids.

    Attributes:
        ids: first digits of changes' keys.
        reason: why they may be.
        expires: the last day on which they may be, as written.
        owner: who answers for them; "" for the owner of the service.
    """

    ids: tuple[str, ...]
    reason: str
    expires: str
    owner: str

    def refuse_contradictions(self, today: dt.date) -> None:
        """Refuse what can't be meant.

        Raises:
            ApictlError: something is missing, or the last day was before *today*.
        """
        if not self.ids:
            if self.reason or self.expires or self.owner:
                raise ApictlError("--reason, --expires and --owner belong to --accept ID")
            return
        if not self.reason.strip() or not self.expires:
            example = 'apictl diff --accept ID --reason "no client sends it" --expires 2027-01-31'
            raise ApictlError("--accept needs --reason and --expires", hint=example)
        if self.last_day < today:
            raise ApictlError(f"--expires {self.expires} is in the past")

    @property
    def last_day(self) -> dt.date:
        """The last day on which they may be."""
        try:
            return dt.date.fromisoformat(self.expires)
        except ValueError as fault:
            raise ApictlError(f"--expires {self.expires!r} is no date, write YYYY-MM-DD") from fault


def agree(agreeing: Agreeing, verdicts: tuple[Verdict, ...], workspace: Workspace | None) -> None:
    """Write down in *workspace* that the changes named by *agreeing* may be.

    Raises:
        ApictlError: one of them is not there, or breaks nobody; nobody answers for it; the file can't be written.
    """
    if workspace is None:
        raise ApictlError("only what is in a workspace now can be agreed to, not files of two revisions")
    chosen = [_chosen(verdicts, each) for each in agreeing.ids]
    owners = {service.name: service.owner for service in workspace.services}
    for verdict in {each.key: each for each in chosen}.values():
        if verdict.agreement is not None:
            console.say(f"{verdict.id} is agreed to already")
            continue
        owner = agreeing.owner or owners.get(verdict.service, "")
        if not owner:
            raise ApictlError(f"service {verdict.service!r} has no owner in apictl.yaml", hint="say --owner")
        entry = Acceptance(
            service=verdict.service,
            rule=verdict.change.rule,
            pointer=verdict.change.new.pointer,
            change=verdict.key,
            owner=owner,
            reason=agreeing.reason.strip(),
            expires=agreeing.last_day,
            place=Place(ACCEPTED_NAME),
        )
        append_acceptance(workspace.root, entry)
        console.say(f"{verdict.id} is agreed to until {agreeing.expires}, see {ACCEPTED_NAME}")


def _chosen(verdicts: Iterable[Verdict], wanted: str) -> Verdict:
    found = {each.key: each for each in verdicts if each.key.startswith(wanted.lower())}
    if len(wanted) < _SHORTEST_ID or not found:
        raise ApictlError(
            f"there is no change {wanted!r}", hint="`apictl diff` shows the id of every change that breaks somebody"
        )
    if len(found) > 1:
        raise ApictlError(f"{wanted!r} begins the ids of {len(found)} changes", hint=f"they are {', '.join(found)}")
    verdict = next(iter(found.values()))
    if not verdict.hurts:
        raise ApictlError(f"change {wanted!r} breaks nobody, nobody has to agree to it")
    return verdict


def stale_or_expired(
    acceptances: Iterable[Acceptance], comparisons: Iterable[Comparison], today: dt.date
) -> Iterator[Finding]:
    """Yield what is to be said of *acceptances*: their change is gone, or their time is over."""
    outcomes = {each.service: each for each in comparisons}
    for entry in acceptances:
        comparison = outcomes.get(entry.service)
        if comparison is None or comparison.outcome in {Outcome.NEW_REFUSED, Outcome.OLD_REFUSED}:
            continue  # nobody looked
        if entry.change not in {verdict.key for verdict in comparison.verdicts if verdict.hurts}:
            message = f"{entry.service!r} has no such change {entry.rule!r} any more, since {comparison.old_name}"
            yield warning("acceptance-stale", entry.place, message, hint="remove the entry")
        elif entry.has_expired(today):
            message = f"nobody agrees to {entry.rule!r} of {entry.service!r} since {entry.expires}"
            hint = f"ask {entry.owner}, then remove the entry or the change"
            yield warning("acceptance-expired", entry.place, message, hint=hint)


def orphaned(acceptances: Iterable[Acceptance], comparisons: Iterable[Comparison]) -> Iterator[Finding]:
    """Yield what is to be said of *acceptances* whose service is not among *comparisons*, which are all there are."""
    known = {comparison.service for comparison in comparisons}
    for entry in acceptances:
        if entry.service not in known:
            yield warning(
                "acceptance-stale", entry.place, f"there is no service {entry.service!r}", hint="remove the entry"
            )
