"""What a node says about the members of an object: by name, by pattern, and about the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from apictl.diff.schemas.node import TRUE, Node

IN_PLACE: Final = ("allOf", "anyOf", "oneOf")
_IN_PLACE_SINGLE: Final = ("if", "then", "else")


@dataclass(frozen=True, slots=True)
class Members:
    """The members of an object, as one pair of neighbouring keywords sees them.

    Attributes:
        named: by name.
        patterns: by pattern; they hold for named members too.
        rest: what holds for those that are neither named nor match a pattern.
    """

    named: Mapping[str, Node] = field(default_factory=lambda: MappingProxyType({}))
    patterns: Mapping[str, Node] = field(default_factory=lambda: MappingProxyType({}))
    rest: Node = TRUE


def members_of(node: Node, content: Callable[[Node], Node]) -> Iterator[Members]:
    """Yield what *node* says about members, as a premise: never more than it says."""
    named, patterns = node.named.get("properties", {}), node.named.get("patternProperties", {})
    rest = node.single.get("additionalProperties")
    if named or patterns or rest is not None:
        yield Members(named, patterns, TRUE if rest is None else rest)
    unevaluated = node.single.get("unevaluatedProperties")
    if unevaluated is not None and rest is None:
        seen = evaluators(node, content)
        if not any(each is not node and _evaluates_all(each) for each in seen):
            yield _with_rest(seen, unevaluated)


def closing_members(node: Node, content: Callable[[Node], Node]) -> Members | None:
    """Return what `unevaluatedProperties` of *node* asks, or more; None when it asks nothing."""
    unevaluated = node.single.get("unevaluatedProperties")
    if unevaluated is None:
        return None
    certain = evaluators(node, content, in_place=("allOf",), single=())
    if any("additionalProperties" in each.single for each in certain):
        return None
    if any(each is not node and "unevaluatedProperties" in each.single for each in certain):
        return None
    return _with_rest(certain, unevaluated)


def evaluators(
    node: Node,
    content: Callable[[Node], Node],
    *,
    in_place: tuple[str, ...] = IN_PLACE,
    single: tuple[str, ...] = _IN_PLACE_SINGLE,
) -> list[Node]:
    """Return *node* and what judges the same value below it, through the given keywords and references."""
    found: dict[Node, None] = {}
    waiting = [node]
    while waiting:
        current = content(waiting.pop())
        if current in found:
            continue
        found[current] = None
        for keyword in in_place:
            waiting.extend(current.listed.get(keyword, ()))
        waiting.extend(current.single[keyword] for keyword in single if keyword in current.single)
        if single:
            waiting.extend(current.named.get("dependentSchemas", {}).values())
    return list(found)


def _evaluates_all(node: Node) -> bool:
    return "additionalProperties" in node.single or "unevaluatedProperties" in node.single


def _with_rest(nodes: list[Node], rest: Node) -> Members:
    named = {name: TRUE for each in nodes for name in each.named.get("properties", {})}
    patterns = {text: TRUE for each in nodes for text in each.named.get("patternProperties", {})}
    return Members(named, patterns, rest)
