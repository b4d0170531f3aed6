"""Total access to a tree of any shape: a node of another type reads as an empty one."""

from __future__ import annotations

import json
from typing import TypeAlias

from apictl.contract.schema import JsonValue
from apictl.findings import Place

Tree: TypeAlias = dict[str, JsonValue]
Key: TypeAlias = tuple[str, str]
"""Path of a document and pointer in it: what identifies a node."""


def mapping(value: JsonValue) -> Tree:
    """Return *value* when it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: JsonValue) -> list[JsonValue]:
    """Return *value* when it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: JsonValue) -> str:
    """Return *value* when it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def texts(value: JsonValue) -> list[str]:
    """Return the strings of *value* when it is a list."""
    return [item for item in items(value) if isinstance(item, str)]


def written(value: JsonValue) -> str:
    """Return *value* as it is written: text as it is, anything else as JSON; "" for nothing."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value)


def reference(value: JsonValue) -> str | None:
    """Return the `$ref` of *value* when it is a mapping that has one."""
    target = value.get("$ref") if isinstance(value, dict) else None
    return target if isinstance(target, str) else None


def key_of(place: Place) -> Key:
    """Return what identifies the node at *place*."""
    return place.path, place.pointer
