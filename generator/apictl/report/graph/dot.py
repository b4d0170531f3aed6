"""Traffic as a graph of Graphviz."""

from __future__ import annotations

from collections.abc import Iterator
from typing import assert_never

from apictl.report.graph.picture import Link, LinkKind, Node, NodeKind, listed, picture_of
from apictl.report.graph.view import GraphReport
from apictl.report.text import Style


def graph_dot(report: GraphReport, style: Style) -> Iterator[str]:  # noqa: ARG001 - as every format
    """Yield *report* in the DOT language; what errors are told of is red."""
    picture = picture_of(report)
    yield "digraph services {"
    yield "  rankdir=LR;"
    yield '  node [fontname="sans-serif", fontsize=12, shape=box, style=rounded];'
    yield '  edge [fontname="sans-serif", fontsize=10];'
    for at, node in enumerate(picture.nodes):
        yield f"  n{at} [label={_quoted(node.label)}{_node(node)}];"
    for link in picture.links:
        yield f"  n{link.source} -> n{link.target} [label={_quoted(listed(link.labels))}{_link(link)}];"
    yield "}"


def _node(node: Node) -> str:
    colour = ", color=firebrick, penwidth=2" if node.is_faulty else ""
    match node.kind:
        case NodeKind.SERVICE:
            return colour
        case NodeKind.EXTERNAL:
            return f', style="rounded,dashed"{colour}'
        case NodeKind.CHANNEL:
            return f", shape=cds, style=solid{colour}"
        case _:
            assert_never(node.kind)


def _link(link: Link) -> str:
    colour = ", color=firebrick, penwidth=2" if link.is_faulty else ""
    match link.kind:
        case LinkKind.CALL:
            return colour
        case LinkKind.SEND | LinkKind.RECEIVE:
            return f", style=dashed{colour}"
        case _:
            assert_never(link.kind)


def _quoted(label: str) -> str:
    """Return *label* as a string of DOT, in which backslashes and entities of HTML mean something, too."""
    written = label.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
    return f'"{written}"'
