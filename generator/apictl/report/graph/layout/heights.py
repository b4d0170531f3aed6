"""How high nodes stand: near their neighbours, in the order of their layer, with room between."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from apictl.report.graph.layout.layers import Edge

_ROUNDS: Final = 12


def middles(levels: Sequence[Sequence[int]], edges: Sequence[Edge], heights: Sequence[float]) -> tuple[float, ...]:
    """Return the middle of each node, whose *heights* hold the room around it; the topmost begins at 0."""
    neighbours: list[list[int]] = [[] for _ in heights]
    for source, target in edges:
        neighbours[source].append(target)
        neighbours[target].append(source)
    found = [0.0] * len(heights)
    for level in levels:
        top = 0.0
        for node in level:
            found[node] = top + heights[node] / 2
            top += heights[node]
    for turn in range(_ROUNDS):
        for level in levels if turn % 2 == 0 else reversed(levels):
            wanted = [_mean([found[each] for each in neighbours[node]], found[node]) for node in level]
            for node, middle in zip(level, _spread(wanted, [heights[node] for node in level]), strict=True):
                found[node] = middle
    top = min((found[node] - heights[node] / 2 for level in levels for node in level), default=0.0)
    return tuple(middle - top for middle in found)


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def _spread(wanted: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Return middles as near to *wanted* as can be, by squares, that keep their order and their room.

    Without the room that lies before each it is a regression that never falls: neighbours that violate the order are
    pooled.
    """
    offsets, top = [], 0.0
    for height in heights:
        offsets.append(top + height / 2)
        top += height
    pools: list[tuple[float, int]] = []  # sum and number
    for middle, offset in zip(wanted, offsets, strict=True):
        total, number = middle - offset, 1
        while pools and pools[-1][0] / pools[-1][1] > total / number:
            before = pools.pop()
            total, number = total + before[0], number + before[1]
        pools.append((total, number))
    flat = [total / number for total, number in pools for _ in range(number)]
    return [base + offset for base, offset in zip(flat, offsets, strict=True)]
