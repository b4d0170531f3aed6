"""`allOf` written as one schema, where that means the same."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator, Mapping
from random import Random
from typing import Any, Final

from tests.diff.rewriting.document import Tree, at, is_30, is_annotation, is_inherited, reference, spots

_LEAST_GROWTH: Final = 400_000
_DEPTH: Final = 6
_TOGETHER: Final = (
    frozenset({"oneOf", "anyOf", "discriminator"}),
    frozenset({"if", "then", "else"}),
    frozenset({"contains", "minContains", "maxContains"}),
    frozenset({"items", "prefixItems", "additionalItems"}),
    frozenset({"unevaluatedProperties", "unevaluatedItems"}),
)
"""Keywords that only mean something with each other: one part has them, or the whole stays as it is."""
_FLAGS: Final = frozenset({"deprecated", "readOnly", "writeOnly"})


class _ApartError(Exception):
    """The parts say something that one schema can't say."""


def flattened(document: Tree, random: Random) -> int:
    """Merge each `allOf` into the schema around it, references followed."""
    found = [spot for spot in spots(document) if spot.kind == "schema" and _is_composed(spot.node)]
    before = {spot.steps: copy.deepcopy(spot.node) for spot in found}
    room = max(_LEAST_GROWTH, len(json.dumps(document)))
    merging = _Merging(copy.deepcopy(document))
    wanted = set(random.sample(range(len(found)), len(found)))
    count = 0
    for index in wanted:
        spot = found[index]
        try:
            merged = merging.whole(before[spot.steps], _DEPTH)
        except _ApartError:
            continue
        size = len(json.dumps(merged))
        if size <= room:
            room -= size
            spot.node.clear()
            spot.node.update(copy.deepcopy(merged))
            count += 1
    return count


def _is_composed(node: Tree) -> bool:
    return isinstance(node.get("allOf"), list) and "$ref" not in node


class _Merging:
    """Merges parts of one document, as it was before."""

    def __init__(self, document: Tree) -> None:
        self._document = document
        self._is_30 = is_30(document)

    def whole(self, node: Tree, depth: int) -> Tree:
        """Return *node* without its `allOf`.

        Raises:
            _ApartError: it can't do without.
        """
        own = {key: value for key, value in node.items() if key != "allOf"}
        parts = [self._part(part, depth) for part in node["allOf"]]
        if self._is_30 and own.get("nullable") is True and "type" not in own:
            return self._nullable(own, parts)
        return self._merged([own, *parts])

    def _part(self, node: Any, depth: int) -> Tree:
        if not isinstance(node, dict) or depth == 0:
            raise _ApartError
        target = reference(node)
        if target is not None:
            part = self._part(at(self._document, target), depth - 1)
            beside = {} if self._is_30 else {key: value for key, value in node.items() if key != "$ref"}
            return self._merged([beside, part]) if beside else part
        if is_inherited(node) or "$id" in node:
            raise _ApartError
        if "allOf" in node:
            return self.whole(node, depth - 1)
        return node

    def _nullable(self, own: Tree, parts: list[Tree]) -> Tree:
        """Return a composition that allows null whatever its parts say, which the reader grants to OpenAPI 3.0."""
        merged = self._merged([{key: value for key, value in own.items() if key != "nullable"}, *parts])
        may_refuse = ("enum", "const", "not", "anyOf", "oneOf", "allOf")
        if "type" not in merged or any(keyword in merged for keyword in may_refuse):
            raise _ApartError
        return merged | {"nullable": True}

    def _merged(self, parts: list[Tree]) -> Tree:
        """Return one schema that says what all *parts* say, the first of them what is only said."""
        _check(parts)
        result: Tree = {}
        for keyword in dict.fromkeys(keyword for part in parts for keyword in part):
            values = [part[keyword] for part in parts if keyword in part]
            result[keyword] = self._value(keyword, values)
        types = self._types(parts)
        if types is not None:
            result |= types
        return result

    def _value(self, keyword: str, values: list[Any]) -> Any:
        if keyword in _FLAGS:
            return any(value is True for value in values)
        if is_annotation(keyword) or all(_text(value) == _text(values[0]) for value in values[1:]):
            return values[0]
        if keyword not in _MERGES:
            raise _ApartError
        return _MERGES[keyword](values)

    def _types(self, parts: list[Tree]) -> Tree | None:
        """Return what all types of *parts* have in common, null among them; None when none is given."""
        typed = [self._names(part) for part in parts if "type" in part]
        if not typed:
            if any(part.get("nullable") for part in parts):
                raise _ApartError
            return None
        common = typed[0]
        for names in typed[1:]:
            common = [name for name in common if name in names]
        enumerated = [self._values(part) for part in parts if "enum" in part]
        if "null" in common and any(None not in values for values in enumerated):
            common = [name for name in common if name != "null"]
        if not common or common == ["null"]:
            raise _ApartError
        if not self._is_30:
            return {"type": common[0] if len(common) == 1 else common}
        plain = [name for name in common if name != "null"]
        if len(plain) != 1 or (enumerated and "null" in common):
            raise _ApartError
        return {"type": plain[0], "nullable": "null" in common}

    def _names(self, part: Tree) -> list[str]:
        names = part["type"] if isinstance(part["type"], list) else [part["type"]]
        found = [*names, "integer"] if "number" in names and "integer" not in names else list(names)
        return [*found, "null"] if self._is_30 and part.get("nullable") is True else found

    def _values(self, part: Tree) -> list[Any]:
        is_nullable = self._is_30 and part.get("nullable") is True
        return [*part["enum"], None] if is_nullable else part["enum"]


def _check(parts: list[Tree]) -> None:
    """Raise unless each group of keywords that belong together is of one part."""
    for group in _TOGETHER:
        if sum(not group.isdisjoint(part) for part in parts) > 1 and not _is_items_alone(group, parts):
            raise _ApartError
    if any("unevaluatedProperties" in part or "unevaluatedItems" in part for part in parts[1:]):
        raise _ApartError
    bounds = ({"minimum", "exclusiveMinimum"}, {"maximum", "exclusiveMaximum"})
    if any(sum(not bound.isdisjoint(part) for part in parts) > 1 for bound in bounds):
        raise _ApartError
    closed = [part for part in parts if part.get("additionalProperties", True) not in (True, {})]
    if len(closed) > 1 or any("patternProperties" in part for part in parts):
        raise _ApartError
    named = [set(part.get("properties", ())) for part in parts if part not in closed]
    if closed and any(not names <= set(closed[0].get("properties", ())) for names in named):
        raise _ApartError
    if any(part.get("enum") == [] for part in parts) or any("$defs" in part for part in parts):
        raise _ApartError


def _is_items_alone(group: frozenset[str], parts: list[Tree]) -> bool:
    return "items" in group and not any("prefixItems" in part or "additionalItems" in part for part in parts)


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def _both(schemas: list[Any]) -> Any:
    apart = {_text(schema): schema for schema in schemas}
    return schemas[0] if len(apart) == 1 else {"allOf": list(apart.values())}


def _properties(values: list[Tree]) -> Tree:
    return {name: _both([each[name] for each in values if name in each]) for name in _names_in(values)}


def _names_in(values: list[Tree]) -> Iterator[str]:
    yield from dict.fromkeys(name for each in values for name in each)


def _common(values: list[list[Any]]) -> list[Any]:
    left = [each for each in values[0] if all(_text(each) in map(_text, other) for other in values[1:])]
    if not left:
        raise _ApartError
    return left


def _judging_members(values: list[Any]) -> Any:
    return next((value for value in values if value not in (True, {})), values[0])


_MERGES: Final[Mapping[str, Callable[[list[Any]], Any]]] = {
    "type": lambda values: values[0],
    "nullable": lambda values: values[0],
    "properties": _properties,
    "required": lambda values: list(dict.fromkeys(name for each in values for name in each)),
    "items": _both,
    "propertyNames": _both,
    "enum": _common,
    "additionalProperties": _judging_members,
    "uniqueItems": any,
    **dict.fromkeys(("minLength", "minItems", "minProperties"), max),
    **dict.fromkeys(("maxLength", "maxItems", "maxProperties"), min),
}
"""How different values of a keyword become one; what is not here is not merged."""
