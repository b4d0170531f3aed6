"""From what changed to what is said of it: weight, identity, who is hit, whether somebody agreed."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, assert_never

from apictl.contract.contract import Contract
from apictl.diff.changes import Change, Use
from apictl.diff.events.pairs import EventOperationPair
from apictl.diff.events.walk import event_pairs
from apictl.diff.law import Effect, Side
from apictl.diff.operations import operation_pairs
from apictl.diff.schemas.difference import Step, ValuePath
from apictl.findings import Finding, Place, Severity
from apictl.report.diff.verdict import Agreement, Consumer, Verdict
from apictl.rules.dials import Dials
from apictl.rules.severity import severity
from apictl.workspace.acceptances import Acceptance
from apictl.workspace.comparing import ContractPair, Source
from apictl.workspace.judging import Judging
from apictl.workspace.manifest import Service

SERVICE_REMOVED = "service-removed"
_READ: Final = ("payload of message ", "payload of reply message ", "response ")


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What is known besides the contracts.

    Attributes:
        services: of the workspace, which say whom they consume.
        acceptances: that count today.
        judging: how the team wants changes to be judged.
        today: what sunsets are compared with.
    """

    services: tuple[Service, ...]
    acceptances: tuple[Acceptance, ...]
    judging: Judging
    today: dt.date

    def dials(self, service: str) -> Dials:
        """Return how changes of *service* are judged."""
        return self.judging.of(service, self.today)


def judged(
    changes: Iterable[Change], pair: ContractPair, circumstances: Circumstances, *, former_ids: Mapping[str, str]
) -> tuple[Verdict, ...]:
    """Return what is said of *changes*, whose places have their lines; without those that the team wants untold.

    *former_ids* are ids of operations in the old contract by those in the new one.
    """
    agreements = {each.change: each for each in circumstances.acceptances if each.service == pair.service}
    return tuple(_verdicts(changes, pair, circumstances, agreements=agreements, former_ids=former_ids))


def removed(pair: ContractPair, old: Source) -> Change:
    """Return the change that *pair*, which was at *old*, is gone."""
    place = Place(old.shown)
    message = f"service {pair.service!r} has no contract any more"
    return Change(SERVICE_REMOVED, Effect.NARROWS, Side.ACCEPTS, message, (Use("", "", ""),), place, place)


def former_ids(old: Contract, new: Contract) -> Mapping[str, str]:
    """Return the old id of each operation that is called differently now, by the new one."""
    pairs = [(pair.old, pair.new) for pair in operation_pairs(old, new)]
    known = {now.id: was.id for was, now in pairs if was is not None and now is not None and was.id != now.id}
    events = [(pair.old, pair.new) for pair in event_pairs(old, new) if isinstance(pair, EventOperationPair)]
    return known | {now.id: was.id for was, now in events if was is not None and now is not None and was.id != now.id}


def located(change: Change, old: Callable[[Place], Place], new: Callable[[Place], Place]) -> Change:
    """Return *change* with lines, and paths as a person sees them."""
    return dataclasses.replace(change, old=old(change.old), new=new(change.new))


def key_of(change: Change, service: str) -> str:
    """Return the hash of what *change* is, wherever in the text it stands now."""
    content = [
        *(service, change.rule, change.effect.value, change.side.value),
        *(change.old.pointer, change.new.pointer, _steps(change.path), dict(change.facts)),
    ]
    text = json.dumps(content, sort_keys=True, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _verdicts(
    changes: Iterable[Change],
    pair: ContractPair,
    circumstances: Circumstances,
    *,
    agreements: Mapping[str, Acceptance],
    former_ids: Mapping[str, str],
) -> Iterator[Verdict]:
    dials = circumstances.dials(pair.service)
    for change in changes:
        weight = severity(change, dials)
        if weight is None:
            continue
        key = key_of(change, pair.service)
        hurts = change.is_breaking or bool(change.risk)
        acceptance = agreements.get(key) if hurts else None
        hit = _hit(change, pair.service, circumstances.services, former_ids) if hurts else ()
        weight = Severity.INFO if acceptance is not None else weight
        finding = Finding(change.rule, weight, change.message, change.new, hint=change.hint or None)
        yield Verdict(change, finding, key, pair.service, hit, None if acceptance is None else _agreement(acceptance))


def _agreement(acceptance: Acceptance) -> Agreement:
    return Agreement(acceptance.owner, acceptance.reason, acceptance.expires.isoformat(), acceptance.place)


def _hit(
    change: Change, service: str, services: Iterable[Service], former_ids: Mapping[str, str]
) -> tuple[Consumer, ...]:
    return tuple(
        Consumer(each.name, each.owner)
        for each in services
        if service in dict(each.consumes) and _is_hit(change, service, each, former_ids)
    )


def _is_hit(change: Change, service: str, consumer: Service, former_ids: Mapping[str, str]) -> bool:
    called = dict(consumer.consumes)[service]
    reads = {operation: fields for provider, operation, fields in consumer.reads if provider == service}
    for use in change.uses:
        if not use.operation_id:
            return True
        names = {use.operation_id, former_ids.get(use.operation_id, use.operation_id)} & set(called)
        if any(name not in reads or _is_read(change.side, use, reads[name]) for name in names):
            return True
    return False


def _is_read(side: Side, use: Use, fields: tuple[str, ...]) -> bool:
    """Whether what is felt at *use* is one of *fields* of what is read, in one or around one; true of all else."""
    match side:
        case Side.PRODUCES if use.part.startswith(_READ):
            names = [step for step in use.path if isinstance(step, str)]
            return any(all(a == b for a, b in zip(names, field.split("."), strict=False)) for field in fields)
        case Side.PRODUCES | Side.ACCEPTS:
            return True
        case _:
            assert_never(side)


def _steps(path: ValuePath) -> list[str | int]:
    return [step.value if isinstance(step, Step) else step for step in path]
