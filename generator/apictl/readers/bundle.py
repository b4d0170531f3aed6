"""One document made of many: references into other files lead to components of the root instead."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic
from urllib.parse import quote

from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers.access import Key, Tree, key_of, mapping, reference
from apictl.readers.inventory import Grammar, Inventory, KindT, Link, Node
from apictl.readers.schemas.names import short_hash
from apictl.readers.schemas.naming import place_name


def bundle(inventory: Inventory[KindT], names: Mapping[Key, str], *, grammar: Grammar[KindT]) -> Tree:
    """Return the root document with everything of other files in it; the document itself when there are none.

    *names* are the definitions' names, which schemas of other files keep as components.
    """
    root = inventory.root
    if all(link.target.path == root.place.path for link in inventory.links.values()):
        return root.fields
    bundling = _Bundling(inventory, names, grammar)
    result = mapping(bundling.copy(root.place, root.value))
    components = dict(mapping(result.get("components")))
    while bundling.pending:
        section, name, target = bundling.pending.popleft()
        node = inventory.nodes[key_of(target)]
        components[section] = mapping(components.get(section)) | {name: bundling.copy(target, node.value)}
    return result | {"components": components}


@dataclass(slots=True)
class _Bundling(Generic[KindT]):
    inventory: Inventory[KindT]
    names: Mapping[Key, str]
    grammar: Grammar[KindT]
    pending: deque[tuple[str, str, Place]] = field(default_factory=deque)
    given: dict[Key, str] = field(default_factory=dict)
    taken: dict[str, set[str]] = field(default_factory=dict)
    section_of: dict[KindT, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        components = mapping(self.inventory.root.fields.get("components"))
        for section, kind in self.grammar.sections.items():
            if kind not in self.grammar.unsectioned:
                self.section_of[kind] = section
            self.taken[section] = set(mapping(components.get(section)))
            for name in self.taken[section]:
                place = self.inventory.root.place.child("components", section, name)
                link = self.inventory.links.get(key_of(place))
                if link is not None and kind is not self.grammar.schema and link.target.path != place.path:
                    # The component only stands for what another file holds: that takes its place.
                    self._give(section, name, link.target)

    def copy(self, place: Place, value: JsonValue) -> JsonValue:
        """Return *value*, which stands at *place*, with its references rewritten."""
        if isinstance(value, list):
            return [self.copy(place.child(index), item) for index, item in enumerate(value)]
        link = self.inventory.links.get(key_of(place))
        if isinstance(value, str):
            # A value of a discriminator's mapping is a reference too.
            return value if link is None or link.target.path == place.path == self._root else self._local(link)
        if not isinstance(value, dict):
            return value
        if link is not None and link.kind not in self.section_of and link.target.path != self._root:
            return self._in_place(link.kind, place, value)
        result: Tree = {key: self.copy(place.child(key), item) for key, item in value.items()}
        if link is not None and reference(value) is not None and not link.target.path == place.path == self._root:
            result["$ref"] = self._local(link)
        return result

    @property
    def _root(self) -> str:
        return self.inventory.root.place.path

    def _in_place(self, kind: KindT, place: Place, value: Tree) -> JsonValue:
        # What no component may be, as a path item of OpenAPI 3.0, is copied to where it is used.
        target = self.inventory.resolve(Node(place, value, kind))
        copied = self.copy(target.place, target.value)
        return copied | {k: v for k, v in value.items() if k != "$ref"} if isinstance(copied, dict) else copied

    def _local(self, link: Link[KindT]) -> str:
        target = link.target
        if target.path == self._root:
            return "#" + quote(target.pointer, safe="/~!$&'()*+,;=:@?")
        section = self.section_of[link.kind]
        key = key_of(target)
        if key not in self.given:
            own = self.names.get(key) if link.kind is self.grammar.schema else None
            name = own or self._free(section, target)
            self._give(section, name, target)
        return f"#/components/{section}/{self.given[key]}"

    def _free(self, section: str, target: Place) -> str:
        name = place_name(target)
        return name if name not in self.taken[section] else name + short_hash("#".join(key_of(target)))

    def _give(self, section: str, name: str, target: Place) -> None:
        self.given[key_of(target)] = name
        self.taken[section].add(name)
        self.pending.append((section, name, target))
