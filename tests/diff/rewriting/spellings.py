"""Other words for the same: another order, OpenAPI 3.1 for 3.0, null said otherwise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any, Final

from tests.diff.rewriting.document import Tree, followed, is_30, is_annotation, reference, spots

_COMPOSED: Final = ("allOf", "anyOf", "oneOf", "not")
_NULL_SPEAKS: Final = frozenset({"const", "$ref", "allOf", "anyOf", "oneOf", "not", "if", "discriminator"})
"""What may refuse null beside a type that allows it."""


def reordered(document: Tree, random: Random) -> int:
    """Shuffle what has no order: alternatives, values, names, alternatives of security, the members of objects."""
    count = 0
    for spot in spots(document):
        node = spot.node
        if spot.kind == "schema":
            for keyword in ("oneOf", "anyOf", "required"):
                count += _shuffle(node.get(keyword), random)
            count += _shuffle_values(node, random)
        elif spot.kind in ("operation", "path item"):
            count += _shuffle(node.get("parameters"), random)
            count += _shuffle(node.get("security"), random)
    _shuffle_members(document, random)
    return count


def _shuffle(value: Any, random: Random) -> bool:
    if not isinstance(value, list) or len(value) < 2:
        return False
    random.shuffle(value)
    return True


def _shuffle_values(node: Tree, random: Random) -> bool:
    """Shuffle the values of an `enum`, with what extensions say about each of them."""
    values = node.get("enum")
    if not isinstance(values, list) or len(values) < 2:
        return False
    order = list(range(len(values)))
    random.shuffle(order)
    beside = [key for key in node if key.startswith("x-") and isinstance(node[key], list)]
    for keyword in ("enum", *(key for key in beside if len(node[key]) == len(values))):
        node[keyword] = [node[keyword][index] for index in order]
    return True


def _shuffle_members(value: Any, random: Random) -> None:
    """Shuffle the members of every object: they are a set (RFC 8259, 4)."""
    if isinstance(value, dict):
        members = list(value.items())
        random.shuffle(members)
        value.clear()
        value.update(members)
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        _shuffle_members(each, random)


def upgraded(document: Tree, _random: Random) -> int | None:
    """Write a document of OpenAPI 3.0 in 3.1."""
    if not is_30(document):
        return None
    found = spots(document)
    document["openapi"] = "3.1.0"
    count = 1
    for spot in found:
        before = dict(spot.node)
        if reference(before) is not None:
            after: Tree = {"$ref": before["$ref"]}
        elif spot.kind == "schema":
            after = _schema_31(before)
        else:
            continue
        if after != before:
            spot.node.clear()
            spot.node.update(after)
            count += 1
    return count


def _schema_31(node: Tree) -> Tree:
    result = dict(_keywords_31(node))
    if node.get("nullable") is not True or "type" in node or not any(keyword in node for keyword in _COMPOSED):
        return result
    outside = {key: value for key, value in result.items() if is_annotation(key)}
    inside = {key: value for key, value in result.items() if key not in outside}
    return outside | {"anyOf": [inside, {"type": "null"}]}


def _keywords_31(node: Tree) -> Iterator[tuple[str, Any]]:
    is_nullable = node.get("nullable") is True
    for keyword, value in node.items():
        exclusive = "exclusive" + keyword[:1].upper() + keyword[1:]
        match keyword:
            case "nullable":
                continue
            case "exclusiveMinimum" | "exclusiveMaximum" if isinstance(value, bool):
                continue
            case "minimum" | "maximum" if node.get(exclusive) is True:
                yield exclusive, value
            case "type" if is_nullable:
                yield "type", [value, "null"]
            case "enum" if is_nullable and None not in value:
                yield "enum", [*value, None]
            case "example":
                yield "examples", [value]
            case _:
                yield keyword, value


def nullable(document: Tree, random: Random) -> int:
    """Say otherwise that null is allowed, wherever it is: as a type, a branch, a value."""
    count = 0
    for spot in reversed(spots(document)):
        if spot.kind != "schema" or spot.is_branch:
            continue
        ways = [way for way in (_WAYS_30 if is_30(document) else _WAYS_31) if way(document, spot.node) is not None]
        if ways:
            said = random.choice(ways)(document, spot.node)
            assert said is not None
            spot.node.clear()
            spot.node.update(said)
            count += 1
    return count


_Way = Callable[[Tree, Tree], Tree | None]


def _apart(node: Tree) -> tuple[Tree, Tree]:
    """Return what *node* says only, and what it judges."""
    outside = {key: value for key, value in node.items() if is_annotation(key)}
    return outside, {key: value for key, value in node.items() if key not in outside}


def _type_to_branch_30(_document: Tree, node: Tree) -> Tree | None:
    """`type` and `nullable` to a branch that is null."""
    if node.get("nullable") is not True or "type" not in node or node.keys() & _NULL_SPEAKS or "enum" in node:
        return None
    outside, inside = _apart(node)
    del inside["nullable"]
    return outside | {"anyOf": [inside, {"enum": [None], "nullable": True}]}


def _composition_to_branch_30(_document: Tree, node: Tree) -> Tree | None:
    """A `nullable` beside a composition to a branch that is null."""
    if node.get("nullable") is not True or node.keys().isdisjoint(_COMPOSED) or "type" in node:
        return None
    if "discriminator" in node:
        return None
    outside, inside = _apart(node)
    del inside["nullable"]
    return outside | {"anyOf": [{"enum": [None]}, inside]}


def _value_30(_document: Tree, node: Tree) -> Tree | None:
    """A `nullable` beside values to one more value."""
    if node.get("nullable") is not True or None in node.get("enum", [None]):
        return None
    return node | {"enum": [*node["enum"], None]}


def _branch_to_type_30(_document: Tree, node: Tree) -> Tree | None:
    """Two branches of which one is null to `type` and `nullable`."""
    lone = _lone_typed_branch(node)
    if lone is None or "nullable" in node:
        return None
    outside = {key: value for key, value in node.items() if key not in ("anyOf", "oneOf")}
    if not all(is_annotation(key) for key in outside):
        return None
    return lone | outside | {"nullable": True}


def _type_to_branch_31(_document: Tree, node: Tree) -> Tree | None:
    """A type that is null among others to a branch."""
    rest = _rest(node)
    if rest is None or node.keys() & _NULL_SPEAKS or "enum" in node:
        return None
    outside, inside = _apart(node)
    return outside | {"anyOf": [{"type": "null"}, inside | {"type": rest}]}


def _type_to_single_branch_31(document: Tree, node: Tree) -> Tree | None:
    """The same as `oneOf`: no value is null and of another type."""
    said = _type_to_branch_31(document, node)
    return None if said is None else {("oneOf" if key == "anyOf" else key): value for key, value in said.items()}


def _types_turned_31(_document: Tree, node: Tree) -> Tree | None:
    return None if _rest(node) is None else node | {"type": node["type"][::-1]}


def _branch_to_type_31(_document: Tree, node: Tree) -> Tree | None:
    """Two branches of which one is null to one type more."""
    lone = _lone_typed_branch(node)
    if lone is None:
        return None
    outside = {key: value for key, value in node.items() if key not in ("anyOf", "oneOf")}
    if not all(is_annotation(key) for key in outside):
        return None
    types = lone["type"] if isinstance(lone["type"], list) else [lone["type"]]
    return lone | outside | {"type": [*types, *(["null"] if "null" not in types else [])]}


def _values_to_branch_31(_document: Tree, node: Tree) -> Tree | None:
    """Null among values to a branch."""
    rest = _rest(node)
    if rest is None or node.keys() & _NULL_SPEAKS or None not in node.get("enum", ()) or len(node["enum"]) == 1:
        return None
    outside, inside = _apart(node)
    left = [value for value in node["enum"] if value is not None]
    return outside | {"oneOf": [inside | {"type": rest, "enum": left}, {"const": None}]}


def _any_to_one(document: Tree, node: Tree) -> Tree | None:
    """`anyOf` to `oneOf` where the other branch refuses null."""
    lone = _lone_branch(node)
    if lone is None or "anyOf" not in node:
        return None
    meant = followed(document, lone)
    types = meant.get("type") if isinstance(meant, dict) else None
    if types is None or "null" in types or meant.get("nullable"):
        return None
    return {("oneOf" if key == "anyOf" else key): value for key, value in node.items()}


def _rest(node: Tree) -> Any:
    """Return the types of *node* besides null; None where null is none of them, or the only one."""
    types = node.get("type")
    if not isinstance(types, list) or "null" not in types or len(types) < 2:
        return None
    left = [name for name in types if name != "null"]
    return left[0] if len(left) == 1 else left


def _lone_branch(node: Tree) -> Tree | None:
    """Return the branch beside the one that is null, when there are two and nothing tells them apart by name."""
    for keyword, other in (("anyOf", "oneOf"), ("oneOf", "anyOf")):
        branches = node.get(keyword)
        if isinstance(branches, list) and len(branches) == 2 and not {other, "discriminator"} & node.keys():
            lone = [each for each in branches if isinstance(each, dict) and not _is_null(each)]
            if len(lone) == 1 and all(isinstance(each, dict) for each in branches):
                return lone[0]
    return None


def _lone_typed_branch(node: Tree) -> Tree | None:
    """Return the branch beside null when null may be one of its types as well."""
    lone = _lone_branch(node)
    # A default in a branch must fit the branch alone.
    may_refuse = {*_NULL_SPEAKS, "enum", "default"}
    return None if lone is None or "type" not in lone or lone.keys() & may_refuse else lone


def _is_null(node: Tree) -> bool:
    is_value = node.get("enum") == [None] or ("const" in node and node["const"] is None)
    return is_value or node.get("type") in ("null", ["null"])


_WAYS_30: Final[tuple[_Way, ...]] = (
    _type_to_branch_30, _composition_to_branch_30, _value_30, _branch_to_type_30, _any_to_one,
)  # fmt: skip
_WAYS_31: Final[tuple[_Way, ...]] = (
    _type_to_branch_31, _type_to_single_branch_31, _types_turned_31, _branch_to_type_31, _values_to_branch_31,
    _any_to_one,
)  # fmt: skip
