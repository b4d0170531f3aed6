"""The universe of nodes: schemas of any contract become nodes, each content once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, TypeAlias

from apictl.contract.schema import (
    SCHEMA_KEYWORDS,
    SCHEMA_LIST_KEYWORDS,
    JsonValue,
    Schema,
    as_schema,
)
from apictl.contract.values.conjunction import identity, is_number
from apictl.diff.schemas.node import ATOMS, BOUNDS, FALSE, HINTS, LEAST, MOST, NUMBERS, TRUE, Node

_DEPTH_LIMIT: Final = 100
"""Deeper schemas are equal to nothing, and nothing is proved about them."""
_NAMED: Final = frozenset({"dependentSchemas", "patternProperties", "properties"})
_SINGLE: Final = SCHEMA_KEYWORDS - {"contentSchema"}
_ALTERNATIVES: Final = frozenset({"anyOf", "oneOf", "allOf"})

Resolve: TypeAlias = Callable[[str], Node]
"""What a `$ref` means."""

_Parts: TypeAlias = tuple[
    dict[str, JsonValue], dict[str, Node], dict[str, tuple[Node, ...]], dict[str, Mapping[str, Node]]
]


class Interner:
    """Makes nodes; the same content is the same node for as long as it lives."""

    def __init__(self) -> None:
        """Begin empty: the two boolean schemas are always the same nodes."""
        self._nodes: dict[object, Node] = {}
        self._count = 2
        self._said: dict[tuple[str, str], Node] = {}
        self._negations: dict[Node, Node] = {}
        self._excerpts: dict[tuple[Node, frozenset[str]], Node] = {}

    def intern(self, schema: Schema, resolve: Resolve, *, depth: int = 0) -> Node:
        """Return the node of *schema*; *resolve* says what its references mean."""
        if isinstance(schema, bool):
            return TRUE if schema else FALSE
        if depth > _DEPTH_LIMIT:
            return self.opaque()
        parts: _Parts = ({}, {}, {}, {})
        plain, single, listed, named = parts
        for keyword, value in schema.items():
            if keyword in _PLAIN:
                _PLAIN[keyword](plain, keyword, value)
            elif keyword in _SINGLE and isinstance(value, dict | bool):
                single[keyword] = self.intern(value, resolve, depth=depth + 1)
            elif keyword in SCHEMA_LIST_KEYWORDS and isinstance(value, list):
                listed[keyword] = self._listed(keyword, value, resolve, depth=depth + 1)
            elif keyword in _NAMED and isinstance(value, dict) and value:
                named[keyword] = {
                    name: self.intern(as_schema(each), resolve, depth=depth + 1) for name, each in value.items()
                }
        reference = schema.get("$ref")
        if isinstance(reference, str):
            target = resolve(reference)
            if not (plain or single or listed or named):
                return target
            listed["allOf"] = _ordered("allOf", [*listed.get("allOf", ()), target])
        return self.made(parts)

    def opaque(self) -> Node:
        """Return a node that is equal to no other, and of which nothing is known."""
        return self.made(({"opaque": self._count}, {}, {}, {}))

    def _listed(self, keyword: str, schemas: list[JsonValue], resolve: Resolve, *, depth: int) -> tuple[Node, ...]:
        return _ordered(keyword, [self.intern(as_schema(each), resolve, depth=depth) for each in schemas])

    def made(self, parts: _Parts) -> Node:
        """Return the node of this content."""
        plain, single, listed, named = parts
        if plain.get("enum") == [] or plain.get("type") == []:
            return FALSE
        for keyword in ("anyOf", "oneOf"):
            if len(listed.get(keyword, ())) == 1:
                listed["allOf"] = _ordered("allOf", [*listed.get("allOf", ()), *listed.pop(keyword)])
        if not (plain or single or named) and listed.keys() == {"allOf"} and len(listed["allOf"]) == 1:
            return listed["allOf"][0]
        if not (plain or single or listed or named):
            return TRUE
        key = (
            tuple((name, _key(plain[name])) for name in sorted(plain)),
            tuple((name, single[name].number) for name in sorted(single)),
            tuple((name, tuple(node.number for node in listed[name])) for name in sorted(listed)),
            tuple(
                (name, tuple((each, named[name][each].number) for each in sorted(named[name])))
                for name in sorted(named)
            ),
        )
        return self._kept(key, lambda number: Node(number, plain, single, listed, named))

    def recursive(self, definition: int) -> Node:
        """Return the node that refers to the recursive definition of class *definition*."""
        return self._kept(definition, lambda number: Node(number, recursive=definition))

    def plain(self, keyword: str, value: JsonValue) -> Node:
        """Return the node that says only *keyword*."""
        if isinstance(value, str):
            known = self._said.get((keyword, value))
            if known is None:
                known = self._said[keyword, value] = self._plain(keyword, value)
            return known
        return self._plain(keyword, value)

    def _plain(self, keyword: str, value: JsonValue) -> Node:
        plain: dict[str, JsonValue] = {}
        _PLAIN[keyword](plain, keyword, value)
        return self.made((plain, {}, {}, {}))

    def property(self, name: str, node: Node) -> Node:
        """Return the node that says only that property *name* is as *node*."""
        return self.made(({}, {}, {}, {"properties": {name: node}}))

    def counting(self, sought: Node, most: JsonValue) -> Node:
        """Return the node that says only that at most so many items are as *sought*; None for any number."""
        plain: dict[str, JsonValue] = {} if most is None else {"minContains": 0, "maxContains": most}
        return TRUE if most is None else self.made((plain, {"contains": sought}, {}, {}))

    def negation(self, node: Node) -> Node:
        """Return the node that refuses what *node* allows."""
        known = self._negations.get(node)
        if known is None:
            known = self._negations[node] = self.made(({}, {"not": node}, {}, {}))
        return known

    def only(self, node: Node, keywords: frozenset[str]) -> Node:
        """Return *node* with nothing but *keywords*."""
        if keywords.issuperset(node.keywords()):
            return node
        known = self._excerpts.get((node, keywords))
        if known is None:
            known = self.made(
                (
                    {name: value for name, value in node.plain.items() if name in keywords},
                    {name: value for name, value in node.single.items() if name in keywords},
                    {name: value for name, value in node.listed.items() if name in keywords},
                    {name: value for name, value in node.named.items() if name in keywords},
                )
            )
            self._excerpts[node, keywords] = known
        return known

    def _kept(self, key: object, make: Callable[[int], Node]) -> Node:
        node = self._nodes.get(key)
        if node is None:
            node = make(self._count)
            self._count += 1
            self._nodes[key] = node
        return node


def _ordered(keyword: str, nodes: list[Node]) -> tuple[Node, ...]:
    """Return *nodes* without an order where none is meant, and each once where that means the same."""
    if keyword not in _ALTERNATIVES:
        return tuple(nodes)
    several = nodes if keyword == "oneOf" else list(dict.fromkeys(nodes))
    return tuple(sorted(several, key=lambda node: node.number))


def _key(value: JsonValue) -> object:
    """Return *value* as a key; a boolean is no number."""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return tuple(map(str, value))
    return (value,) if is_number(value) else identity(value)


def _type(plain: dict[str, JsonValue], _keyword: str, value: JsonValue) -> None:
    names = value if isinstance(value, list) else [value]
    atoms: set[str] = set()
    for name in names:
        if name == "number":
            atoms |= NUMBERS
        elif isinstance(name, str) and name in ATOMS:
            atoms.add(name)
    if atoms != ATOMS:
        plain["type"] = list[JsonValue](sorted(atoms))


def _values(plain: dict[str, JsonValue], keyword: str, value: JsonValue) -> None:
    values = [value] if keyword == "const" else value if isinstance(value, list) else []
    found = {identity(each): each for each in values}
    if "enum" in plain:
        known = plain["enum"]
        before = {identity(each) for each in known} if isinstance(known, list) else set()
        found = {key: each for key, each in found.items() if key in before}
    plain["enum"] = [found[key] for key in sorted(found)]


def _least(plain: dict[str, JsonValue], keyword: str, value: JsonValue) -> None:
    if is_number(value) and (value > 0 or keyword == "minContains"):
        plain[keyword] = int(value)


def _number(plain: dict[str, JsonValue], keyword: str, value: JsonValue) -> None:
    if is_number(value):
        plain[keyword] = int(value) if keyword in MOST or value == int(value) else value


def _texts(plain: dict[str, JsonValue], keyword: str, value: JsonValue) -> None:
    names = sorted({each for each in value if isinstance(each, str)}) if isinstance(value, list) else []
    if names:
        plain[keyword] = list[JsonValue](names)


def _text(plain: dict[str, JsonValue], keyword: str, value: JsonValue) -> None:
    if isinstance(value, str) and not (keyword == "format" and value in HINTS):
        plain[keyword] = value


def _unique(plain: dict[str, JsonValue], keyword: str, value: JsonValue) -> None:
    if value is True:
        plain[keyword] = True


def _dependent(plain: dict[str, JsonValue], keyword: str, value: JsonValue) -> None:
    if not isinstance(value, dict):
        return
    kept = {name: sorted({each for each in names if isinstance(each, str)})
            for name, names in sorted(value.items()) if isinstance(names, list) and names}  # fmt: skip
    if kept:
        plain[keyword] = {name: list[JsonValue](names) for name, names in kept.items()}


def _dynamic(plain: dict[str, JsonValue], keyword: str, value: JsonValue) -> None:
    plain[keyword] = value


_PLAIN: Final[Mapping[str, Callable[[dict[str, JsonValue], str, JsonValue], None]]] = {
    "type": _type,
    "enum": _values,
    "const": _values,
    "required": _texts,
    "pattern": _text,
    "format": _text,
    "uniqueItems": _unique,
    "multipleOf": _number,
    "dependentRequired": _dependent,
    "$dynamicRef": _dynamic,
    **dict.fromkeys(LEAST, _least),
    **dict.fromkeys(MOST | BOUNDS, _number),
}

PLAIN_KEYWORDS: Final = frozenset(_PLAIN)
"""Keywords that judge, and whose value holds no schema."""
