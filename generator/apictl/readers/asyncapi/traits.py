"""Traits: what operations and messages share, merged into each (AsyncAPI 3.0, Traits Merge Mechanism)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers.access import Key, Tree, items, key_of, mapping, text
from apictl.readers.asyncapi.kinds import Inventory, Node
from apictl.readers.asyncapi.version import Version


@dataclass(frozen=True, slots=True)
class Part:
    """A value and where it is written.

    Attributes:
        place: of the value; of the stronger side when it is merged of several.
        value: references resolved where something was merged.
        sources: by what identifies a node of the value: where it is written when that is elsewhere.
    """

    place: Place
    value: JsonValue
    sources: Mapping[Key, Place] = field(default_factory=dict)

    @property
    def is_merged(self) -> bool:
        """Whether the value stands nowhere as it is."""
        return bool(self.sources)

    def source(self, place: Place) -> Place:
        """Return where the node at *place*, which is in the value, is written."""
        pointer = place.pointer
        while self.sources:
            source = self.sources.get((place.path, pointer))
            if source is not None:
                return Place(source.path, source.pointer + place.pointer[len(pointer) :])
            if not pointer:
                break
            pointer = pointer.rpartition("/")[0]
        return place


@dataclass(frozen=True, slots=True)
class Whole:
    """An object with its traits merged into it.

    Attributes:
        node: the object as written.
        parts: its fields by name.
    """

    node: Node
    parts: Mapping[str, Part]

    def value(self, name: str) -> JsonValue:
        """Return the value of the field *name*; None when it is absent."""
        part = self.parts.get(name)
        return None if part is None else part.value

    def text(self, name: str) -> str:
        """Return the text of the field *name*; "" when it is absent."""
        return text(self.value(name))


def with_traits(inventory: Inventory, node: Node, version: Version) -> Whole:
    """Return *node*, an operation or a message, with its traits: in AsyncAPI 2 they win, later the object does."""
    layers = [_parts(node)]
    for index in range(len(items(node.fields.get("traits")))):
        trait = inventory.child(node, "traits", index)
        if trait is not None:
            layers.append(_parts(trait))
    if not version.is_second:
        layers.append(layers.pop(0))
    result = layers[0]
    for layer in layers[1:]:
        result = _patched(inventory, result, layer)
    result.pop("traits", None)
    return Whole(node, result)


def field_of(node: Node, name: str) -> Part | None:
    """Return the field *name* of *node*, which has no traits; None when it is absent."""
    return Part(node.place.child(name), node.fields[name]) if name in node.fields else None


def resolved(inventory: Inventory, part: Part) -> tuple[Place, JsonValue]:
    """Return the place and value of *part* behind its references; those of a merged one are resolved already."""
    node = None if part.is_merged else inventory.nodes.get(key_of(part.place))
    if node is None:
        return part.place, part.value
    target = inventory.resolve(node)
    return target.place, target.value


def _parts(node: Node) -> dict[str, Part]:
    return {name: Part(node.place.child(name), value) for name, value in node.fields.items()}


def _patched(inventory: Inventory, weak: dict[str, Part], strong: dict[str, Part]) -> dict[str, Part]:
    """*weak* with *strong* as its JSON Merge Patch (RFC 7396)."""
    result = dict(weak)
    for name, part in strong.items():
        if part.value is None:
            result.pop(name, None)
        elif name in weak:
            result[name] = _merged(inventory, weak[name], part)
        else:
            result[name] = part
    return result


def _merged(inventory: Inventory, weak: Part, strong: Part) -> Part:
    if key_of(weak.place) == key_of(strong.place):
        return strong
    below = Part(*resolved(inventory, weak), weak.sources)
    above = Part(*resolved(inventory, strong), strong.sources)
    if key_of(below.place) == key_of(above.place) or not (
        isinstance(below.value, dict) and isinstance(above.value, dict)
    ):
        return strong
    merging = _Merging(below, above)
    return Part(
        strong.place,
        merging.merge(strong.place, (below.place, below.value), (above.place, above.value)),
        merging.sources,
    )


@dataclass(slots=True)
class _Merging:
    weak: Part
    strong: Part
    sources: dict[Key, Place] = field(default_factory=dict)

    def merge(self, place: Place, below: tuple[Place, JsonValue], above: tuple[Place, JsonValue]) -> Tree:
        """Return both as one mapping at *place*, and note where each of its nodes is written."""
        result: Tree = {}
        low, high = mapping(below[1]), mapping(above[1])
        self.sources[key_of(place)] = self.strong.source(above[0])
        for name in [*low, *(name for name in high if name not in low)]:
            at, weak_at, strong_at = place.child(name), below[0].child(name), above[0].child(name)
            if isinstance(low.get(name), dict) and isinstance(high.get(name), dict):
                result[name] = self.merge(at, (weak_at, low[name]), (strong_at, high[name]))
            elif name not in high:
                result[name] = low[name]
                self.sources[key_of(at)] = self.weak.source(weak_at)
            elif high[name] is not None:
                result[name] = high[name]
                self.sources[key_of(at)] = self.strong.source(strong_at)
        return result
