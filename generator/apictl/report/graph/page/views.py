"""What the page shows, finished: plain text in frozen values, which the template escapes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NodeView:
    """A box of the drawing.

    Attributes:
        id: of the element that tells more.
        classes: its kind, and whose neighbour it is.
        title: all that is to be read when it is pointed at.
        label: as much of its name as has room.
        x: of the left upper corner.
        y: of the left upper corner.
        width: of the box.
        height: of the box.
        middle: where the text stands: x.
        line: where the text stands: y.
    """

    id: str
    classes: str
    title: str
    label: str
    x: int
    y: int
    width: int
    height: int
    middle: int
    line: int


@dataclass(frozen=True, slots=True)
class LinkView:
    """A line of the drawing.

    Attributes:
        classes: its kind, and the nodes that it touches.
        title: what goes there.
        route: of a path.
        head: of the path of its arrow.
    """

    classes: str
    title: str
    route: str
    head: str


@dataclass(frozen=True, slots=True)
class MapView:
    """The drawing.

    Attributes:
        width: of it all.
        height: of it all.
        links: below the nodes.
        nodes: services and channels that something goes to or comes from.
    """

    width: int
    height: int
    links: tuple[LinkView, ...]
    nodes: tuple[NodeView, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """One line about a service.

    Attributes:
        word: what is done.
        what: the other service, or the address.
        more: operations, or messages and who is at the other end.
    """

    word: str
    what: str
    more: str


@dataclass(frozen=True, slots=True)
class ServiceView:
    """One service.

    Attributes:
        id: of its element.
        name: of the service.
        facts: who owns it, and so on; "" for nothing.
        rows: what it does; none when it does nothing.
    """

    id: str
    name: str
    facts: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class RelatedView:
    """A second place that a finding speaks of."""

    message: str
    spot: str


@dataclass(frozen=True, slots=True)
class FindingView:
    """One finding.

    Attributes:
        kind: "error", "warning" or "info".
        word: for the kind, to be read.
        message: the finding's.
        rule: its id.
        spot: where it is.
        related: further places.
        witness: a message that is refused, before, in and after the part that is meant; empty for none.
        hint: what to do; "" when it is not known.
    """

    kind: str
    word: str
    message: str
    rule: str
    spot: str
    related: tuple[RelatedView, ...]
    witness: tuple[str, ...]
    hint: str


@dataclass(frozen=True, slots=True)
class PageView:
    """The whole page.

    Attributes:
        headline: how much there is.
        mood: "error", "warning" or "fine".
        findings: errors first.
        notes: findings that are folded.
        map: None when nothing goes anywhere.
        services: by name.
        style: of the page; its own text and numbers, nothing else.
        style_hash: of `style`, as a Content Security Policy wants it.
    """

    headline: str
    mood: str
    findings: tuple[FindingView, ...]
    notes: tuple[FindingView, ...]
    map: MapView | None
    services: tuple[ServiceView, ...]
    style: str
    style_hash: str
