"""What a rule about changes is made of, and how a function becomes one."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

from apictl.contract.schema import JsonValue
from apictl.diff.law import Effect, Side
from apictl.diff.walk import AnyPair
from apictl.findings import Place
from apictl.rules.dials import Dials

PairT = TypeVar("PairT", bound=AnyPair)


@dataclass(frozen=True, slots=True)
class Happening:
    """What a rule saw at a pair.

    Attributes:
        effect: on what is allowed there; the law makes the level of it.
        message: one sentence: thing, state; lower case but for names, no full stop.
        facts: what the message says, by name.
        hint: what to do, when it is known.
        side: when it is not the pair's: what the service offers is accepted from those who ask for it.
        old: the place when it is not the pair's.
        new: the place when it is not the pair's.
        risk: why it hurts often where it breaks nobody who keeps to the contract; "" when it doesn't.
    """

    effect: Effect
    message: str
    facts: Mapping[str, JsonValue] = field(default_factory=lambda: MappingProxyType({}))
    hint: str = ""
    side: Side | None = None
    old: Place | None = None
    new: Place | None = None
    risk: str = ""


@dataclass(frozen=True, slots=True)
class Rule(Generic[PairT]):
    """A kind of event between two contracts.

    Attributes:
        id: in kebab case, named after the event.
        page: what breaks, for whom, an example, what to do; CommonMark text.
        pair: what it looks at.
        find: yields what happened.
    """

    id: str
    page: str
    pair: type[PairT]
    find: Callable[[PairT, Dials], Iterator[Happening]]

    def happenings(self, pair: AnyPair, dials: Dials) -> Iterator[Happening]:
        """Yield what happened at *pair*, of whatever kind it is."""
        if isinstance(pair, self.pair):
            yield from self.find(pair, dials)


def rule(rule_id: str, pair: type[PairT]) -> Callable[[Callable[[PairT], Iterator[Happening]]], Rule[PairT]]:
    """Return what makes a rule of a function over one kind of *pair*; the page is the docstring of its module."""

    def made(find: Callable[[PairT], Iterator[Happening]]) -> Rule[PairT]:
        return Rule(rule_id, _page(find), pair, lambda one, _dials: find(one))

    return made


def dialled_rule(
    rule_id: str, pair: type[PairT]
) -> Callable[[Callable[[PairT, Dials], Iterator[Happening]]], Rule[PairT]]:
    """Return what makes a rule of a function that asks for the team's dials, too."""

    def made(find: Callable[[PairT, Dials], Iterator[Happening]]) -> Rule[PairT]:
        return Rule(rule_id, _page(find), pair, find)

    return made


def _page(function: Callable[..., Iterator[Happening]]) -> str:
    return sys.modules[function.__module__].__doc__ or ""
