"""Formats of numbers as the ranges that they mean, which validators of JSON Schema don't judge by."""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import (
    SCHEMA_KEYWORDS,
    SCHEMA_LIST_KEYWORDS,
    SCHEMA_MAP_KEYWORDS,
    JsonValue,
    Schema,
    as_schema,
)
from apictl.diff.schemas.formats import RANGES
from apictl.diff.witnesses.apart import root_value

_DEPTH_LIMIT: Final = 200


def ranged(schema: Schema, depth: int = 0) -> Schema:
    """Return *schema* with the range of each format of numbers written down beside it."""
    if isinstance(schema, bool) or depth > _DEPTH_LIMIT:
        return schema
    written = {keyword: _written(keyword, said, depth + 1) for keyword, said in schema.items()}
    said = schema.get("format")
    if isinstance(said, str) and said in RANGES:
        least, greatest = RANGES[said]
        others = written.get("allOf")
        written["allOf"] = [*(others if isinstance(others, list) else ()), {"minimum": least, "maximum": greatest}]
    return written


def _written(keyword: str, said: JsonValue, depth: int) -> JsonValue:
    if keyword in SCHEMA_KEYWORDS and isinstance(said, dict):
        return root_value(ranged(said, depth))
    if keyword in SCHEMA_LIST_KEYWORDS and isinstance(said, list):
        return [root_value(ranged(as_schema(each), depth)) for each in said]
    if keyword in SCHEMA_MAP_KEYWORDS and isinstance(said, dict):
        return {name: root_value(ranged(as_schema(each), depth)) for name, each in said.items()}
    return said
