"""Formats of integers as bounds, for judges who take a format for an annotation."""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import SCHEMA_HOLDERS, JsonValue, Schema, with_subschemas

FORMAT_BOUNDS: Final = {
    "int8": (-(2**7), 2**7 - 1),
    "int16": (-(2**15), 2**15 - 1),
    "int32": (-(2**31), 2**31 - 1),
    "int64": (-(2**63), 2**63 - 1),
    "uint8": (0, 2**8 - 1),
    "uint16": (0, 2**16 - 1),
    "uint32": (0, 2**32 - 1),
    "uint64": (0, 2**64 - 1),
}
"""The smallest and the largest integer of each format (OpenAPI Format Registry)."""


def bounded(schema: Schema) -> Schema:
    """Return *schema* with the bounds of each format of integers in it."""
    if isinstance(schema, bool):
        return schema
    name = schema.get("format")
    is_bounded = isinstance(name, str) and name in FORMAT_BOUNDS and _is_of_integers(schema.get("type"))
    if not is_bounded and SCHEMA_HOLDERS.isdisjoint(schema):  # most schemas of a large contract
        return schema
    result = {
        keyword: with_subschemas(keyword, value, bounded) if keyword in SCHEMA_HOLDERS else value
        for keyword, value in schema.items()
    }
    if is_bounded:
        least, most = FORMAT_BOUNDS[str(name)]
        result["minimum"] = max(_number(schema.get("minimum"), least), least)
        result["maximum"] = min(_number(schema.get("maximum"), most), most)
    return result


def _is_of_integers(types: JsonValue) -> bool:
    named = types if isinstance(types, list) else [types]
    return "integer" in named and "number" not in named


def _number(value: JsonValue, otherwise: int) -> int | float:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else otherwise
