"""Small contracts, made by hand."""

from __future__ import annotations

from types import MappingProxyType

from apictl.contract.contract import Contract
from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType, Operation, Parameter, RequestBody, Response
from apictl.contract.schema import JsonValue, Schema
from apictl.contract.security import SecurityScheme
from apictl.findings import Place

PLACE = Place("specs/quotes/openapi.yaml", "/paths/~1quotes/post")


def operation(
    method: str = "POST",
    path: str = "/quotes",
    *,
    parameters: tuple[Parameter, ...] = (),
    body: Schema | None = None,
    media_type: str = "application/json",
) -> Operation:
    """Return an operation called `call` that answers 200."""
    content = MediaType(media_type, body, PLACE)
    return Operation(
        id="call",
        method=method,
        path=path,
        place=PLACE,
        parameters=parameters,
        request_body=None if body is None else RequestBody((content,), PLACE, is_required=True),
        responses=(Response("200", PLACE),),
    )


def contract(
    *operations: Operation,
    definitions: tuple[Definition, ...] = (),
    schemes: tuple[SecurityScheme, ...] = (),
    source: dict[str, JsonValue] | None = None,
) -> Contract:
    """Return a contract of *operations*."""
    return Contract(
        service="quotes",
        title="Quotes",
        version="1",
        description="",
        place=Place(PLACE.path),
        operations=operations,
        definitions=MappingProxyType({definition.name: definition for definition in definitions}),
        security_schemes=MappingProxyType({scheme.name: scheme for scheme in schemes}),
        source=MappingProxyType(source or {}),
    )
