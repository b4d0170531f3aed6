"""Layers: every link goes to the right, but for those that close a circle."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Edge: TypeAlias = tuple[int, int]
"""Indices of the nodes that it comes from and goes to."""


def straightened(count: int, edges: Sequence[Edge]) -> tuple[Edge, ...]:
    """Return *edges* between *count* nodes with few of them turned round so that no circle is left but loops.

    Nodes are put in a row, and edges that lead back are turned: first of those left comes who has nothing before it,
    last who has nothing behind it, else the one with the most behind it that is not before it (Eades, Lin, Smyth).
    """
    place = {node: at for at, node in enumerate(_row(count, edges))}
    return tuple((target, source) if place[source] > place[target] else (source, target) for source, target in edges)


def layers(count: int, edges: Sequence[Edge]) -> tuple[int, ...]:
    """Return the layer of each of *count* nodes: right of all it comes from, as near as can be to where it goes.

    *edges* make no circles, loops apart.
    """
    forward: list[list[int]] = [[] for _ in range(count)]
    waiting_for = [0] * count
    for source, target in {edge for edge in edges if edge[0] != edge[1]}:
        forward[source].append(target)
        waiting_for[target] += 1
    has_sources = [number > 0 for number in waiting_for]
    order = [node for node in range(count) if not waiting_for[node]]
    found = [0] * count
    for node in order:  # grows as it is gone through
        for target in sorted(forward[node]):
            found[target] = max(found[target], found[node] + 1)
            waiting_for[target] -= 1
            if not waiting_for[target]:
                order.append(target)
    for node in range(count):
        if not has_sources[node] and forward[node]:
            found[node] = min(found[target] for target in forward[node]) - 1
    return tuple(found)


def _row(count: int, edges: Sequence[Edge]) -> list[int]:
    after: list[set[int]] = [set() for _ in range(count)]
    before: list[set[int]] = [set() for _ in range(count)]
    for source, target in edges:
        if source != target:
            after[source].add(target)
            before[target].add(source)
    left = dict.fromkeys(range(count))
    firsts: list[int] = []
    lasts: list[int] = []
    while left:
        ends = [node for node in left if not after[node] or not before[node]]
        for node in ends or [max(left, key=lambda node: (len(after[node]) - len(before[node]), -node))]:
            (lasts if not after[node] and before[node] else firsts).append(node)
            del left[node]
            for other in after[node]:
                before[other].discard(node)
            for other in before[node]:
                after[other].discard(node)
    return firsts + lasts[::-1]
