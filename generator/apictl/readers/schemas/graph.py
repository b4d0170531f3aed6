"""The schemas of a document and of the files it reaches, with what each reference leads to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType

from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers.access import Key, key_of, reference
from apictl.readers.schemas.dialect import Dialect


@dataclass(frozen=True, slots=True)
class SchemaNode:
    """A schema as written.

    Attributes:
        place: of the schema.
        value: mapping or boolean.
    """

    place: Place
    value: JsonValue


@dataclass(frozen=True)
class SchemaGraph:
    """Every schema by what identifies it.

    Attributes:
        dialect: that they are written in.
        schemas: in the order of reading.
        targets: by the node that holds the `$ref` (or by the value of a discriminator's mapping): where it leads.
        dialects: of those that are written in another one.
    """

    dialect: Dialect
    schemas: Mapping[Key, SchemaNode]
    targets: Mapping[Key, Place]
    dialects: Mapping[Key, Dialect] = field(default_factory=lambda: MappingProxyType({}))

    @cached_property
    def saying(self) -> Mapping[str, list[SchemaNode]]:
        """The schemas that have a keyword, by the keyword, in the order of reading."""
        found: dict[str, list[SchemaNode]] = defaultdict(list)
        for node in self.schemas.values():
            if isinstance(node.value, dict):
                for keyword in node.value:
                    found[keyword].append(node)
        return found

    def dialect_at(self, place: Place) -> Dialect:
        """Return what the schema at *place* is written in."""
        return self.dialects.get(key_of(place), self.dialect) if self.dialects else self.dialect

    def target(self, place: Place) -> SchemaNode | None:
        """Return the schema that the reference held by *place* leads to, one step."""
        target = self.targets.get(key_of(place))
        return None if target is None else self.schemas.get(key_of(target))

    def follow(self, place: Place, value: JsonValue) -> SchemaNode:
        """Return the schema behind *value*'s chain of references, or the last one that can be reached."""
        node = SchemaNode(place, value)
        seen: set[Key] = set()
        while reference(node.value) is not None and key_of(node.place) not in seen:
            seen.add(key_of(node.place))
            target = self.target(node.place)
            if target is None:
                return node
            node = target
        return node
