"""All changes between two contracts: every rule at every pair, and every difference of schemas."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from apictl.contract.contract import Contract
from apictl.diff.changes import Cause, Change, use_of
from apictl.diff.events.pairs import MessagePair
from apictl.diff.law import breaks
from apictl.diff.pairs import SchemaPair
from apictl.diff.schemas.comparison import SchemaComparison
from apictl.diff.walk import AnyPair, pairs
from apictl.diff.witnesses.search import Witnesses
from apictl.rules.catalogue import rules_by_pair
from apictl.rules.compatibility import judged_side
from apictl.rules.coverage import judged
from apictl.rules.dials import Dials
from apictl.rules.rule import Happening
from apictl.rules.schemas.gathering import Gathering
from apictl.rules.tolerance import unpromised, waiver

_LENGTH: Final = 200


def changes(old: Contract, new: Contract, dials: Dials) -> tuple[Change, ...]:
    """Return what happened between *old* and *new*, harmless changes too, in the order of the new document.

    What is gone comes where it was. A cause that is felt in many places is one change that names them all.
    """
    plain: dict[Cause, list[Change]] = {}
    comparison = SchemaComparison(old.definitions, new.definitions)
    gathering = Gathering(comparison, dials)
    order: dict[Cause, None] = {}
    for pair in pairs(old, new):
        if isinstance(pair, SchemaPair):
            order |= dict.fromkeys(gathering.add(pair))
            continue
        whole = judged(pair, comparison) if isinstance(pair, MessagePair) else pair
        for cause, change in _seen(whole, dials):
            order[cause] = None
            plain.setdefault(cause, []).append(change)
    witnesses = Witnesses(old.definitions, new.definitions)
    told = (_merged(plain[one]) if one in plain else gathering.change(one, witnesses) for one in order)
    return tuple(change for change in told if change is not None)


def _seen(pair: AnyPair, dials: Dials) -> Iterator[tuple[Cause, Change]]:
    """Yield what the rules see at *pair*, each with what tells it from others."""
    for rule in rules_by_pair()[type(pair)]:
        for happening in rule.happenings(pair, dials):
            change = _change(rule.id, happening, pair, dials)
            # A thing that one contract lacks is told apart by where the other has it, be it shared by many operations.
            places = (pair.old and change.old, pair.new and change.new)
            facts = json.dumps(dict(change.facts), sort_keys=True)
            yield (change.rule, change.effect, change.side, *places, facts, change.waiver), change


def _change(rule: str, happening: Happening, pair: AnyPair, dials: Dials) -> Change:
    side = happening.side or judged_side(pair.spot, happening.effect, dials)
    waived = waiver(pair, rule, dials, side=side) if breaks(side, happening.effect) else ""
    is_breaking = breaks(side, happening.effect) and not waived
    return Change(
        rule=rule,
        effect=happening.effect,
        side=side,
        message=_cut(happening.message),
        uses=(use_of(pair.spot),),
        old=happening.old or pair.spot.old,
        new=happening.new or pair.spot.new,
        facts=happening.facts,
        hint=happening.hint,
        waiver=waived,
        risk="" if is_breaking or unpromised(pair.spot, dials) else happening.risk,
    )


def _merged(changes: list[Change]) -> Change:
    """Return the *changes* of one cause as one, which tells of the first and names all."""
    first = changes[0]
    uses = tuple(dict.fromkeys(use for change in changes for use in change.uses))
    others = len({use.label for use in uses}) - 1
    if not others:
        return replace(first, uses=uses)
    return replace(first, uses=uses, message=f"{first.message} (and {others} more operation{'s'[: others > 1]})")


def _cut(message: str) -> str:
    return message if len(message) <= _LENGTH else message[: _LENGTH - 1] + "…"
