"""Named schemas: everything that becomes a class, and what it is a view of."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from apictl.contract.schema import Schema
from apictl.findings import Place


class View(enum.Enum):
    """Which side of the wire a definition is made for (OpenAPI 3.1, readOnly and writeOnly)."""

    BOTH = "both"
    REQUEST = "request"
    """Properties that are readOnly are forbidden: their schema is `false`."""
    RESPONSE = "response"
    """Properties that are writeOnly are forbidden: their schema is `false`."""


@dataclass(frozen=True, slots=True)
class Definition:
    """A schema with a name.

    Attributes:
        name: of the component, or made of the operation id and the role for an inline schema; no Python name.
        schema: JSON Schema 2020-12; each `$ref` is `#/$defs/<name>` of another definition.
        place: of the schema in its document.
        view: the side of the wire it is made for.
        origin: the name of the definition it is a view of; equal to `name` when it is no second view.
    """

    name: str
    schema: Schema
    place: Place
    view: View = View.BOTH
    origin: str = ""
