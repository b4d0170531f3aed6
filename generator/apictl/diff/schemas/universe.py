"""Both contracts in one universe: definitions by content, whatever their names, recursive ones too."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import Final, TypeAlias

from apictl.contract.circles import components
from apictl.contract.definition import Definition
from apictl.contract.schema import DEFINITIONS, JsonValue, Schema, decode_token, definition_reference
from apictl.contract.values.conjunction import referent
from apictl.diff.schemas.interning import Interner
from apictl.diff.schemas.node import FALSE, TRUE, Node
from apictl.diff.schemas.references import references_in, refined, text_of
from apictl.findings import Place


class Age(enum.IntEnum):
    """Which of the two contracts."""

    OLD = 0
    NEW = 1


_Key: TypeAlias = tuple[Age, str]
"""A contract, and a reference in it as written."""

_CYCLE_LIMIT: Final = 20_000_000
"""Most text, in bytes, that is looked at to know the members of a cycle by their content; else names count."""

NOWHERE: Final = Place("")


class Universe:
    """Nodes of both contracts; a definition is known by what it says."""

    def __init__(self, old: Mapping[str, Definition], new: Mapping[str, Definition]) -> None:
        """Take in the definitions of both contracts."""
        self.interner = Interner()
        self._definitions = {Age.OLD: old, Age.NEW: new}
        self._schemas: dict[Age, dict[str, Schema]] = {
            age: {name: definition.schema for name, definition in definitions.items()}
            for age, definitions in self._definitions.items()
        }
        self._texts: dict[_Key, bytes] = {}
        self._references: dict[_Key, tuple[_Key, ...]] = {}
        self._nodes: dict[_Key, Node] = {}
        self._wordings: dict[_Key, int] = {}
        self._numbers: dict[object, int] = {}
        self._known: dict[tuple[bytes, tuple[int, ...]], Node] = {}
        self._recursive: dict[int, _Key] = {}
        self._contents: dict[int, Node] = {}
        self._kept: dict[tuple[Age, int], tuple[Schema, Node]] = {}
        self._said: dict[tuple[Age, int], tuple[Schema, int]] = {}
        for age, definitions in self._definitions.items():
            self._learn([(age, str(definition_reference(name)["$ref"])) for name in definitions])

    def node(self, schema: Schema, age: Age) -> Node:
        """Return the node of *schema*, whose references mean definitions of the contract *age*."""
        if isinstance(schema, bool):
            return TRUE if schema else FALSE
        known = self._kept.get((age, id(schema)))
        if known is None:
            self._learn([(age, each) for each in references_in(schema, text_of(schema))])
            known = (schema, self._interned(schema, age))
            self._kept[age, id(schema)] = known
        return known[1]

    def wording(self, schema: Schema, age: Age) -> int:
        """Return a number that two schemas share only when they say the same, annotations and names included."""
        if isinstance(schema, bool):
            return int(schema) - 2
        known = self._said.get((age, id(schema)))
        if known is None:
            text = text_of(schema)
            keys = [(age, each) for each in references_in(schema, text)]
            self._learn(keys)
            known = (schema, self._wording(text, tuple(self._wordings[key] for key in keys)))
            self._said[age, id(schema)] = known
        return known[1]

    def content(self, node: Node) -> Node:
        """Return what *node* says; the content of the definition when it refers to a recursive one."""
        if node.recursive is None:
            return node
        known = self._contents.get(node.recursive)
        if known is None:
            known = self._contents[node.recursive] = self._opened(node.recursive)
        return known

    def _opened(self, definition: int) -> Node:
        """Return the content of a recursive definition, behind any number of references to others."""
        seen: set[int] = set()
        while definition not in seen:
            seen.add(definition)
            age, reference = self._recursive[definition]
            node = self._interned(self._schema((age, reference)), age)
            if node.recursive is None:
                return node
            definition = node.recursive
        return self.interner.opaque()  # it means nothing but itself

    def _interned(self, schema: Schema, age: Age) -> Node:
        return self.interner.intern(schema, lambda each: self._nodes[age, each])

    def target(self, reference: JsonValue, age: Age) -> tuple[Schema, Place]:
        """Return what *reference* of the contract *age* leads to, and where that stands."""
        schema = referent(reference, self._schemas[age])
        name, *steps = map(decode_token, str(reference).removeprefix(DEFINITIONS).split("/"))
        definition = self._definitions[age].get(name)
        return schema, NOWHERE if definition is None else definition.place.child(*steps)

    def _schema(self, key: _Key) -> Schema:
        return referent(key[1], self._schemas[key[0]])

    def _learn(self, keys: list[_Key]) -> None:
        """Find out the nodes of definitions, and of all that they lead to."""
        waiting = [key for key in keys if key not in self._nodes]
        edges: dict[_Key, tuple[_Key, ...]] = {}
        while waiting:
            key = waiting.pop()
            if key in edges or key in self._nodes:
                continue
            schema = self._schema(key)
            self._texts[key] = text_of(schema)
            self._references[key] = tuple((key[0], each) for each in references_in(schema, self._texts[key]))
            edges[key] = tuple(dict.fromkeys(each for each in self._references[key] if each not in self._nodes))
            waiting.extend(edges[key])
        for members in components(edges):
            if len(members) == 1 and members[0] not in edges[members[0]]:
                self._take(members[0])
            else:
                self._take_cycle(members)

    def _take(self, key: _Key) -> None:
        text, targets = self._texts[key], self._references[key]
        said = (text, tuple(self._nodes[each].number for each in targets))
        if said not in self._known:
            self._known[said] = self._interned(self._schema(key), key[0])
        self._nodes[key] = self._known[said]
        self._wordings[key] = self._wording(text, tuple(self._wordings[each] for each in targets))

    def _wording(self, text: bytes, targets: tuple[int, ...]) -> int:
        return self._number(("wording", text, targets))

    def _take_cycle(self, members: tuple[_Key, ...]) -> None:
        inside = set(members)
        outside = {
            key: tuple(self._wordings[each] for each in self._references[key] if each not in inside) for key in members
        }
        whole = self._number(frozenset((key[1], self._texts[key], outside[key]) for key in members))
        size = sum(len(self._texts[key]) for key in members)
        colours = refined(
            members,
            lambda key, colours: self._content_by_colour(key, colours).number,
            number=self._number,
            most_rounds=_CYCLE_LIMIT // max(size, 1),
        )
        for key in members:
            number = self._number((whole, key[1]) if colours is None else colours[key])
            self._recursive.setdefault(number, key)
            self._nodes[key] = self.interner.recursive(number)
            self._wordings[key] = self._number(("wording", whole, key[1]))

    def _content_by_colour(self, key: _Key, colours: Mapping[_Key, int]) -> Node:
        """Return the node of a definition whose references into its cycle are colours."""

        def target(reference: str) -> Node:
            colour = colours.get((key[0], reference))
            return self._nodes[key[0], reference] if colour is None else self.interner.recursive(-1 - colour)

        return self.interner.intern(self._schema(key), target)

    def _number(self, thing: object) -> int:
        return self._numbers.setdefault(thing, len(self._numbers))
