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

    def schema(self, holder: Node, side: View) -> Schema:
        """Return the schema under `schema` of *holder* as *side* sees it; everything when there is none."""
        if "schema" not in holder.fields:
            return True
        schema = self.converter.schema(holder.place.child("schema"), holder.fields["schema"])
        return self.views.request(schema) if side is View.REQUEST else self.views.response(schema)

    def examples(self, holder: Node) -> tuple[JsonValue, ...]:
        """Return the values of `example` and `examples` of *holder*, in that order."""
        values = [holder.fields["example"]] if "example" in holder.fields else []
        for name in mapping(holder.fields.get("examples")):
            example = self.inventory.child(holder, "examples", name)
            if example is not None and example.kind is Kind.EXAMPLE and "value" in example.fields:
                values.append(example.fields["value"])
        return tuple(values)
