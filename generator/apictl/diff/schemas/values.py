"""Values judged by nodes: a node becomes a schema again, and the validator has the word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.contract.values.judge import Judge, Unjudgeable
from apictl.diff.schemas.node import FALSE, NUMBERS, TRUE, Node

_SIZE_LIMIT: Final = 400
"""Most nodes that a schema is made of."""
_DEPTH_LIMIT: Final = 80


class ValueJudge:
    """Says whether a node allows a value."""

    def __init__(self, content: Callable[[Node], Node]) -> None:
        """Take what recursive definitions mean."""
        self._content = content
        self._judge = Judge({})
        self._validators: dict[Node, Callable[[JsonValue], bool] | None] = {}

    def allows(self, node: Node, value: JsonValue) -> bool | None:
        """Whether *node* allows *value*; None when that can't be judged."""
        if node not in self._validators:
            self._validators[node] = self._compiled(node)
        is_valid = self._validators[node]
        return None if is_valid is None else is_valid(value)

    def matches(self, pattern: str, text: str) -> bool:
        """Whether *text* has a match of *pattern*."""
        return self._judge.matches(pattern, text)

    def schema(self, node: Node) -> dict[str, JsonValue] | None:
        """Return the schema that *node* stands for, with its recursive definitions; None when it is large or opaque."""
        writer = _Writer(self._content)
        written = writer.written(node)
        if writer.size > _SIZE_LIMIT or writer.is_opaque:
            return None
        definitions = writer.definitions()
        if writer.size > _SIZE_LIMIT or writer.is_opaque:
            return None
        found = written if isinstance(written, dict) else ({} if written else {"not": {}})
        return {**found, "$defs": definitions} if definitions else found

    def _compiled(self, node: Node) -> Callable[[JsonValue], bool] | None:
        schema = self.schema(node)
        if schema is None:
            return None
        try:
            return self._judge.compile_alone(schema).is_valid
        except Unjudgeable:
            return None


class _Writer:
    def __init__(self, content: Callable[[Node], Node]) -> None:
        self._content = content
        self.size = 0
        self.is_opaque = False
        self._recursive: dict[int, Node] = {}

    def definitions(self) -> dict[str, JsonValue]:
        """Return the recursive definitions that were met, and those that they meet."""
        found: dict[str, JsonValue] = {}
        while self.size <= _SIZE_LIMIT:
            missing = [number for number in self._recursive if f"r{number}" not in found]
            if not missing:
                break
            for number in missing:
                found[f"r{number}"] = self.written(self._content(self._recursive[number]))
        return found

    def written(self, node: Node, depth: int = 0) -> JsonValue:
        """Return *node* as a schema; `is_opaque` afterwards when it can't be written."""
        self.size += 1
        self.is_opaque = self.is_opaque or depth > _DEPTH_LIMIT
        if node is TRUE or node is FALSE or self.size > _SIZE_LIMIT or depth > _DEPTH_LIMIT:
            return not node.is_false
        if node.recursive is not None:
            self._recursive[node.recursive] = node
            return {"$ref": f"#/$defs/r{node.recursive}"}
        if "opaque" in node.plain or "$dynamicRef" in node.plain:
            self.is_opaque = True
        schema: dict[str, JsonValue] = dict(node.plain)
        declared = schema.get("type")
        if isinstance(declared, list):
            schema["type"] = _types(declared)
        for keyword, single in node.single.items():
            schema[keyword] = self.written(single, depth + 1)
        for keyword, listed in node.listed.items():
            schema[keyword] = [self.written(each, depth + 1) for each in listed]
        for keyword, named in node.named.items():
            schema[keyword] = {name: self.written(each, depth + 1) for name, each in named.items()}
        return schema


def _types(atoms: list[JsonValue]) -> list[JsonValue]:
    names = [name for name in atoms if name not in NUMBERS]
    if "fraction" in atoms:
        return [*names, "number"]  # fractions are never spoken of without integers, but in a complement
    return [*names, "integer"] if "integer" in atoms else names
