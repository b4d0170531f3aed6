"""Annotations of signatures: the types that models have, as they are written outside the models module."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from apictl.contract.schema import Schema
from apictl.pages.python.expressions import literal
from apictl.pages.python.lowering import Lowering
from apictl.pages.python.types import Anything, ListOf, Literals, MapOf, Reference, Scalar, Type, UnionOf


@dataclass(frozen=True, slots=True)
class Annotations:
    """Writes annotations.

    Attributes:
        names: class names by wire name of the definition.
        lowering: from schemas to types.
    """

    names: Mapping[str, str]
    lowering: Lowering

    def of(self, schema: Schema) -> str:
        """Return the annotation of a value of *schema*."""
        return self.text(self.lowering.type_of(schema))

    def text(self, kind: Type) -> str:
        """Return *kind* as an annotation; its names are those of `formats` and `models`."""
        match kind:
            case Anything():
                return "Any"
            case Scalar(name=name):
                return name
            case Literals(values=values):
                return f"Literal[{', '.join(map(literal, values))}]"
            case Reference(name=name):
                return f"models.{self.names[name]}" if name in self.names else "Any"
            case ListOf(item=item):
                return f"list[{self.text(item)}]"
            case MapOf(value=value):
                return f"dict[str, {self.text(value)}]"
            case UnionOf(members=members):
                return " | ".join(map(self.text, members))
            case _:
                assert_never(kind)
