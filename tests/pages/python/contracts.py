"""Small contracts, made without a document."""

from __future__ import annotations

from collections.abc import Mapping

from apictl.contract.contract import Contract
from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType, Operation, Response
from apictl.contract.schema import Schema
from apictl.findings import Place

PLACE = Place("openapi.yaml")


def contract(*operations: Operation, definitions: Mapping[str, Schema] | None = None) -> Contract:
    """Return the contract of a service "pets"."""
    named = {name: Definition(name, schema, PLACE) for name, schema in (definitions or {}).items()}
    return Contract("pets", "Pets", "1", "", PLACE, operations=operations, definitions=named)


def operation(id_: str, *statuses: str, tag: str = "", method: str = "GET") -> Operation:
    """Return an operation that answers each of *statuses* with a JSON text."""
    path = PLACE.child("paths", f"/{id_}", method.lower())
    responses = tuple(_response(status, path.child("responses", status)) for status in statuses)
    return Operation(id_, method, f"/{id_}", path, tag=tag, responses=responses)


def _response(status: str, place: Place) -> Response:
    content = MediaType("application/json", {"type": "string"}, place.child("content", "application/json"))
    return Response(status, place, contents=(content,))
