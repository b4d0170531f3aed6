"""What a schema says about the values it accepts, as far as text needs it to become such a value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TypeAlias

from .judge import Judge, Schema

Branch: TypeAlias = tuple[dict[str, Any], ...]
"""Schemas that must all accept; none of them is a mere choice between others."""

KINDS: Final = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
MAX_BRANCHES: Final = 64
MAX_DEPTH: Final = 32


class Guide:
    """Answers questions about the schemas of one judge; a guide's answer is a hint, the judge has the last word."""

    def __init__(self, judge: Judge) -> None:
        """Know the schemas of *judge*."""
        self.judge = judge
        self._branches: dict[tuple[int, ...], tuple[Branch, ...]] = {}
        self._kinds: dict[tuple[int, ...], frozenset[str]] = {}

    def branches(self, schemas: tuple[Schema, ...]) -> tuple[Branch, ...]:
        """Return the ways to satisfy all *schemas*, at most `MAX_BRANCHES`; empty when nothing can."""
        identity = tuple(map(id, schemas))
        known = self._branches.get(identity)
        if known is None:
            known = self._branches[identity] = tuple(self._product(schemas, 0))[:MAX_BRANCHES]
        return known

    def kinds(self, branch: Branch) -> frozenset[str]:
        """Return the JSON types that *branch* allows; empty when its schemas contradict each other."""
        identity = tuple(map(id, branch))
        known = self._kinds.get(identity)
        if known is None:
            declared = KINDS.intersection(*map(_declared_kinds, branch))
            # Keywords of objects or arrays alone only hint at a type, and say nothing of a null that is declared.
            null = frozenset() if declared == KINDS else declared & {"null"}
            known = declared.intersection(*map(_implied_kinds, branch)) | null or declared
            self._kinds[identity] = known
        return known

    def item(self, branch: Branch, index: int) -> tuple[Schema, ...]:
        """Return the schemas of the item at *index*."""
        return tuple(schema for part in branch for schema in _item(part, index))

    def member(self, branch: Branch, name: str) -> tuple[Schema, ...]:
        """Return the schemas of the property *name*."""
        return tuple(schema for part in branch for schema in _member(part, name))

    def declared(self, schemas: tuple[Schema, ...]) -> tuple[str, ...]:
        """Return the names of all properties that *schemas* declare, in their order."""
        names = (
            name
            for branch in self.branches(schemas)
            for part in branch
            for name in (*part.get("properties", ()), *part.get("required", ()))
        )
        return tuple(dict.fromkeys(names))

    def is_open(self, schemas: tuple[Schema, ...]) -> bool:
        """Return whether *schemas* invite properties that they don't declare, rather than merely suffer them."""
        for branch in self.branches(schemas):
            if "object" not in self.kinds(branch):
                continue
            if any(part.get("additionalProperties") or part.get("patternProperties") for part in branch):
                return True
            if not any("properties" in part or part.get("additionalProperties") is False for part in branch):
                return True
        return False

    def allows(self, schemas: tuple[Schema, ...], kind: str) -> bool:
        """Return whether some branch of *schemas* allows *kind*."""
        return any(kind in self.kinds(branch) for branch in self.branches(schemas))

    def is_file(self, schemas: tuple[Schema, ...]) -> bool:
        """Return whether some branch of *schemas* describes bytes that a form carries as they are."""
        return any(is_file(part) for branch in self.branches(schemas) for part in branch)

    def _product(self, schemas: Iterable[Schema], depth: int) -> list[Branch]:
        branches: list[Branch] = [()]
        for schema in schemas:
            ways = list(self._ways(schema, depth))
            branches = [(*branch, *way) for branch in branches for way in ways][:MAX_BRANCHES]
        return branches

    def _ways(self, schema: Schema, depth: int) -> Iterator[Branch]:
        # The depth also ends references that go round in circles.
        if isinstance(schema, bool) or depth > MAX_DEPTH:
            if schema is not False:
                yield ()
            return
        conjuncts: list[list[Branch]] = [[(schema,)]]
        if isinstance(reference := schema.get("$ref"), str):
            conjuncts.append(self._product((self.judge.resolve(reference),), depth + 1))
        conjuncts.extend(self._product((part,), depth + 1) for part in schema.get("allOf", ()))
        for choice in ("oneOf", "anyOf"):
            if choice in schema:
                options = [way for part in schema[choice] for way in self._product((part,), depth + 1)]
                conjuncts.append(options[:MAX_BRANCHES])
        ways: list[Branch] = [()]
        for options in conjuncts:
            ways = [(*way, *option) for way in ways for option in options][:MAX_BRANCHES]
        yield from ways


def is_file(schema: Mapping[str, Any]) -> bool:
    """Return whether *schema* describes bytes that a form carries as they are."""
    if schema.get("format") == "binary":
        return True
    # OpenAPI 3.1: the absence of contentEncoding means that the content is not encoded.
    media_type = schema.get("contentMediaType")
    return media_type == "application/octet-stream" and "contentEncoding" not in schema


def _declared_kinds(schema: Mapping[str, Any]) -> frozenset[str]:
    match schema:
        case {"type": str(name)}:
            named = frozenset({name})
        case {"type": [*names]}:
            named = frozenset(names)
        case {"const": value}:
            named = frozenset({_kind(value)})
        case {"enum": [*values]}:
            named = frozenset(map(_kind, values))
        case _:
            return KINDS
    # Every integer is a number (JSON Schema 2020-12, 6.1.1).
    return named | {"integer"} if "number" in named else named


def _implied_kinds(schema: Mapping[str, Any]) -> frozenset[str]:
    if "properties" in schema or isinstance(schema.get("additionalProperties"), dict):
        return frozenset({"object"})
    if "items" in schema or "prefixItems" in schema:
        return frozenset({"array"})
    return KINDS


def _kind(value: Any) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int():
            return "integer"
        case float():
            return "number"
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


def _item(schema: Mapping[str, Any], index: int) -> Iterator[Schema]:
    prefix = schema.get("prefixItems", ())
    if index < len(prefix):
        yield prefix[index]
    elif "items" in schema:
        yield schema["items"]


def _member(schema: Mapping[str, Any], name: str) -> Iterator[Schema]:
    properties = schema.get("properties", {})
    if name in properties:
        yield properties[name]
    elif isinstance(rest := schema.get("additionalProperties"), dict):
        yield rest
