"""Shapes → the schema document that datamodel-code-generator reads.

Nothing of the contract's text stands in it: definitions are `M0`, `M1`, … attributes `f_<name>`, literals `L0`,
`L1`, …; `module` puts the words back. So hostile text can't reach the generator, and it has no name to change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from apictl.contract.schema import JsonValue
from apictl.emitters.models.shapes import AliasShape, ClassShape, EnumShape, Shape
from apictl.pages.python.types import Anything, ListOf, Literals, MapOf, Reference, Scalar, Type, UnionOf

FOREIGN = "foreign"
"""The module that the skeleton pretends to take literals and our own types from."""

OTHER = "Other"
"""Begins the placeholder of a definition that is taken from elsewhere: within one document no two are called alike."""

EXTRA = "extra"
"""The attribute that carries the type of undeclared properties; no other begins like it."""

_PLAIN: Mapping[str, dict[str, JsonValue]] = {
    "str": {"type": "string"},
    "int": {"type": "integer"},
    "float": {"type": "number"},
    "bool": {"type": "boolean"},
    "None": {"type": "null"},
}


@dataclass(frozen=True, slots=True)
class Skeleton:
    """A document and what its placeholders stand for.

    Attributes:
        document: JSON Schema 2020-12 with `$defs` only.
        definitions: wire names by placeholder.
        literals: by placeholder.
    """

    document: dict[str, JsonValue]
    definitions: Mapping[str, str]
    literals: Mapping[str, Literals]


def skeleton(shapes: Mapping[str, Shape], *, units: Mapping[str, str] | None = None) -> Skeleton:
    """Return the document for *shapes*, in their order.

    With *units*, the name of one by definition, the document has only the definitions in them. Each unit stands for
    itself: it takes all others, and the bases of classes, from elsewhere, so that nothing of theirs decides about it.
    """
    making = _Making({name: f"M{number}" for number, name in enumerate(shapes)}, units)
    wanted = shapes if units is None else units
    definitions: dict[str, JsonValue] = {
        making.places[name]: replace(making, owner=_owner(name, shapes[name])).of_shape(shapes[name]) for name in wanted
    }
    return Skeleton(
        document={"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": definitions},
        definitions={f"{kind}{place}": name for name, place in making.places.items() for kind in ("", OTHER)},
        literals={place: literals for literals, place in making.literals.items()},
    )


def _owner(name: str, shape: Shape) -> str:
    """Return the definition whose unit is near: none for a class, whose attributes are made apart from it."""
    return "" if isinstance(shape, ClassShape) else name


@dataclass(frozen=True, slots=True)
class _Making:
    places: Mapping[str, str]
    units: Mapping[str, str] | None
    owner: str = ""
    literals: dict[Literals, str] = field(default_factory=dict)

    def of_shape(self, shape: Shape) -> dict[str, JsonValue]:
        match shape:
            case ClassShape():
                return self._of_class(shape)
            case EnumShape(members=members):
                is_text = isinstance(members[0].value, str)
                return {"type": "string", "enum": ["v"]} if is_text else {"type": "integer", "enum": [0]}
            case AliasShape(type=kind):
                return self._of_type(kind)
            case _:
                assert_never(shape)

    def _of_class(self, shape: ClassShape) -> dict[str, JsonValue]:
        properties: dict[str, JsonValue] = {f"f_{each.name}": self._of_type(each.type) for each in shape.fields}
        required: list[JsonValue] = [f"f_{each.name}" for each in shape.fields if each.is_required]
        if shape.extra is not None and shape.extra != Anything():
            properties[EXTRA] = self._of_type(shape.extra)
            required.append(EXTRA)
        made: dict[str, JsonValue] = {"type": "object", "properties": properties, "required": required}
        if shape.bases and self.units is None:
            made["allOf"] = [{"$ref": f"#/$defs/{self.places[base]}"} for base in shape.bases]
        return made

    def _of_type(self, kind: Type) -> dict[str, JsonValue]:
        match kind:
            case Anything():
                return {}
            case Scalar(name=name):
                return dict(_PLAIN[name]) if name in _PLAIN else _taken(name)
            case Literals():
                place = self.literals.setdefault(kind, f"L{len(self.literals)}")
                return _taken(place)
            case Reference(name=name):
                return self._of_reference(self.places[name], name) if name in self.places else {}
            case ListOf(item=item):
                return {"type": "array", "items": self._of_type(item)}
            case MapOf(value=value):
                return {"type": "object", "additionalProperties": self._of_type(value)}
            case UnionOf(members=members):
                return {"anyOf": [self._of_type(each) for each in members]}
            case _:
                assert_never(kind)

    def _of_reference(self, place: str, name: str) -> dict[str, JsonValue]:
        is_near = self.units is None or self.units.get(name) == self.units.get(self.owner, "")
        return {"$ref": f"#/$defs/{place}"} if is_near else _taken(f"{OTHER}{place}")


def _taken(name: str) -> dict[str, JsonValue]:
    """Return the schema of a type that the skeleton takes from elsewhere."""
    return {"type": "string", "customTypePath": f"{FOREIGN}.{name}"}
