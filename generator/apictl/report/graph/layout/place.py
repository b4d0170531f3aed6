"""Nodes and links with their coordinates."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from apictl.report.graph.layout.heights import middles
from apictl.report.graph.layout.layers import Edge, layers, straightened
from apictl.report.graph.layout.order import ordered

Point: TypeAlias = tuple[float, float]
Span: TypeAlias = tuple[float, float]

_GAP: Final = 14
_LANE: Final = 8
_BETWEEN: Final = 52
_WIDEST_GAP: Final = 220
_PORT: Final = 7
_MARGIN: Final = 12
_BENDS: Final = 20_000
"""Most places at which links pass a layer; of more they go straight."""


@dataclass(frozen=True, slots=True)
class Size:
    """Of a node."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Where everything is; x grows to the right and y downwards.

    Attributes:
        corners: the left upper one of each node.
        sizes: of each node; higher than asked for where many links end.
        routes: of each link the points that it passes, from left to right; empty of a loop.
        is_turned: of each link, whether its route is passed from right to left.
        size: of the whole.
    """

    corners: tuple[Point, ...]
    sizes: tuple[Size, ...]
    routes: tuple[tuple[Point, ...], ...]
    is_turned: tuple[bool, ...]
    size: Size


def layout(sizes: Sequence[Size], edges: Sequence[Edge]) -> Layout:
    """Return where to draw nodes of *sizes* and *edges* between them."""
    count = len(sizes)
    turned = straightened(count, edges)
    level_of = list(layers(count, turned))
    grown = _grown(sizes, turned)
    chains = _chains(turned, level_of, count)
    nodes: list[list[int]] = [[] for _ in range(max(level_of, default=-1) + 1)]
    for node, level in enumerate(level_of):
        nodes[level].append(node)
    steps = [step for chain in chains for step in itertools.pairwise(chain)]
    levels = ordered(nodes, steps)
    heights = [size.height + _GAP for size in grown] + [_LANE] * (len(level_of) - count)
    ys = middles(levels, steps, heights)
    columns = _columns(levels, grown, steps, level_of)
    corners = tuple(
        (columns[level_of[at]][0] + _MARGIN, ys[at] - size.height / 2 + _MARGIN) for at, size in enumerate(grown)
    )
    spans = [(left + _MARGIN, right + _MARGIN) for left, right in columns]
    bends = {at: _Bend(*spans[level_of[at]], ys[at] + _MARGIN) for at in range(count, len(level_of))}
    routes = _Routes(corners, grown, bends).of(chains)
    bottom = max((corner[1] + size.height for corner, size in zip(corners, grown, strict=True)), default=0.0)
    low = max((y for route in routes for _, y in route), default=0.0)
    is_turned = tuple(edge != other for edge, other in zip(edges, turned, strict=True))
    return Layout(
        corners,
        grown,
        routes,
        is_turned,
        Size(columns[-1][1] + 2 * _MARGIN if columns else 0, max(bottom, low) + _MARGIN),
    )


def _grown(sizes: Sequence[Size], edges: Sequence[Edge]) -> tuple[Size, ...]:
    """Return *sizes* with room for all links that come from the left, or go to the right."""
    out, into = [0] * len(sizes), [0] * len(sizes)
    for source, target in edges:
        if source != target:
            out[source] += 1
            into[target] += 1
    return tuple(
        Size(size.width, max(size.height, _PORT * max(out[at], into[at]) + _PORT)) for at, size in enumerate(sizes)
    )


def _chains(edges: Sequence[Edge], level_of: list[int], count: int) -> tuple[tuple[int, ...], ...]:
    """Return the nodes that each edge passes, with a bend, a node from *count* on, for each layer between."""
    chains: list[tuple[int, ...]] = []
    for source, target in edges:
        chain = [source]
        if source != target:
            for level in range(level_of[source] + 1, level_of[target]):
                if len(level_of) - count >= _BENDS:
                    break
                chain.append(len(level_of))
                level_of.append(level)
            chain.append(target)
        chains.append(tuple(chain))
    return tuple(chains)


def _columns(
    levels: Sequence[Sequence[int]], sizes: Sequence[Size], steps: Sequence[Edge], level_of: Sequence[int]
) -> tuple[Span, ...]:
    """Return where each layer begins and ends; much traffic gets more room."""
    crossing = [0] * len(levels)
    for source, _ in steps:
        crossing[level_of[source]] += 1
    found: list[Span] = []
    left = 0.0
    for at, level in enumerate(levels):
        right = left + max((sizes[node].width for node in level if node < len(sizes)), default=0.0)
        found.append((left, right))
        left = right + min(_WIDEST_GAP, _BETWEEN + 2 * crossing[at])
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Bend:
    """Where a link passes a layer."""

    left: float
    right: float
    middle: float

    @property
    def points(self) -> tuple[Point, Point]:
        """Where it enters and where it leaves."""
        return (self.left, self.middle), (self.right, self.middle)


class _Routes:
    """Gives every link its own port at both of its nodes, in the order of where it comes from or goes to."""

    def __init__(self, corners: Sequence[Point], sizes: Sequence[Size], bends: dict[int, _Bend]) -> None:
        self._corners = corners
        self._sizes = sizes
        self._bends = bends

    def of(self, chains: Sequence[tuple[int, ...]]) -> tuple[tuple[Point, ...], ...]:
        """Return the points that each of *chains* passes; none for one of a single node."""
        out: dict[int, list[tuple[float, int]]] = {}
        into: dict[int, list[tuple[float, int]]] = {}
        for at, chain in enumerate(chains):
            if len(chain) > 1:
                out.setdefault(chain[0], []).append((self._height(chain[1]), at))
                into.setdefault(chain[-1], []).append((self._height(chain[-2]), at))
        starts = {at: y for node, found in out.items() for at, y in self._ports(node, found)}
        ends = {at: y for node, found in into.items() for at, y in self._ports(node, found)}
        return tuple(
            (
                (self._corners[chain[0]][0] + self._sizes[chain[0]].width, starts[at]),
                *(point for bend in chain[1:-1] for point in self._bends[bend].points),
                (self._corners[chain[-1]][0], ends[at]),
            )
            if len(chain) > 1
            else ()
            for at, chain in enumerate(chains)
        )

    def _height(self, node: int) -> float:
        if node in self._bends:
            return self._bends[node].middle
        return self._corners[node][1] + self._sizes[node].height / 2

    def _ports(self, node: int, found: list[tuple[float, int]]) -> list[tuple[int, float]]:
        top, step = self._corners[node][1], self._sizes[node].height / (len(found) + 1)
        return [(at, top + step * place) for place, (_, at) in enumerate(sorted(found), start=1)]
