"""The alternatives of a conjunction: branches of `anyOf` and `oneOf`, and the two sides of `if`."""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import JsonValue, Schema, as_schema
from apictl.contract.values.conjunction import Conjunction, is_of
from apictl.contract.values.objects import declared_names, property_schemas
from apictl.contract.values.space import Space

_SPOILER_LIMIT: Final = 40


def is_viable(node: Conjunction) -> bool:
    """Whether the types of *node* leave room for a value; nothing else is looked at."""
    return not node.is_refused and bool(node.types)


def spoilers(node: Conjunction, space: Space) -> tuple[tuple[str, JsonValue], ...]:
    """Return properties that branches of `oneOf` not taken refuse, while *node* says nothing of them.

    Branches that leave undeclared properties open often hold together; such a property leaves one of them.
    """
    taken = {id(part) for part in node.parts}
    declared = set(declared_names(node))
    others = (
        (space.conjoin((branch,)), name)
        for branches in node.every("oneOf")
        for branch in map(as_schema, branches if isinstance(branches, list) else ())
        if id(branch) not in taken
        for name in declared_names(space.conjoin((branch,)))
    )
    found: dict[str, JsonValue] = {}
    for other, name in others:
        if name in declared or name in found:
            continue
        wrong = _wrong_value(space.conjoin(property_schemas(other, name, space)))
        if wrong is not None:
            found[name] = wrong
            if len(found) == _SPOILER_LIMIT:
                break
    return tuple(found.items())


def _wrong_value(node: Conjunction) -> JsonValue:
    """Return a value of a type that *node* refuses; None when there is none."""
    others: tuple[JsonValue, ...] = ("text", 1, True, {})
    return next((other for other in others if not any(is_of(other, kind) for kind in node.types)), None)


def alternatives(node: Conjunction) -> list[tuple[object, tuple[tuple[Schema, ...], ...]]]:
    """Return the alternatives of *node*, each with the keyword's value that it is known by."""
    found: list[tuple[object, tuple[tuple[Schema, ...], ...]]] = []
    for part in node.parts:
        for keyword in ("anyOf", "oneOf"):
            branches = part.get(keyword)
            if isinstance(branches, list):
                found.append((branches, tuple((as_schema(branch),) for branch in branches)))
        if "if" in part:
            met = (as_schema(part["if"]), as_schema(part.get("then", True)))
            unmet = (as_schema(part.get("else", True)),)
            # Met first: a value of `if` and `then` is surely right, whatever `else` says.
            found.append((part, (met, unmet)))
    return found
