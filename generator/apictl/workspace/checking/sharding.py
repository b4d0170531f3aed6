"""A fleet divided among machines: balanced by size, the same on each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from apictl.errors import ApictlError

_SHARD: Final = re.compile(r"([0-9]{1,5})/([0-9]{1,5})")


@dataclass(frozen=True, slots=True)
class Shard:
    """One part of several.

    Attributes:
        index: 1-based.
        count: how many there are.
    """

    index: int = 1
    count: int = 1

    @property
    def is_first(self) -> bool:
        """Whether this one tells what is about no service in particular."""
        return self.index == 1


def shard_of(text: str) -> Shard:
    """Return what *text*, as "2/8", means; all in one for "".

    Raises:
        ApictlError: it means none.
    """
    if not text:
        return Shard()
    found = _SHARD.fullmatch(text)
    shard = Shard(int(found[1]), int(found[2])) if found else Shard(0, 0)
    if not 1 <= shard.index <= shard.count:
        raise ApictlError(f"--shard {text[:20]!r} is no part of several", hint="as in --shard 2/8, the second of eight")
    return shard


def divided(weights: Mapping[str, int], count: int) -> tuple[tuple[str, ...], ...]:
    """Return the names of *weights* in *count* groups of about the same weight, each sorted; some may be empty."""
    groups: list[list[str]] = [[] for _ in range(count)]
    loads = [0] * count
    for name in sorted(weights, key=lambda name: (-weights[name], name)):
        at = min(range(count), key=lambda index: (loads[index], len(groups[index]), index))
        groups[at].append(name)
        loads[at] += weights[name]
    return tuple(tuple(sorted(group)) for group in groups)


def matrix(weights: Mapping[str, int], most: int) -> dict[str, list[dict[str, str]]]:
    """Return the jobs, *most* at most, that check the services of *weights*: `include` of a matrix in a workflow."""
    count = max(1, min(most, len(weights)))
    groups = divided(weights, count) if weights else ()
    return {"include": [_job(group, at, count) for at, group in enumerate(groups, start=1)]}


def _job(group: Iterable[str], index: int, count: int) -> dict[str, str]:
    return {"shard": f"{index}/{count}", "services": " ".join(group)}
