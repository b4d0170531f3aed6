"""Definitions written one by one, each only when nothing that decides about it is as it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, assert_never

from apictl.contract.circles import components
from apictl.emitters.models.alike import alike, spread
from apictl.emitters.models.generating import generated
from apictl.emitters.models.imports import KNOWN
from apictl.emitters.models.module import Words, Written, definitions
from apictl.emitters.models.shapes import AliasShape, ClassShape, EnumShape, Shape, Shapes
from apictl.emitters.models.skeleton import skeleton
from apictl.pages.memory import Memory, key_of
from apictl.pages.python.types import Anything, ListOf, Literals, MapOf, Reference, Scalar, Type, UnionOf


def written_apart(shapes: Shapes, names: Mapping[str, str], memory: Memory, *, support: str) -> Mapping[str, Written]:
    """Return what becomes of each of *shapes*, which no other decides about but those it mentions."""
    units = _units(shapes.by_name)
    keys = _Keys(shapes, names).of(units)
    found = {unit: memory.recall(key) for unit, key in keys.items()}
    wanted = {name: unit for name, unit in units.items() if found[unit] is None}
    frame = skeleton(shapes.by_name, units=wanted)
    words = Words(shapes=shapes, names=names, skeleton=frame, support=support)
    made: dict[str, list[Written]] = {unit: [] for unit in wanted.values()}
    forms = alike(frame.document)
    for each in definitions(spread(generated(forms.document), forms), words) if wanted else ():
        made[units[each.wire_name]].append(each)
    for unit, all_written in made.items():
        memory.keep(keys[unit], [_plain(each) for each in sorted(all_written, key=lambda each: each.wire_name)])
    for unit, plain in found.items():
        if plain is not None:
            made[unit] = [_written(each) for each in plain]
    by_name = {each.wire_name: each for all_written in made.values() for each in all_written}
    return {name: by_name[name] for name in shapes.by_name}


def _plain(written: Written) -> list[Any]:
    sets = (written.used, written.needed, written.mentioned)
    return [written.wire_name, written.text, *(sorted(each) for each in sets)]


def _written(plain: list[Any]) -> Written:
    wire_name, text, used, needed, mentioned = plain
    return Written(wire_name, text, frozenset(used), frozenset(needed), frozenset(mentioned))


def _units(shapes: Mapping[str, Shape]) -> dict[str, str]:
    """Return the unit of each definition: its own, or that of the aliases that mean each other."""
    aliases = {name: shape for name, shape in shapes.items() if isinstance(shape, AliasShape)}
    edges = {name: [each for each in references_of(shape.type) if each in aliases] for name, shape in aliases.items()}
    units = {name: name for name in shapes}
    for members in components(edges):
        units |= dict.fromkeys(members, min(members))
    return units


def references_of(kind: Type) -> Iterator[str]:
    """Yield the wire names of the definitions that *kind* mentions."""
    match kind:
        case Reference(name=name):
            yield name
        case ListOf(item=inner) | MapOf(value=inner):
            yield from references_of(inner)
        case UnionOf(members=members):
            for each in members:
                yield from references_of(each)
        case Anything() | Scalar() | Literals():
            return
        case _:
            assert_never(kind)


@dataclass(frozen=True)
class _Keys:
    """What decides about the text of each unit."""

    shapes: Shapes
    names: Mapping[str, str]
    outlines: dict[str, str] = field(default_factory=dict)

    def of(self, units: Mapping[str, str]) -> dict[str, str]:
        """Return a key for each unit."""
        parts: dict[str, list[str]] = {unit: [self._imported] for unit in units.values()}
        for name, unit in units.items():
            parts[unit] += self._of_definition(name)
        return {unit: key_of("model", *each) for unit, each in parts.items()}

    @cached_property
    def _imported(self) -> str:
        """The names of definitions that an import could have, too."""
        return repr(sorted(name for name in self.names.values() if name in KNOWN))

    def _of_definition(self, name: str) -> Iterator[str]:
        shape = self.shapes.by_name[name]
        mentioned = sorted(set(_mentioned(shape)) & set(self.shapes.by_name))
        yield from (name, self.names[name], repr(shape))
        for each in mentioned:
            yield from (each, self.names[each], self._outline(each))
        known = frozenset(mentioned)
        yield repr(sorted((sorted(told), repr(how)) for told, how in self._telling_among(known)))

    def _telling_among(self, names: frozenset[str]) -> Iterator[tuple[frozenset[str], object]]:
        for each in names:
            for told, how in self._telling_by_first.get(each, ()):
                if told <= names:
                    yield told, how

    @cached_property
    def _telling_by_first(self) -> Mapping[str, list[tuple[frozenset[str], object]]]:
        found: dict[str, list[tuple[frozenset[str], object]]] = {}
        for told, how in self.shapes.telling.items():
            found.setdefault(min(told, default=""), []).append((told, how))
        return found

    def _outline(self, name: str) -> str:
        """Return what a union makes of the definition *name*: its required literals, inherited ones included."""
        if name not in self.outlines:
            match self.shapes.by_name[name]:
                case ClassShape() as shape:
                    required = [(each, self._literals(each.type)) for each in shape.fields if each.is_required]
                    own = [(each.name, each.wire_name, literals) for each, literals in required if literals is not None]
                    self.outlines[name] = repr(("class", own, [self._outline(base) for base in shape.bases]))
                case EnumShape():
                    self.outlines[name] = "enum"
                case AliasShape() as shape:
                    self.outlines[name] = repr(self._literals(shape.type))
        return self.outlines[name]

    def _literals(self, kind: Type) -> Literals | None:
        shape = self.shapes.by_name.get(kind.name) if isinstance(kind, Reference) else None
        found = shape.type if isinstance(shape, AliasShape) else kind
        return found if isinstance(found, Literals) else None


def _mentioned(shape: Shape) -> Iterator[str]:
    match shape:
        case ClassShape():
            yield from shape.bases
            for each in shape.fields:
                yield from references_of(each.type)
            if shape.extra is not None:
                yield from references_of(shape.extra)
        case AliasShape():
            yield from references_of(shape.type)
        case EnumShape():
            return
        case _:
            assert_never(shape)
