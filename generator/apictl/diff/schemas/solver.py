"""The solver of jsonschema-rs: the last resort for what no rule decides, where it is small."""

from __future__ import annotations

from typing import Final

import jsonschema_rs
from jsonschema_rs.canonical import CanonicalizationError, Containment

from apictl.contract.schema import JsonValue
from apictl.diff.schemas.formats import ASSERTED
from apictl.diff.schemas.node import Node
from apictl.diff.schemas.premises import Premises
from apictl.diff.schemas.values import ValueJudge

_SIZE_LIMIT: Final = 40
"""Most nodes on both sides together; a branch of alternatives weighs more: time grows with the cube of their number."""
_BRANCH_WEIGHT: Final = 3
_CALL_LIMIT: Final = 2_000
_HARD: Final = frozenset(
    {"unevaluatedItems", "unevaluatedProperties", "$dynamicRef", "minContains", "maxContains", "opaque"}
)
"""What the library doesn't decide, or decides wrongly."""
_INTERPLAY: Final = frozenset(
    {"not", "if", "anyOf", "oneOf", "patternProperties", "propertyNames", "contains", "multipleOf", "dependentSchemas"}
)
"""Where the solver may know more than the rules, which are complete for the rest."""


class Solver:
    """Asks the library, which knows no budget: only about what is small, and not too often."""

    def __init__(self, judge: ValueJudge) -> None:
        """Take the *judge*, which writes nodes as schemas."""
        self._judge = judge
        self._weights: dict[Node, int] = {}
        self._calls_left = _CALL_LIMIT

    def is_within(self, premises: Premises, constraint: Node) -> bool:
        """Whether it is proved that *constraint* holds for all that *premises* allow."""
        nodes = (*premises.parts, constraint)
        if not any(_INTERPLAY.intersection(node.keywords()) for node in nodes) or self._calls_left <= 0:
            return False
        if sum(self._weight(node) for node in nodes) > _SIZE_LIMIT:
            return False
        self._calls_left -= 1
        narrow, wide = [self._judge.schema(part) for part in premises.parts], self._judge.schema(constraint)
        if wide is None or any(each is None for each in narrow):
            return False
        document: dict[str, JsonValue] = {"allOf": [each for each in narrow if each is not None]}
        try:
            sub = jsonschema_rs.canonicalize(document, draft=20, validate_formats=True, offline=True)
            sup = jsonschema_rs.canonicalize(wide, draft=20, validate_formats=True, offline=True)
            return bool(sup.covers(sub) == Containment.YES)
        except (ValueError, CanonicalizationError):
            return False

    def _weight(self, node: Node) -> int:
        if node not in self._weights:
            self._weights[node] = _weight(node)
        return self._weights[node]


def _weight(node: Node) -> int:
    """Return how many nodes *node* is made of, branches counted more; past the limit it is not counted on."""
    weight, waiting = 0, [node]
    while waiting and weight <= _SIZE_LIMIT:
        current = waiting.pop()
        branches = sum(len(current.listed.get(keyword, ())) for keyword in ("anyOf", "oneOf"))
        weight += _SIZE_LIMIT + 1 if _is_hard(current) else 1 + _BRANCH_WEIGHT * branches
        waiting.extend(current.children())
    return weight


def _is_hard(node: Node) -> bool:
    # A format that validators don't judge says more here than there.
    is_judged_otherwise = "format" in node.plain and node.plain["format"] not in ASSERTED
    return node.recursive is not None or is_judged_otherwise or not _HARD.isdisjoint(node.keywords())
