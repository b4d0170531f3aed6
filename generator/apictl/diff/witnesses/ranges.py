"""Formats of numbers as the ranges that they mean, which validators of JSON Schema don't judge by."""

from __future__ import annotations

from typing import Final

from apictl.contract.schema import Schema, with_subschemas
from apictl.diff.schemas.formats import RANGES

_DEPTH_LIMIT: Final = 200


def ranged(schema: Schema, depth: int = 0) -> Schema:
    """Return *schema* with the range of each format of numbers written down beside it."""
    if isinstance(schema, bool) or depth > _DEPTH_LIMIT:
        return schema
    written = {
        keyword: with_subschemas(keyword, said, lambda each: ranged(each, depth + 1))
        for keyword, said in schema.items()
    }
    said = schema.get("format")
    if isinstance(said, str) and said in RANGES:
        least, greatest = RANGES[said]
        others = written.get("allOf")
        written["allOf"] = [*(others if isinstance(others, list) else ()), {"minimum": least, "maximum": greatest}]
    return written
