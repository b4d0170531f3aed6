"""One difference between two schemas."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, TypeAlias

from apictl.contract.schema import JsonValue, Schema
from apictl.diff.law import Effect
from apictl.findings import Place


class Step(enum.Enum):
    """A step into a value that has no name of its own."""

    ITEM = "[]"
    """Any item of an array."""
    OTHER = "*"
    """Any property that is not declared by name."""
    KEY = "<key>"
    """The name of any property."""


ValuePath: TypeAlias = tuple[str | int | Step, ...]
"""From the root of a value to a part of it: property names, indices of `prefixItems`, and steps without a name."""

ROOT: Final[ValuePath] = ()


@dataclass(frozen=True, slots=True)
class SchemaAt:
    """A schema of a contract with where it stands.

    Attributes:
        schema: with references by the names of the contract's definitions.
        place: in its document.
    """

    schema: Schema
    place: Place


@dataclass(frozen=True, slots=True)
class SchemaDifference:
    """Something that one of two schemas says and the other does not.

    Attributes:
        kind: in kebab case, named after what happened: `enum-value-removed`, `max-length-tightened`.
        effect: on the values that are allowed.
        path: to the part of the value that is spoken of, from the root that was compared.
        old: where the old schema says it, or would say it; as near as its text has it.
        new: where the new schema says it, or would say it.
        facts: what a message needs, by name: `{"value": "gift"}`, `{"old": 5, "new": 3}`.
    """

    kind: str
    effect: Effect
    path: ValuePath
    old: Place
    new: Place
    facts: Mapping[str, JsonValue] = field(default_factory=lambda: MappingProxyType({}))
