"""Security schemes and requirements, which OpenAPI and AsyncAPI write alike."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.contract.security import Flow, KeyLocation, SecurityKind, SecurityRequirement, SecurityScheme
from apictl.findings import Place
from apictl.readers.access import Tree, items, mapping, text, texts

LOCAL_SCHEME: Final = "#/components/securitySchemes/"
"""What a URI of a scheme begins with, which may stand for its name (OpenAPI 3.2, Security Requirement Object)."""

_HTTP = {"basic": SecurityKind.BASIC, "bearer": SecurityKind.BEARER}
_KINDS = {
    "apiKey": SecurityKind.API_KEY,
    "httpApiKey": SecurityKind.API_KEY,
    "oauth2": SecurityKind.OAUTH2,
    "openIdConnect": SecurityKind.OPENID_CONNECT,
    "mutualTLS": SecurityKind.MUTUAL_TLS,
}


def read_scheme(name: str, fields: Tree, place: Place) -> SecurityScheme:
    """Return the security scheme with *fields* at *place*, which is no reference."""
    written = text(fields.get("type"))
    http_scheme = text(fields.get("scheme")).lower()
    kind = _HTTP.get(http_scheme, SecurityKind.HTTP) if written == "http" else _KINDS.get(written, SecurityKind.BROKER)
    is_key = kind is SecurityKind.API_KEY
    return SecurityScheme(
        name=name,
        kind=kind,
        place=place,
        description=text(fields.get("description")),
        key_name=text(fields.get("name")) if is_key else "",
        key_location=KeyLocation(text(fields.get("in"))) if is_key else None,
        http_scheme=http_scheme if kind is SecurityKind.HTTP else "",
        scopes=tuple(sorted(declared_scopes(fields))),
        flows=tuple(_flows(fields, place)) if kind is SecurityKind.OAUTH2 else (),
        discovery_url=text(fields.get("openIdConnectUrl")) if kind is SecurityKind.OPENID_CONNECT else "",
        bearer_format=text(fields.get("bearerFormat")) if kind is SecurityKind.BEARER else "",
        mechanism=written if kind is SecurityKind.BROKER else "",
        metadata_url=text(fields.get("oauth2MetadataUrl")) if kind is SecurityKind.OAUTH2 else "",
        is_deprecated=fields.get("deprecated") is True,
    )


def read_requirements(value: JsonValue) -> tuple[tuple[SecurityRequirement, ...], ...]:
    """Return the alternatives of a `security` field."""
    return tuple(
        tuple(
            SecurityRequirement(name.removeprefix(LOCAL_SCHEME), tuple(texts(scopes)))
            for name, scopes in mapping(alternative).items()
        )
        for alternative in items(value)
    )


def declared_scopes(scheme: Tree) -> set[str]:
    """Return the scopes of all flows of an OAuth2 scheme."""
    return {scope for flow in mapping(scheme.get("flows")).values() for scope in _scopes(mapping(flow))}


def _flows(scheme: Tree, place: Place) -> Iterator[Flow]:
    for name, value in mapping(scheme.get("flows")).items():
        if name.startswith("x-"):
            continue
        fields = mapping(value)
        yield Flow(
            name=name,
            place=place.child("flows", name),
            scopes=MappingProxyType({scope: text(description) for scope, description in _scopes(fields).items()}),
            authorization_url=text(fields.get("authorizationUrl")),
            token_url=text(fields.get("tokenUrl")),
            refresh_url=text(fields.get("refreshUrl")),
            device_authorization_url=text(fields.get("deviceAuthorizationUrl")),
        )


def _scopes(flow: Tree) -> Tree:
    # AsyncAPI 3 calls them `availableScopes` (OAuth Flow Object).
    return mapping(flow.get("scopes", flow.get("availableScopes")))
