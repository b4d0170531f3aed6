"""Which constraints on the members of objects follow from premises."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.diff.schemas.context import Context
from apictl.diff.schemas.engine import Goal, Proof
from apictl.diff.schemas.members import Members
from apictl.diff.schemas.node import FALSE, TRUE, Node
from apictl.diff.schemas.premises import Premises

_REGION_LIMIT: Final = 32
"""Most ways in which patterns of several parts may meet."""


def members_follow(context: Context, premises: Premises, wanted: Members) -> Proof:
    """Prove that every member is as *wanted*."""
    if not (yield from _named_follow(context, premises, wanted)):
        return False
    if premises.closed_names is not None:
        return True
    for pattern, node in wanted.patterns.items():
        for region in regions(premises, pattern=pattern):
            if not (yield Goal(region, node, is_below=True)):
                return False
    if wanted.rest.is_true:
        return True
    for region in regions(premises, besides=frozenset(wanted.patterns)):
        if not (yield Goal(region, wanted.rest, is_below=True)):
            return False
    return True


def _named_follow(context: Context, premises: Premises, wanted: Members) -> Proof:
    named = {name for each in premises.members for name in each.named} | set(wanted.named)
    for name in sorted(named):
        known = context.member(premises, name)
        if known == (FALSE,):
            continue
        for node in _wanted(context, wanted, name):
            if not (yield Goal(known, node, is_below=True)):
                return False
    return True


def _wanted(context: Context, members: Members, name: str) -> list[Node]:
    found = [members.named[name]] if name in members.named else []
    found += [node for pattern, node in members.patterns.items() if context.judge.matches(pattern, name)]
    return found or ([] if context.covers(members, name) else [members.rest])


def regions(
    premises: Premises, *, pattern: str | None = None, besides: frozenset[str] = frozenset()
) -> list[tuple[Node, ...]]:
    """Return what may hold for members that no part names: one of these tuples does for each of them.

    Args:
        premises: about an object.
        pattern: that the members match.
        besides: patterns that the members don't match.
    """
    choices: list[list[Node]] = []
    for each in premises.members:
        if pattern is not None and pattern in each.patterns:
            choices.append([each.patterns[pattern]])
        else:
            choices.append([*(node for text, node in each.patterns.items() if text not in besides), each.rest])
    if _product_size(choices) > _REGION_LIMIT:
        choices = [choice if len(choice) == 1 else [TRUE] for choice in choices]
    return [tuple(node for node in each if not node.is_true) for each in itertools.product(*choices)]


def _product_size(choices: list[list[Node]]) -> int:
    size = 1
    for choice in choices:
        size = min(size * len(choice), _REGION_LIMIT + 1)
    return size


def names_follow(context: Context, premises: Premises, wanted: Node) -> Proof:
    """Prove that every name of a member is as *wanted*."""
    known = (context.interner.plain("type", "string"), *premises.singles("propertyNames"))
    if premises.closed_names is not None:
        names: list[JsonValue] = list[JsonValue](sorted(premises.closed_names))
        known = (*known, context.interner.plain("enum", names))
    result = yield Goal(known, wanted, is_below=True)
    return result


def dependents_follow(context: Context, premises: Premises, wanted: Mapping[str, Node]) -> Proof:
    """Prove that what depends on a member holds where there is that member."""
    for name, node in sorted(wanted.items()):
        has_name = context.interner.plain("required", [name])
        known = [each.named["dependentSchemas"][name] for each in premises.parts
                 if name in each.named.get("dependentSchemas", {})]  # fmt: skip
        if node in known:
            continue
        if not (yield Goal((*premises.parts, has_name, *known), node)):
            return False
    return True
