"""Formats of numbers as the ranges that they mean, which validators of JSON Schema don't judge by."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from apictl.contract.schema import (
    SCHEMA_KEYWORDS,
    SCHEMA_LIST_KEYWORDS,
    SCHEMA_MAP_KEYWORDS,
    JsonValue,
    Schema,
    as_schema,
)
from apictl.diff.witnesses.apart import root_value

_SIZES: Final = (8, 16, 32, 64)
_DEPTH_LIMIT: Final = 200
_LARGEST_FLOAT: Final = 3.4028234663852886e38
"""IEEE 754 binary32."""

RANGES: Final[Mapping[str, tuple[int | float, int | float]]] = MappingProxyType({
    **{f"int{bits}": (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for bits in _SIZES},
    **{f"uint{bits}": (0, 2**bits - 1) for bits in _SIZES},
    "float": (-_LARGEST_FLOAT, _LARGEST_FLOAT),
})  # fmt: skip
"""The least and the greatest number of a format (OpenAPI Format Registry)."""


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
