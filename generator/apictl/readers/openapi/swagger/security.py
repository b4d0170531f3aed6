"""Security definitions of Swagger 2.0 as security schemes of OpenAPI 3.0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.findings import Place
from apictl.readers.access import Tree, items, mapping, text
from apictl.readers.openapi.swagger.addresses import Addresses

_FLOWS: Final = {"application": "clientCredentials", "accessCode": "authorizationCode"}
"""Flows that OpenAPI 3 calls otherwise."""
_OF_FLOW: Final = ("authorizationUrl", "tokenUrl", "scopes")


def render_scheme(addresses: Addresses, to: Place, at: Place, fields: Tree) -> Tree:
    """Return the security scheme with *fields*, written at *at*, to stand at *to*."""
    addresses.move(to, at)
    match fields.get("type"):
        case "basic":
            return fields | {"type": "http", "scheme": "basic"}
        case "oauth2":
            name = text(fields.get("flow"))
            name = _FLOWS.get(name, name)
            addresses.move(to.child("flows", name), at)
            flow: Tree = {"scopes": {}} | {field: fields[field] for field in _OF_FLOW if field in fields}
            kept: Tree = {key: value for key, value in fields.items() if key not in {*_OF_FLOW, "flow"}}
            return kept | {"flows": {name: flow}}
        case _:
            return fields


def render_requirements(value: JsonValue, names: Mapping[str, str]) -> JsonValue:
    """Return the requirements *value* with each scheme called as in *names*."""
    return [
        {names.get(name, name): scopes for name, scopes in mapping(alternative).items()} for alternative in items(value)
    ]
