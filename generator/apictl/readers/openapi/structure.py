"""The structure of OpenAPI documents, as their meta-schema demands it."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from apictl.findings import Finding, Place, error
from apictl.readers import structure
from apictl.readers.openapi.inventory import Node
from apictl.readers.openapi.kinds import METHODS
from apictl.readers.openapi.metaschemas import Version, metaschema_at, validator
from apictl.readers.structure import MetaSchema


def structure_findings(node: Node, version: Version) -> Iterator[Finding]:
    """Yield what is wrong in the structure of *node*, an object that stands by itself."""
    yield from structure.structure_findings(validator(version, node.kind), node.place, node.value, _published(version))


def _published(version: Version) -> MetaSchema:
    special = {"Paths": _no_path, "paths": _no_path, "Responses": _no_status, "responses": _no_status}
    later: dict[str, str] = {}
    if version is not Version.V32:
        later |= _OF_32
    if version is Version.V30:
        later |= _OF_31
    return MetaSchema(
        functools.partial(metaschema_at, version),
        MappingProxyType(special),
        MappingProxyType({"PathItem": frozenset(METHODS) - {"query"}}),
        MappingProxyType(later),
    )


_OF_32: Final = MappingProxyType(
    dict.fromkeys(
        (
            "$self", "additionalOperations", "dataValue", "defaultMapping", "deviceAuthorization",
            "deviceAuthorizationUrl", "itemEncoding", "itemSchema", "mediaTypes", "nodeType", "oauth2MetadataUrl",
            "prefixEncoding", "query", "serializedValue",
        ),
        "it is of OpenAPI 3.2",
    )
)  # fmt: skip
"""What OpenAPI 3.2 adds, with what is to be said of it before."""

_OF_31: Final = MappingProxyType({
    **dict.fromkeys(
        (
            "$anchor", "$comment", "$defs", "$id", "$schema", "contains", "contentEncoding", "contentMediaType",
            "dependentRequired", "dependentSchemas", "else", "examples", "identifier", "if", "jsonSchemaDialect",
            "maxContains", "minContains", "pathItems", "patternProperties", "prefixItems", "propertyNames", "then",
            "unevaluatedItems", "unevaluatedProperties", "webhooks",
        ),
        "it is of OpenAPI 3.1",
    ),
    "const": "it is of OpenAPI 3.1; an 'enum' of one value says the same",
})  # fmt: skip
"""What OpenAPI 3.1 adds, with what is to be said of it in OpenAPI 3.0."""


def _no_path(place: Place, name: str) -> Finding:
    return error("path-without-slash", place, f"path {name} does not begin with '/'")


def _no_status(place: Place, name: str) -> Finding:
    return error("status-unknown", place, f"{name} is no status", hint="'200', '2XX' or 'default'")
