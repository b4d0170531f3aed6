"""The order within layers: links cross seldom."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Sequence
from typing import Final

from apictl.report.graph.layout.layers import Edge

_SWEEPS: Final = 16
_COUNTED: Final = 20_000
"""Most edges whose crossings are counted; of more the last order is taken."""


def ordered(levels: Sequence[Sequence[int]], edges: Sequence[Edge]) -> tuple[tuple[int, ...], ...]:
    """Return *levels* with the nodes of each put in order; every one of *edges* leads from one level to the next."""
    before: dict[int, list[int]] = {}
    after: dict[int, list[int]] = {}
    for source, target in edges:
        after.setdefault(source, []).append(target)
        before.setdefault(target, []).append(source)
    current = [list(level) for level in levels]
    best, fewest = [list(level) for level in current], _crossings(current, after, edges)
    for sweep in range(_SWEEPS):
        is_down = sweep % 2 == 0
        way = range(1, len(current)) if is_down else range(len(current) - 2, -1, -1)
        for at in way:
            beside = current[at - 1] if is_down else current[at + 1]
            _sort(current[at], beside, before if is_down else after)
        crossings = _crossings(current, after, edges)
        if crossings < fewest or len(edges) > _COUNTED:
            best, fewest = [list(level) for level in current], crossings
    return tuple(map(tuple, best))


def _sort(level: list[int], beside: Sequence[int], neighbours: dict[int, list[int]]) -> None:
    """Sort *level* by the middle of the neighbours in *beside*; who has none stays where it is."""
    places = {node: place for place, node in enumerate(beside)}
    wanted: dict[int, float] = {}
    for place, node in enumerate(level):
        found = [places[each] for each in neighbours.get(node, ()) if each in places]
        wanted[node] = sum(found) / len(found) if found else place * len(beside) / max(1, len(level))
    level.sort(key=lambda node: wanted[node])


def _crossings(levels: Sequence[Sequence[int]], after: dict[int, list[int]], edges: Sequence[Edge]) -> int:
    if len(edges) > _COUNTED:
        return 0
    total = 0
    for level, beside in itertools.pairwise(levels):
        places = {node: place for place, node in enumerate(beside)}
        ended: list[int] = []
        for node in level:
            ends = sorted(places[target] for target in after.get(node, ()) if target in places)
            total += sum(len(ended) - bisect.bisect_right(ended, end) for end in ends)
            for end in ends:
                bisect.insort(ended, end)
    return total
