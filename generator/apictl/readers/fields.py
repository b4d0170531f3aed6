"""Which fields of an object hold other objects, and how."""

from __future__ import annotations

import enum
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from apictl.readers.access import Tree
from apictl.readers.inventory import Child, KindT


class Shape(enum.Enum):
    """How a field holds its objects."""

    ONE = "one"
    LIST = "list"
    MAP = "map"


Fields: TypeAlias = Mapping[str, tuple[Shape, KindT]]
"""By the name of a field: how it holds its objects, and of which kind they are."""


def objects_in(fields: Fields[KindT], node: Tree) -> Iterator[Child[KindT]]:
    """Yield the objects that *fields* of *node* hold, in the document's order."""
    for name, value in node.items():
        if name not in fields:
            continue
        shape, kind = fields[name]
        if shape is Shape.ONE:
            yield (name,), kind, value
        elif shape is Shape.LIST and isinstance(value, list):
            for index, item in enumerate(value):
                yield (name, index), kind, item
        elif shape is Shape.MAP and isinstance(value, dict):
            for key, item in value.items():
                yield (name, key), kind, item
