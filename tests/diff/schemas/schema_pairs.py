"""Random schemas, and small changes of them: over all keywords of JSON Schema 2020-12 that OpenAPI uses."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from random import Random
from typing import Final

from apictl.contract.schema import JsonValue

Tree = dict[str, JsonValue]

NAMES: Final = ("a", "b", "kind", "x1", "x2")
TEXTS: Final = ("", "a", "b", "ab", "aaa", "x1", "é", "2026-01-15", "0")
PATTERNS: Final = ("^a", "^a+$", "^[ab]{1,3}$", "b", "^x\\d$", "^$", "a|b", "^(ab)*$")
FORMATS: Final = ("date", "ipv4", "int32")
NUMBERS: Final = (-1, 0, 0.5, 1, 2, 3, 10)
VALUES: Final[tuple[JsonValue, ...]] = (
    None, True, False, 0, 1, 1.5, 2, "", "a", "b", "ab", [], ["a"], [1, 1], {}, {"a": "a"}, {"kind": "a", "x1": 1},
)  # fmt: skip
NAME_SCHEMAS: Final[tuple[Tree, ...]] = ({"maxLength": 2}, {"pattern": "^[a-k]"}, {"enum": ["a", "b", "kind"]})
DEFINITIONS: Final = ("P", "Q", "R")


@dataclass(frozen=True, slots=True)
class SchemaPair:
    """A schema and a changed one, each with its definitions."""

    old: Tree
    new: Tree
    old_definitions: dict[str, Tree]
    new_definitions: dict[str, Tree]


def random_pair(seed: int) -> SchemaPair:
    """Return the pair that *seed* decides: the second schema is the first one with some changes."""
    random = Random(seed)
    maker = Maker(random)
    old = maker.schema(3)
    definitions = {name: maker.schema(2) for name in DEFINITIONS}
    new, changed = copy.deepcopy(old), copy.deepcopy(definitions)
    for _ in range(random.choice((1, 1, 2, 3))):
        place = random.choice([new] * 9 + [*changed.values()])
        maker.change(place)
    return SchemaPair(old, new, definitions, changed)


class Maker:
    """Makes schemas by the choices of one source of randomness."""

    def __init__(self, random: Random) -> None:
        """Take the source."""
        self.random = random

    def schema(self, depth: int) -> Tree:
        """Return a schema of at most *depth* levels."""
        pick = self.random.random()
        if depth <= 0 or pick < 0.12:
            return self.leaf()
        if pick < 0.2:
            return self.reference()
        if pick < 0.5:
            return self.object(depth)
        if pick < 0.6:
            return self.array(depth)
        if pick < 0.7:
            return self.leaf()
        return self.composed(depth)

    def reference(self) -> Tree:
        return {"$ref": "#/$defs/" + self.random.choice(DEFINITIONS)}

    def leaf(self) -> Tree:
        random = self.random
        kind = random.choice(("string", "string", "integer", "number", "enum", "const", "type", "any"))
        match kind:
            case "string":
                return {"type": "string"} | self.some(self.text_keywords())
            case "integer" | "number":
                return {"type": kind} | self.some(self.number_keywords())
            case "enum":
                return {"enum": random.sample(VALUES, random.randint(1, 4))}
            case "const":
                return {"const": random.choice(VALUES)}
            case "type":
                return {"type": random.sample(["string", "integer", "number", "null", "boolean", "array", "object"],
                                              random.randint(1, 3))}  # fmt: skip
            case _:
                return self.some(self.text_keywords() | self.number_keywords())

    def some(self, keywords: Tree) -> Tree:
        return {keyword: value for keyword, value in keywords.items() if self.random.random() < 0.35}

    def text_keywords(self) -> Tree:
        random = self.random
        return {
            "minLength": random.randint(0, 3), "maxLength": random.randint(0, 4),
            "pattern": random.choice(PATTERNS), "format": random.choice(FORMATS),
        }  # fmt: skip

    def number_keywords(self) -> Tree:
        random = self.random
        return {
            "minimum": random.choice(NUMBERS), "maximum": random.choice(NUMBERS),
            "exclusiveMinimum": random.choice(NUMBERS), "exclusiveMaximum": random.choice(NUMBERS),
            "multipleOf": random.choice((1, 2, 0.5, 3)),
        }  # fmt: skip

    def names(self) -> list[str]:
        return self.random.sample(NAMES, self.random.randint(1, 3))

    def object(self, depth: int) -> Tree:
        random = self.random
        named: Tree = {name: self.schema(depth - 1) for name in self.names()}
        rest = random.choice((False, True, self.schema(depth - 1)))
        optional: Tree = {
            "required": list[JsonValue](self.names()),
            random.choice(("additionalProperties", "unevaluatedProperties")): rest,
            "patternProperties": {random.choice(PATTERNS): self.schema(depth - 1)},
            "propertyNames": random.choice(NAME_SCHEMAS),
            "minProperties": random.randint(0, 2), "maxProperties": random.randint(0, 3),
            "dependentRequired": {random.choice(NAMES): list[JsonValue](self.names())},
            "dependentSchemas": {random.choice(NAMES): self.schema(depth - 1)},
        }  # fmt: skip
        typed: Tree = {"type": "object"} if random.random() < 0.8 else {}
        return typed | {"properties": named} | self.some(optional)

    def array(self, depth: int) -> Tree:
        random = self.random
        optional: Tree = {
            "items": random.choice((False, self.schema(depth - 1), self.schema(depth - 1))),
            "prefixItems": [self.schema(depth - 1) for _ in range(random.randint(1, 2))],
            "contains": self.schema(depth - 1), "minContains": random.randint(0, 2),
            "maxContains": random.randint(0, 2), "minItems": random.randint(0, 2),
            "maxItems": random.randint(0, 3), "uniqueItems": random.random() < 0.7,
            "unevaluatedItems": random.choice((False, self.leaf())),
        }  # fmt: skip
        return {"type": "array"} | self.some(optional)

    def composed(self, depth: int) -> Tree:
        random = self.random
        below = [self.schema(depth - 1) for _ in range(random.randint(1, 3))]
        match random.choice(("allOf", "anyOf", "oneOf", "not", "if", "kinds", "beside", "nullable")):
            case "not":
                return {"not": below[0]}
            case "if":
                three: Tree = dict(zip(("if", "then", "else"), [*below, {}, {}], strict=False))
                return {keyword: three[keyword] for keyword in three if random.random() < 0.85 or keyword == "if"}
            case "kinds":
                return {"oneOf": [self.kind(value, depth) for value in ("a", "b", "ab")[: random.randint(1, 3)]]}
            case "beside":
                return self.object(depth) | {random.choice(("allOf", "anyOf", "oneOf")): list[JsonValue](below)}
            case "nullable":
                return {"anyOf": [below[0], {"type": "null"}]}
            case keyword:
                return {keyword: list[JsonValue](below)}

    def kind(self, value: str, depth: int) -> Tree:
        made = self.object(depth - 1)
        properties = made["properties"]
        assert isinstance(properties, dict)
        properties["kind"] = {"const": value}
        return made | {"type": "object", "required": ["kind"]}

    def change(self, root: Tree) -> None:
        """Change one node of *root*: a keyword less, one more, another value, or a rewriting of the whole node."""
        random = self.random
        node = random.choice(nodes(root)[: random.choice((1, 3, 6, 40))])
        pick = random.random()
        if node and pick < 0.25:
            del node[random.choice(list(node))]
        elif pick < 0.5:
            node.update(self.some(random.choice((self.object(1), self.array(1), self.leaf(), self.composed(1)))))
        elif pick < 0.6:
            inner = dict(node)
            node.clear()
            wrapped: tuple[Tree, ...] = (
                {"allOf": [inner]}, {"anyOf": [inner, {"type": "null"}]}, {"not": {"not": inner}},
                {"oneOf": [inner, self.schema(1)]}, {"anyOf": [self.schema(1), inner]},
            )  # fmt: skip
            node.update(random.choice(wrapped))
        elif pick < 0.7:
            replaced = self.schema(1)
            node.clear()
            node.update(replaced)
        else:
            self.nudge(node)

    def nudge(self, node: Tree) -> None:
        """Change the value of a keyword of *node* a little."""
        random = self.random
        if not node:
            node["minLength"] = 1
            return
        keyword = random.choice(list(node))
        value = node[keyword]
        match value:
            case bool():
                node[keyword] = not value
            case int() | float():
                node[keyword] = max(value + random.choice((-1, 1)), 0 if keyword.startswith(("min", "max")) else -9)
                if keyword == "multipleOf":
                    node[keyword] = random.choice((1, 2, 4, 0.5))
            case list() if len(value) > 1:
                random.shuffle(value)
                if random.random() < 0.6:
                    value.pop()
            case "integer":
                node[keyword] = "number"
            case "number":
                node[keyword] = "integer"
            case _:
                pass


def nodes(root: Tree) -> list[Tree]:
    """Return every object schema of *root*; properties' maps are none."""
    found, waiting = [], [root]
    while waiting:
        node = waiting.pop()
        found.append(node)
        for keyword, value in node.items():
            if keyword in ("enum", "const", "required", "dependentRequired"):
                continue
            below: list[JsonValue] = []
            if isinstance(value, dict):
                is_map = keyword in ("properties", "patternProperties", "dependentSchemas")
                below = list(value.values()) if is_map else [value]
            elif isinstance(value, list):
                below = value
            waiting += [each for each in below if isinstance(each, dict)]
    return found
