"""Links: what of a response leads to which other operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from apictl.contract.schema import JsonValue
from apictl.findings import Place


@dataclass(frozen=True, slots=True)
class Link:
    """A way from a response to an operation (OpenAPI 3.1, Link Object).

    Attributes:
        name: key in the `links` of the response.
        place: of the Link Object (after its `$ref`).
        operation_id: as written; "" when the operation is named by reference, or not at all.
        operation_ref: as written; "" when the operation is named by id, or not at all.
        target: place of the operation that the reference leads to; None when that is in no document that was read.
        parameters: what is passed on, by name, perhaps with the location before it (`path.id`); runtime
            expressions as text, anything else is a constant.
        body: runtime expression or constant that is passed on as request body; None when there is none.
        server: url that the operation is called at, with variables replaced; "" when nothing is said.
        description: CommonMark text; "" when absent.
    """

    name: str
    place: Place
    operation_id: str = ""
    operation_ref: str = ""
    target: Place | None = None
    parameters: Mapping[str, JsonValue] = field(default_factory=lambda: MappingProxyType({}))
    body: JsonValue = None
    server: str = ""
    description: str = ""
