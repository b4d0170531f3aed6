"""Definitions → shapes: decides which are classes, enums and aliases, and what inherits from what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations

from apictl.contract.schema import JsonValue, Schema, reference_name
from apictl.emitters.models.aliases import without_idle_cycles
from apictl.emitters.models.attributes import attribute_names
from apictl.emitters.models.enums import enum_members
from apictl.emitters.models.members import Gathering, Member, Members
from apictl.emitters.models.shapes import AliasShape, ClassShape, EnumShape, Field, Shape, Shapes
from apictl.pages.python import keywords
from apictl.pages.python.keeping import Names
from apictl.pages.python.lowering import Lowering, enumerated, takes_null
from apictl.pages.python.types import Anything, Literals, Scalar, Type

_ANNOTATIONS = frozenset(
    {"$comment", "default", "deprecated", "description", "examples", "readOnly", "title", "writeOnly"}
)
_DEEPEST = 50


def shapes(
    definitions: Mapping[str, Schema], *, reserved: frozenset[str], lasting: LastingNames | None = None
) -> Shapes:
    """Return the shape of each of *definitions*; no attribute gets a name in *reserved*."""
    shaping = _Shaping(definitions, reserved, lasting or LastingNames())
    made = {name: shaping.shape(name) for name in definitions}
    return Shapes(without_idle_cycles(made), shaping.lowering.telling)


@dataclass(frozen=True, slots=True)
class LastingNames:
    """Names of attributes and members that last.

    Attributes:
        names: those of earlier runs, and those that are chosen.
        keys: what is kept of each definition.
    """

    names: Names = field(default_factory=Names)
    keys: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Shaping:
    """The shapes of one set of definitions while they are made; `open` are those under way."""

    definitions: Mapping[str, Schema]
    reserved: frozenset[str]
    lasting: LastingNames
    done: dict[str, Shape] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    fields: dict[str, Mapping[str, Field]] = field(default_factory=dict)
    ancestors: dict[str, frozenset[str]] = field(default_factory=dict)

    @cached_property
    def gathering(self) -> Gathering:
        return Gathering(self.definitions)

    @cached_property
    def classes(self) -> frozenset[str]:
        return frozenset(name for name, schema in self.definitions.items() if self.is_class(schema, frozenset((name,))))

    @cached_property
    def lowering(self) -> Lowering:
        named = (name for name, schema in self.definitions.items() if name in self.classes or enum_members(schema))
        return Lowering(frozenset(name for name in named if takes_null(self.definitions[name])))

    def is_class(self, schema: Schema, above: frozenset[str]) -> bool:
        """Whether *schema* is one kind of object with known properties; *above* are the definitions around it."""
        if isinstance(schema, bool) or enumerated(schema) is not None:
            return False
        type_names = keywords.type_names(schema)
        if type_names and (set(type_names) - {"null"}) != {"object"}:
            return False
        properties = schema.get("properties")
        if isinstance(properties, dict) and (properties or type_names):
            return True
        has_branches = keywords.schemas(schema, "anyOf") or keywords.schemas(schema, "oneOf")
        if type_names and schema.get("additionalProperties") is False and "patternProperties" not in schema:
            return not has_branches
        return not _is_renaming(schema) and any(self._is_class_part(part, above) for part in _parts(schema))

    def _is_class_part(self, part: Schema, above: frozenset[str]) -> bool:
        name = reference_name(part)
        if name is None:
            return self.is_class(part, above)
        is_open = name not in above and len(above) < _DEEPEST
        return is_open and self.is_class(self.definitions.get(name, True), above | {name})

    def shape(self, name: str) -> Shape:
        """Return the shape of the definition *name*, made once."""
        if name not in self.done:
            self.open.add(name)
            self.done[name] = self._made(name)
            self.open.discard(name)
        return self.done[name]

    def _made(self, name: str) -> Shape:
        schema = self.definitions[name]
        doc = keywords.text(schema, "description")
        if isinstance(schema, bool):
            return AliasShape(Anything(), doc)
        owner = self.lasting.keys.get(name, name)
        members = enum_members(schema, self.lasting.names, owner=owner)
        if members:
            return EnumShape(members, doc)
        if name not in self.classes:
            return AliasShape(self.lowering.type_of(schema), doc)
        made = self._class(schema, doc, owner)
        above = [self.ancestors[base] for base in made.bases]
        self.ancestors[name] = frozenset({name}).union(*above)
        self.fields[name] = self._inherited(made.bases) | {each.wire_name: each for each in made.fields}
        return made

    def _class(self, schema: Mapping[str, JsonValue], doc: str, owner: str) -> ClassShape:
        bases = self._bases(schema)
        inherited = self._inherited(bases)
        forbidden = {name for base in bases for name in self.gathering.of_definition(base)} - set(inherited)
        members = {name: each for name, each in self.gathering.of(schema).items() if name not in forbidden}
        return ClassShape(bases, tuple(self._own(members, inherited, owner)), self.lowering.undeclared(schema), doc)

    def _inherited(self, bases: tuple[str, ...]) -> dict[str, Field]:
        return {name: each for base in bases for name, each in self.fields[base].items()}

    def _own(self, members: Members, inherited: Mapping[str, Field], owner: str) -> Iterator[Field]:
        """Yield the attributes that *owner*, a class with *members*, adds to those *inherited*, or narrows."""
        present = {name: member for name, member in members.items() if member.schema is not False}
        taken = self.reserved | {each.name for each in inherited.values()}
        added = [name for name in present if name not in inherited]
        attributes = attribute_names(added, reserved=taken, kept=self.lasting.names, owner=owner)
        for name, member in present.items():
            kind, known = self.lowering.type_of(member.schema), inherited.get(name)
            if known is None:
                yield Field(name, attributes[name], kind, member.is_required, _doc(member))
            elif (known.type, known.is_required) != (kind, member.is_required):
                yield replace(
                    known,
                    type=kind,
                    is_required=member.is_required,
                    doc="",
                    is_made_required=member.is_required and not known.is_required,
                    is_narrower=known.type != Anything(),
                )

    def _bases(self, schema: Mapping[str, JsonValue]) -> tuple[str, ...]:
        """Return the definitions to inherit from; none when only a class with all properties merged is exact."""
        found = {name for part in _parts(schema) if (name := reference_name(part)) in self.classes}
        named = [name for part in _parts(schema) if (name := reference_name(part)) is not None]
        bases = tuple(dict.fromkeys(name for name in named if name in found))
        if not bases or found & self.open or len(self.open) > _DEEPEST:
            return ()
        made = [self.shape(base) for base in bases]
        extras = [self.lowering.undeclared(schema), *(each.extra for each in made if isinstance(each, ClassShape))]
        typed = [each for each in extras if each is not None and each != Anything()]
        is_fit = len(typed) < 2 and self._are_unrelated(bases)  # noqa: PLR2004  (one may refine, two may disagree)
        return bases if is_fit and self._is_refining(schema, bases) else ()

    def _are_unrelated(self, bases: tuple[str, ...]) -> bool:
        """Whether *bases* share neither ancestors nor properties nor attributes, and the line is not too long."""
        return sum(len(self.ancestors[base]) for base in bases) <= _DEEPEST and not any(
            self.ancestors[left] & self.ancestors[right]
            or set(self.gathering.of_definition(left)) & set(self.gathering.of_definition(right))
            or {each.name for each in self.fields[left].values()} & {each.name for each in self.fields[right].values()}
            for left, right in combinations(bases, 2)
        )

    def _is_refining(self, schema: Mapping[str, JsonValue], bases: tuple[str, ...]) -> bool:
        """Whether each property of *bases* that *schema* speaks of, too, stays as it is or gets a narrower type."""
        inherited = self._inherited(bases)
        mentioned = {name for base in bases for name in self.gathering.of_definition(base)}
        for name, member in self.gathering.of(schema).items():
            known = inherited.get(name)
            if name in mentioned and (known is None) != (member.schema is False):
                return False
            if known is not None and not _is_narrower(self.lowering.type_of(member.schema), known.type):
                return False
        return True


def _parts(schema: Mapping[str, JsonValue]) -> tuple[Schema, ...]:
    """Return what *schema* is made of besides its own keywords: its reference and the parts of `allOf`."""
    referred: tuple[Schema, ...] = ({"$ref": schema["$ref"]},) if "$ref" in schema else ()
    return referred + keywords.schemas(schema, "allOf")


def _is_renaming(schema: Mapping[str, JsonValue]) -> bool:
    """Whether *schema* is another definition under a new name."""
    telling = set(schema) - _ANNOTATIONS
    parts = _parts(schema)
    return telling <= {"$ref", "allOf"} and len(parts) == 1 and reference_name(parts[0]) is not None


def _is_narrower(kind: Type, than: Type) -> bool:
    """Whether an attribute of type *than* may be overridden by one of *kind*, surely."""
    if isinstance(kind, Literals) and than == Scalar("str"):
        return all(isinstance(value, str) for value in kind.values)
    return kind == than or than == Anything()


def _doc(member: Member) -> str:
    """Return the description of a property, also when one part of an `allOf` has it."""
    schema = member.schema
    if isinstance(schema, bool) or keywords.text(schema, "description"):
        return keywords.text(schema, "description")
    return next((doc for part in keywords.schemas(schema, "allOf") if (doc := keywords.text(part, "description"))), "")
