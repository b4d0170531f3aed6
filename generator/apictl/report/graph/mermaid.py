"""Traffic as a flowchart of Mermaid, which merge requests and wikis draw."""

from __future__ import annotations

import string
from collections.abc import Iterator
from typing import Final, assert_never

from apictl.report.graph.picture import Link, LinkKind, Node, NodeKind, listed, picture_of
from apictl.report.graph.view import GraphReport
from apictl.report.text import Style

_PLAIN: Final = frozenset(string.ascii_letters + string.digits + " .,/_-")
"""What means nothing in a label; the rest may be markup, an entity, a link or the end of the label."""


def graph_mermaid(report: GraphReport, style: Style) -> Iterator[str]:  # noqa: ARG001 - as every format
    """Yield *report* as a flowchart; what errors are told of is red."""
    picture = picture_of(report)
    yield "flowchart LR"
    for at, node in enumerate(picture.nodes):
        yield f"  n{at}{_node(node)}"
    for link in picture.links:
        yield f"  n{link.source} {_arrow(link)} n{link.target}"
    yield "  classDef external stroke-dasharray:4"
    yield "  classDef channel fill:#eef4fb,stroke:#0b5cad,color:#1c2128"
    yield "  classDef faulty stroke:#b3261e,stroke-width:2px"
    for kind in (NodeKind.EXTERNAL, NodeKind.CHANNEL):
        members = [f"n{at}" for at, node in enumerate(picture.nodes) if node.kind is kind]
        if members:
            yield f"  class {','.join(members)} {kind.value}"
    faulty = [f"n{at}" for at, node in enumerate(picture.nodes) if node.is_faulty]
    if faulty:
        yield f"  class {','.join(faulty)} faulty"
    wrong = [str(at) for at, link in enumerate(picture.links) if link.is_faulty]
    if wrong:
        yield f"  linkStyle {','.join(wrong)} stroke:#b3261e,stroke-width:2px"


def _node(node: Node) -> str:
    match node.kind:
        case NodeKind.SERVICE | NodeKind.EXTERNAL:
            return f'["{_text(node.label)}"]'
        case NodeKind.CHANNEL:
            return f'(["{_text(node.label)}"])'
        case _:
            assert_never(node.kind)


def _arrow(link: Link) -> str:
    label = f'|"{_text(listed(link.labels))}"|' if link.labels else ""
    match link.kind:
        case LinkKind.CALL:
            return f"-->{label}"
        case LinkKind.SEND | LinkKind.RECEIVE:
            return f"-.->{label}"
        case _:
            assert_never(link.kind)


def _text(label: str) -> str:
    """Return *label* with entity codes for what is not plain (Mermaid, "Entity codes to escape characters")."""
    written = "".join(each if each in _PLAIN else f"#{ord(each)};" for each in label)
    return written if written.strip() else "#160;"
