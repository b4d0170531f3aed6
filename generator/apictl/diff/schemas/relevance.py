"""Whether it can help a proof to look at the branches of an alternative one by one."""

from __future__ import annotations

from typing import Final

from apictl.diff.schemas.context import Context
from apictl.diff.schemas.members import evaluators
from apictl.diff.schemas.node import BOUNDS, TEXT, Node
from apictl.diff.schemas.premises import Premises

_ITEMS: Final = frozenset({
    "items", "prefixItems", "contains", "minContains", "maxContains", "minItems", "maxItems", "uniqueItems",
})  # fmt: skip
_OTHERS: Final = frozenset(
    {"additionalProperties", "patternProperties", "propertyNames", "unevaluatedProperties", "dependentSchemas"}
)
_FAMILIES: Final = (
    ("string", TEXT),
    ("integer", BOUNDS | {"multipleOf", "format"}),
    ("array", _ITEMS),
    ("object", frozenset({"minProperties", "maxProperties", "required", "additionalProperties"})),
    ("object", _OTHERS | {"properties"}),
)
"""Keywords that may follow from one another, with a type that they speak of."""


def may_decide(context: Context, premises: Premises, constraint: Node, branches: tuple[Node, ...]) -> bool:
    """Whether each of *branches* that is possible says something from which *constraint* might follow."""
    keywords = frozenset(constraint.keywords())
    kind, family = next(((kind, each) for kind, each in _FAMILIES if keywords <= each), ("", keywords))
    if not kind:
        return True
    return all(
        context.are_apart(premises, branch)
        or kind not in context.premises((branch,)).atoms
        or any(_speaks_of(node, constraint, family) for node in evaluators(branch, context.universe.content))
        for branch in branches
    )


def _speaks_of(node: Node, constraint: Node, family: frozenset[str]) -> bool:
    said = frozenset(node.keywords())
    if node.is_false or "enum" in said or "not" in said:
        return True
    required = constraint.plain.get("required")
    if isinstance(required, list):
        names = node.plain.get("required")
        return "dependentRequired" in said or (isinstance(names, list) and any(name in required for name in names))
    named, wanted = node.named.get("properties"), constraint.named.get("properties")
    if named and wanted and said.isdisjoint(_OTHERS) and _OTHERS.isdisjoint(constraint.keywords()):
        return not named.keys().isdisjoint(wanted)
    return not said.isdisjoint(family)
