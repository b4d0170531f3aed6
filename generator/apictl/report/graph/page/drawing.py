"""From a picture to lines and boxes with their coordinates."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from apictl.report.graph.layout.place import Layout, Point, Size, layout
from apictl.report.graph.page.views import LinkView, MapView, NodeView
from apictl.report.graph.picture import Link, LinkKind, Node, NodeKind, Picture
from apictl.report.text import columns

_LETTER: Final = 7.6
_ROOM: Final = 26
_NARROWEST: Final = 70
_HEIGHT: Final = 30
_LABEL: Final = 30
"""Most columns of a label."""
_HEAD: Final = 8
_WORDS: Final = {LinkKind.CALL: "calls", LinkKind.SEND: "sends", LinkKind.RECEIVE: "is received by"}
_TITLE: Final = 400


def map_of(picture: Picture) -> MapView | None:
    """Return the drawing of *picture*, without what nothing goes to or comes from; None when nothing is left."""
    shown = sorted({at for link in picture.links for at in (link.source, link.target)})
    if not shown:
        return None
    index = {at: place for place, at in enumerate(shown)}
    labels = [_cut(picture.nodes[at].label) for at in shown]
    sizes = [Size(max(_NARROWEST, columns(label) * _LETTER + _ROOM), _HEIGHT) for label in labels]
    placed = layout(sizes, [(index[link.source], index[link.target]) for link in picture.links])
    near = _neighbours(picture.links)
    nodes = tuple(
        _node(picture.nodes[at], label, (at, sorted(near[at])), placed=(placed.corners[place], placed.sizes[place]))
        for place, (at, label) in enumerate(zip(shown, labels, strict=True))
    )
    links = tuple(_links(picture, placed))
    return MapView(round(placed.size.width), round(placed.size.height), links, nodes)


def pointing_rules(picture: Picture) -> str:
    """Return the style by which all fades that has nothing to do with the node that is pointed at; numbers only."""
    shown = sorted({at for link in picture.links for at in (link.source, link.target)})
    return "\n".join(
        f".map:has(.n{at}:is(:hover, :focus-visible)) :is(.link:not(.t{at}), .node:not(.b{at})) {{ opacity: .12; }}"
        for at in shown
    )


def element_id(at: int) -> str:
    """Return the id of the element that tells of the service at index *at*."""
    return f"s{at}"


def _neighbours(links: Iterable[Link]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    for link in links:
        found.setdefault(link.source, {link.source}).add(link.target)
        found.setdefault(link.target, {link.target}).add(link.source)
    return found


def _node(node: Node, label: str, near: tuple[int, Sequence[int]], *, placed: tuple[Point, Size]) -> NodeView:
    (x, y), size = placed
    at, others = near
    classes = ["node", node.kind.value, *(["faulty"] if node.is_faulty else []), f"n{at}"]
    return NodeView(
        id=element_id(at) if node.kind is not NodeKind.CHANNEL else "",
        classes=" ".join([*classes, *(f"b{other}" for other in others)]),
        title=f"{node.label} ({node.detail})" if node.detail else node.label,
        label=label,
        x=round(x),
        y=round(y),
        width=round(size.width),
        height=round(size.height),
        middle=round(x + size.width / 2),
        line=round(y + size.height / 2),
    )


def _links(picture: Picture, placed: Layout) -> Iterator[LinkView]:
    for link, route, is_turned in zip(picture.links, placed.routes, placed.is_turned, strict=True):
        if len(route) < 2:  # noqa: PLR2004 - a line has two ends
            continue
        points = tuple((round(x), round(y)) for x, y in route)
        classes = ["link", link.kind.value, *(["faulty"] if link.is_faulty else [])]
        source, target = picture.nodes[link.source].label, picture.nodes[link.target].label
        title = f"{source} {_WORDS[link.kind]} {target}: {', '.join(link.labels)}"
        yield LinkView(
            classes=" ".join([*classes, f"t{link.source}", f"t{link.target}"]),
            title=title if len(title) <= _TITLE else title[: _TITLE - 1] + "…",
            route=_route(points, is_turned=is_turned),
            head=_head(points[0] if is_turned else points[-1], 1 if is_turned else -1),
        )


def _route(points: Sequence[tuple[int, int]], *, is_turned: bool) -> str:
    """Return a path through *points*: curves between layers, straight through a layer; it stops before its head."""
    first, last = points[0][0] + (_HEAD if is_turned else 0), points[-1][0] - (0 if is_turned else _HEAD)
    path = [(first, points[0][1]), *points[1:-1], (last, points[-1][1])]
    text = f"M{path[0][0]} {path[0][1]}"
    for (x, y), (to_x, to_y) in itertools.pairwise(path):
        half = (x + to_x) // 2
        text += f"H{to_x}" if y == to_y else f"C{half} {y} {half} {to_y} {to_x} {to_y}"
    return text


def _head(tip: tuple[int, int], way: int) -> str:
    """Return the path of an arrow whose tip is at *tip*; *way* is 1 when it points to the left."""
    x, y = tip
    return f"M{x} {y}L{x + way * _HEAD} {y - 4}L{x + way * _HEAD} {y + 4}Z"


def _cut(label: str) -> str:
    if columns(label) <= _LABEL:
        return label
    cut = label
    while columns(cut) >= _LABEL:
        cut = cut[:-1]
    return cut + "…"
