"""The schemas at the edge of a message: what language each is written in, and where."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.contract.events import PayloadFormat
from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers.access import key_of, text
from apictl.readers.asyncapi.formats import DEFAULT, Format, format_of
from apictl.readers.asyncapi.inventory import is_formatted
from apictl.readers.asyncapi.kinds import Inventory
from apictl.readers.asyncapi.traits import Part, Whole, resolved
from apictl.readers.asyncapi.version import Version


@dataclass(frozen=True, slots=True)
class SchemaSource:
    """A schema that a message holds.

    Attributes:
        format: that it is written in.
        part: the schema itself; still a reference in the languages that JSON Schema is.
        format_place: of what names the format; of the schema when nothing does.
    """

    format: Format
    part: Part
    format_place: Place

    @property
    def is_json_schema(self) -> bool:
        """Whether it is of a language of JSON Schema."""
        return self.format.language is PayloadFormat.JSON_SCHEMA


def schema_source(inventory: Inventory, whole: Whole, field: str, version: Version) -> SchemaSource | None:
    """Return the schema under *field* (`headers` or `payload`) of a message; None when there is none."""
    part = whole.parts.get(field)
    if part is None:
        return None
    if version.is_second:
        named = whole.parts.get("schemaFormat") if field == "payload" else None
        written = DEFAULT if named is None else format_of(text(named.value))
        return _behind(inventory, SchemaSource(written, part, part.place if named is None else named.place))
    holder = None if part.is_merged else inventory.nodes.get(key_of(part.place))
    target = part if holder is None else _resolved(inventory, part)
    if not is_formatted(target.value):
        return SchemaSource(DEFAULT, part, part.place)
    return _formatted(inventory, target)


def _formatted(inventory: Inventory, target: Part) -> SchemaSource:
    place = target.place.child("schema")
    node = inventory.nodes.get(key_of(place))
    value: JsonValue = None if node is None else node.value
    at = target.place.child("schemaFormat")
    written = target.value.get("schemaFormat") if isinstance(target.value, dict) else None
    return _behind(inventory, SchemaSource(format_of(text(written)), Part(place, value), at))


def _behind(inventory: Inventory, source: SchemaSource) -> SchemaSource:
    """References of other languages are followed here; those of JSON Schema lead to definitions."""
    if source.is_json_schema or source.part.is_merged:
        return source
    return SchemaSource(source.format, _resolved(inventory, source.part), source.format_place)


def _resolved(inventory: Inventory, part: Part) -> Part:
    return Part(*resolved(inventory, part))
