"""Schemas as operations see them: converted once, in the view of their direction."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.contract.definition import View
from apictl.contract.schema import JsonValue, Schema
from apictl.readers.access import mapping
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.kinds import Kind
from apictl.readers.schemas.convert import Converter
from apictl.readers.schemas.views import Views


@dataclass(frozen=True, slots=True)
class SchemaEdge:
    """What turns an object of the document into values of the contract.

    Attributes:
        inventory: the document.
        converter: of schemas as written.
        views: of converted schemas.
    """

    inventory: Inventory
    converter: Converter
    views: Views

    def schema(self, holder: Node, side: View, field: str = "schema") -> Schema:
        """Return the schema under *field* of *holder* as *side* sees it; everything when there is none."""
        if field not in holder.fields:
            return True
        schema = self.converter.schema(holder.place.child(field), holder.fields[field])
        return self.views.request(schema) if side is View.REQUEST else self.views.response(schema)

    def examples(self, holder: Node) -> tuple[JsonValue, ...]:
        """Return the values of `example` and `examples` of *holder*, in that order."""
        values = [holder.fields["example"]] if "example" in holder.fields else []
        for name in mapping(holder.fields.get("examples")):
            example = self.inventory.child(holder, "examples", name)
            if example is not None and example.kind is Kind.EXAMPLE:
                # `dataValue` excludes `value`; a `serializedValue` is text of the wire (OpenAPI 3.2, Example Object).
                values.extend(example.fields[key] for key in ("value", "dataValue") if key in example.fields)
        return tuple(values)
