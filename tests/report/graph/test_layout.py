"""Layers, order and places of a drawing."""

from __future__ import annotations

import itertools
import random

import pytest

from apictl.report.graph.layout.layers import layers, straightened
from apictl.report.graph.layout.order import ordered
from apictl.report.graph.layout.place import Size, layout

SIZE = Size(80, 30)


def drawn(count: int, *edges: tuple[int, int]) -> list[tuple[float, float]]:
    return list(layout([SIZE] * count, edges).corners)


def test_links_lead_to_the_right() -> None:
    corners = drawn(3, (0, 1), (1, 2), (0, 2))

    assert corners[0][0] < corners[1][0] < corners[2][0]


def test_of_a_circle_one_link_is_turned() -> None:
    edges = [(0, 1), (1, 2), (2, 0)]

    turned = straightened(3, edges)

    assert sum(edge != other for edge, other in zip(edges, turned, strict=True)) == 1
    assert layout([SIZE] * 3, edges).is_turned == tuple(
        edge != other for edge, other in zip(edges, turned, strict=True)
    )


def test_source_stands_beside_what_it_leads_to() -> None:
    assert layers(4, [(0, 1), (1, 2), (3, 2)]) == (0, 1, 2, 1)


def test_order_takes_crossings_out() -> None:
    assert ordered([(0, 1), (2, 3)], [(0, 3), (1, 2)]) in {((0, 1), (3, 2)), ((1, 0), (2, 3))}


def test_nothing_is_drawn_of_nothing() -> None:
    assert layout([], []).corners == ()
    assert layout([SIZE], [(0, 0)]).routes == ((),)


@pytest.mark.parametrize("seed", range(20))
def test_boxes_never_overlap_and_links_end_at_their_boxes(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.randint(2, 60)
    edges = list({(chance.randrange(count), chance.randrange(count)) for _ in range(chance.randint(1, 150))})
    sizes = [Size(chance.randint(40, 200), 30) for _ in range(count)]

    placed = layout(sizes, edges)

    boxes = [(x, y, x + size.width, y + size.height) for (x, y), size in zip(placed.corners, placed.sizes, strict=True)]
    for at, one in enumerate(boxes):
        assert one[0] >= 0
        assert one[1] >= 0
        assert one[2] <= placed.size.width
        assert one[3] <= placed.size.height + 0.001
        for other in boxes[:at]:
            assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for (source, target), route, is_turned in zip(edges, placed.routes, placed.is_turned, strict=True):
        if source == target:
            assert route == ()
            continue
        start, end = (target, source) if is_turned else (source, target)
        assert route[0][0] == boxes[start][2]
        assert boxes[start][1] < route[0][1] < boxes[start][3]
        assert route[-1][0] == boxes[end][0]
        assert boxes[end][1] < route[-1][1] < boxes[end][3]
        assert all(one[0] <= other[0] for one, other in itertools.pairwise(route))


@pytest.mark.parametrize("seed", range(5))
def test_links_pass_no_box(seed: int) -> None:
    chance = random.Random(seed)
    edges = list({(one, other) for one in range(30) for other in range(30) if one < other and chance.random() < 0.1})

    placed = layout([SIZE] * 30, edges)

    for route in placed.routes:
        for (x, y), (to_x, to_y) in zip(route[1:-1:2], route[2:-1:2], strict=True):
            assert y == to_y
            for (left, top), size in zip(placed.corners, placed.sizes, strict=True):
                assert to_x <= left or left + size.width <= x or not top < y < top + size.height
