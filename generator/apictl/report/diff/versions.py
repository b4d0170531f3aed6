"""Semantic versions: what changes ask for, and whether `info.version` agrees (semver.org, 2.0.0)."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_VERSION: Final = re.compile(
    r"v?(0|[1-9][0-9]{0,8})\.(0|[1-9][0-9]{0,8})(?:\.(0|[1-9][0-9]{0,8}))?(?:-([0-9A-Za-z.-]+))?(?:\+[0-9A-Za-z.-]+)?"
)


class Bump(enum.IntEnum):
    """Which part of a version a change asks to be raised."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Advice:
    """What the changes of one contract ask of its version.

    Attributes:
        bump: the part to raise.
        wanted: the least version that does; "" when the old one is not semantic.
        agrees: whether the new version is at least that; None when a version is not semantic.
    """

    bump: Bump
    wanted: str = ""
    agrees: bool | None = None


def advice(bumps: Iterable[Bump], *, old: str, new: str) -> Advice:
    """Return what *bumps* ask for when the version goes from *old* to *new*."""
    bump = max(bumps, default=Bump.NONE)
    before, after = _parsed(old), _parsed(new)
    if before is None:
        return Advice(bump)
    wanted = _raised(before, bump)
    shown = ".".join(str(part) for part in wanted)
    if after is None:
        return Advice(bump, shown)
    # While a major version is being prepared as 4.0.0-rc.1, it agrees as 4.0.0 does.
    return Advice(bump, shown, after >= wanted)


_Version = tuple[int, int, int]


def _parsed(text: str) -> _Version | None:
    found = _VERSION.fullmatch(text.strip())
    return None if found is None else (int(found[1]), int(found[2]), int(found[3] or 0))


def _raised(version: _Version, bump: Bump) -> _Version:
    major, minor, patch = version
    match bump:
        case Bump.NONE:
            return version
        case Bump.PATCH:
            return (major, minor, patch + 1)
        case Bump.MINOR:
            return (major, minor + 1, 0)
        case Bump.MAJOR:
            # Before 1.0.0 anything may change (semver.org, 4); custom is to raise the minor version.
            return (major + 1, 0, 0) if major else (0, minor + 1, 0)
