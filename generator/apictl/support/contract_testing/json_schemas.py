"""Schemas of OpenAPI 3.0 in the words of JSON Schema 2020-12."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from .typed_schemas import schemas_of

_COMPOSING: Final = ("allOf", "anyOf", "oneOf")
_BOUNDS: Final = (("minimum", "exclusiveMinimum"), ("maximum", "exclusiveMaximum"))


def say_in_json_schema(contract: dict[str, Any]) -> None:
    """Change the schemas of *contract*, where it is of OpenAPI 3.0: what they allow stays the same."""
    if str(contract.get("openapi", "")).startswith("3.0."):
        for schema in [schema for schema, _ in schemas_of(contract)]:
            plain = _said(schema)
            schema.clear()
            schema.update(plain)


def _said(schema: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(schema.get("$ref"), str):  # all else is ignored (OpenAPI 3.0, Reference Object)
        return {"$ref": schema["$ref"]}
    said = dict(schema)
    for bound, exclusive in _BOUNDS:
        if said.get(exclusive) is True and bound in said:
            said[exclusive] = said.pop(bound)
        elif isinstance(said.get(exclusive), bool):
            del said[exclusive]
    if isinstance(said.get("items"), list):
        said["prefixItems"] = said.pop("items")
    if said.pop("nullable", False) is not True:
        return said
    if isinstance(said.get("type"), str):
        said["type"] = [said["type"], "null"]
    # Beside branches it has no effect by the letter, and all who write it there mean one.
    return {"anyOf": [said, {"type": "null"}]} if any(said.get(keyword) for keyword in _COMPOSING) else said
