"""Ways to split what premises allow into cases that are easier to prove about."""

from __future__ import annotations

from typing import Final

from apictl.diff.schemas.context import Context
from apictl.diff.schemas.node import Node
from apictl.diff.schemas.premises import Premises
from apictl.diff.schemas.relevance import may_decide

_BRANCH_LIMIT: Final = 250
_VALUE_LIMIT: Final = 60
_GROUPS: Final = ("null", "boolean", "string", "number", "array", "object")

Cases = tuple[tuple[Node, ...], ...]
"""Each case is what is known in addition; every value is of at least one."""


def alternatives(context: Context, premises: Premises, constraint: Node) -> Cases | None:
    """Return the cases of the first `anyOf`, `oneOf` or `if` among *premises* that is not decided yet.

    Those are left out of which *constraint* can't follow.
    """
    for part in premises.parts:
        for keyword in ("anyOf", "oneOf"):
            branches = part.listed.get(keyword, ())
            is_open = 0 < len(branches) <= _BRANCH_LIMIT and not any(is_known(premises, each) for each in branches)
            if is_open and may_decide(context, premises, constraint, branches):
                return tuple(_case(context, keyword, branches, index) for index in range(len(branches)))
        condition = part.single.get("if")
        if condition is not None and (cases := _condition(context, premises, part, condition)) is not None:
            return cases
    return None


def _case(context: Context, keyword: str, branches: tuple[Node, ...], index: int) -> tuple[Node, ...]:
    if keyword == "anyOf":
        return (branches[index],)
    chosen = context.premises((branches[index],))
    others = (each for place, each in enumerate(branches) if place != index and not context.are_apart(chosen, each))
    return (branches[index], *map(context.interner.negation, others))


def _condition(context: Context, premises: Premises, part: Node, condition: Node) -> Cases | None:
    refused = context.interner.negation(condition)
    if is_known(premises, condition) or is_known(premises, refused):
        return None
    then, otherwise = part.single.get("then"), part.single.get("else")
    return (
        (condition, *([] if then is None else [then])),
        (refused, *([] if otherwise is None else [otherwise])),
    )


def is_known(premises: Premises, node: Node) -> bool:
    """Whether *node* is one of the premises."""
    return node in premises.opened


def types(context: Context, premises: Premises) -> Cases | None:
    """Return one case a type; None when there is only one."""
    atoms = {"number" if atom in ("integer", "fraction") else atom for atom in premises.atoms}
    if len(atoms) < 2:  # noqa: PLR2004 - nothing to split
        return None
    return tuple((context.interner.plain("type", group),) for group in _GROUPS if group in atoms)


def member_values(context: Context, premises: Premises) -> Cases | None:
    """Return one case a value of a required member that has few; None when there is none."""
    if premises.atoms != {"object"}:
        return None
    for name in sorted(premises.required):
        known = context.premises(context.member(premises, name))
        if known.values is not None and 1 < len(known.values) <= _VALUE_LIMIT:
            values = known.values.values()
            return tuple((context.interner.property(name, context.interner.plain("const", value)),) for value in values)
    return None
