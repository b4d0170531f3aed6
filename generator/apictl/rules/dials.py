"""What a team may set about the judgement of changes."""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Final

from apictl.findings import Severity

STABILITY_LEVELS: Final = ("draft", "alpha", "beta", "stable")
"""Levels of `x-stability-level`, the least promise first; who says nothing promises everything."""


@dataclass(frozen=True, slots=True)
class SeverityOverride:
    """A weight that a team gives to changes.

    Attributes:
        rule: id, or a pattern with `*`.
        path: of the operation, or a pattern with `*`.
        severity: None to say nothing at all.
    """

    rule: str
    path: str
    severity: Severity | None

    def holds(self, rule: str, path: str) -> bool:
        """Whether this is about a change of *rule* at the operation *path*."""
        return fnmatchcase(rule, self.rule) and fnmatchcase(path, self.path)


class Compatibility(enum.Enum):
    """What a log that is kept asks of its messages, beside what the direction asks of them."""

    BACKWARD = "backward"
    """Who reads with the new contract understands what was written with the old one."""
    FORWARD = "forward"
    """Who reads with the old contract understands what is written with the new one."""
    FULL = "full"
    """Both."""


@dataclass(frozen=True, slots=True)
class ChannelCompatibility:
    """What is asked of the messages of some channels.

    Attributes:
        channel: address, or a pattern with `*`.
        compatibility: that is asked for.
    """

    channel: str
    compatibility: Compatibility


@dataclass(frozen=True, slots=True)
class Dials:
    """How a team wants changes to be judged.

    Attributes:
        today: what sunsets are compared with; None when none has passed.
        open_enums: readers expect values that an enum does not list yet.
        tolerant_readers: readers ignore members that they do not know, also where a schema forbids them.
        open_statuses: callers treat a status that they do not know as its class (RFC 9110, 15).
        unpromised: levels of stability that promise nothing.
        deprecation_days: days that must lie between a deprecation and its sunset; 0 asks for no sunset.
        is_sunset_needed: only what is deprecated *and* past its sunset may go; else a deprecation without one will do.
        is_respelling_told: schemas that are written otherwise and allow the same are told of, too.
        severities: the last that holds decides.
        compatibilities: of channels whose messages are kept; all that hold are asked for.
    """

    today: dt.date | None = None
    open_enums: bool = False
    tolerant_readers: bool = True
    open_statuses: bool = True
    unpromised: frozenset[str] = frozenset({"draft", "alpha"})
    deprecation_days: int = 0
    is_sunset_needed: bool = True
    is_respelling_told: bool = False
    severities: tuple[SeverityOverride, ...] = ()
    compatibilities: tuple[ChannelCompatibility, ...] = ()
