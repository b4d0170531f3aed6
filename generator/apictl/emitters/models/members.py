"""The properties of an object, gathered from `allOf`, `anyOf`, `oneOf`, `if` and references."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from apictl.contract.schema import JsonValue, Schema, reference_name
from apictl.pages.python import keywords
from apictl.readers.schemas.keywords import is_annotation

_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class Member:
    """A property: its schema and whether it is always there; the schema `false` forbids it."""

    schema: Schema
    is_required: bool


Members = Mapping[str, Member]


@dataclass(frozen=True, slots=True)
class Gathering:
    """Gathers properties, each definition once; a definition inside itself adds nothing.

    Attributes:
        definitions: by wire name.
    """

    definitions: Mapping[str, Schema]
    _done: dict[str, Members] = field(default_factory=dict)
    _open: set[str] = field(default_factory=set)

    def of_definition(self, name: str) -> Members:
        """Return all properties of the definition *name*."""
        if name not in self._done and name not in self._open and len(self._open) < _DEEPEST:
            self._open.add(name)
            self._done[name] = self.of(self.definitions.get(name, True))
            self._open.discard(name)
        return self._done.get(name, {})

    def of(self, schema: Schema) -> Members:
        """Return all properties of *schema*."""
        if isinstance(schema, bool):
            return {}
        name = reference_name(schema)
        parts = [self.of_definition(name)] if name is not None else []
        parts += [self.of(part) for part in keywords.schemas(schema, "allOf")]
        parts.append(own(schema))
        for keyword in ("anyOf", "oneOf"):
            branches = [branch for branch in keywords.schemas(schema, keyword) if not _is_null(branch)]
            found = _either([self.of(branch) for branch in branches])
            parts.append(_opened(found) if any(map(_says_nothing, branches)) else found)
        parts.append(_either([self.of(keywords.subschema(schema, keyword) or True) for keyword in ("then", "else")]))
        return both(parts)


def own(schema: Mapping[str, JsonValue]) -> Members:
    """Return the properties that *schema* itself declares or requires."""
    required = keywords.names(schema, "required")
    declared = {name: Member(each, name in required) for name, each in keywords.named_schemas(schema, "properties")}
    return declared | {name: Member(schema=True, is_required=True) for name in sorted(required - set(declared))}


def both(parts: Iterable[Members]) -> Members:
    """Return the properties of an object that has to satisfy all *parts*."""
    merged: dict[str, Member] = {}
    for part in parts:
        for name, member in part.items():
            known = merged.get(name)
            merged[name] = member if known is None else _conjunction(known, member)
    return merged


def _conjunction(left: Member, right: Member) -> Member:
    if left.schema is False or right.schema is False:
        return Member(schema=False, is_required=False)
    schemas = _distinct([*_unpacked(left.schema, "allOf"), *_unpacked(right.schema, "allOf")])
    return Member(_joined(schemas, "allOf"), left.is_required or right.is_required)


def _either(branches: list[Members]) -> Members:
    """Return the properties of an object that satisfies at least one of *branches*."""
    found: dict[str, list[Member]] = {}
    for branch in branches:
        for name, member in branch.items():
            found.setdefault(name, []).append(member)
    return {name: _disjunction(members, len(branches)) for name, members in found.items()}


def _opened(members: Members) -> Members:
    """Return *members* of an object that may also be anything: each of them then has any value."""
    return {name: Member({"description": _description(each)}, is_required=False) for name, each in members.items()}


def _description(member: Member) -> str:
    return "" if isinstance(member.schema, bool) else keywords.text(member.schema, "description")


def _says_nothing(branch: Schema) -> bool:
    return branch is True or (isinstance(branch, Mapping) and all(map(is_annotation, branch)))


def _disjunction(members: list[Member], branch_count: int) -> Member:
    """Return a property that *members* of *branch_count* branches declare; the others leave it open."""
    allowed = [member for member in members if member.schema is not False]
    if not allowed:
        return Member(schema=len(members) < branch_count, is_required=False)
    schemas = _distinct([each for member in allowed for each in _unpacked(member.schema, "anyOf")])
    is_required = len(allowed) == branch_count and all(member.is_required for member in allowed)
    return Member(_joined(schemas, "anyOf"), is_required)


def _unpacked(schema: Schema, keyword: str) -> list[Schema]:
    """Return the parts of *schema* when it is nothing but a list of them under *keyword*."""
    return (
        list(keywords.schemas(schema, keyword)) if isinstance(schema, dict) and set(schema) == {keyword} else [schema]
    )


def _distinct(schemas: list[Schema]) -> list[Schema]:
    """Return *schemas* without repetitions and, beside others, without `true`."""
    found: list[Schema] = []
    for schema in schemas:
        if schema is not True and not any(schema is each or schema == each for each in found):
            found.append(schema)
    return found or [True]


def _joined(schemas: list[Schema], keyword: str) -> Schema:
    return schemas[0] if len(schemas) == 1 else {keyword: [*schemas]}  # type: ignore[list-item]


def _is_null(schema: Schema) -> bool:
    return isinstance(schema, Mapping) and keywords.type_names(schema) == ("null",)
