"""The published meta-schemas of OpenAPI, compiled to judge a whole document or one object of it."""

from __future__ import annotations

import enum
import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from jsonschema_rs import Draft7Validator, Draft202012Validator, Registry

from apictl.contract.schema import JsonValue
from apictl.readers.access import Tree, mapping
from apictl.readers.openapi.kinds import Kind

_REFERENCE: Final = "#/definitions/Reference"
JSON_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"


class Version(enum.Enum):
    """A version of OpenAPI that is read."""

    V20 = "2.0"
    """Called Swagger then; its documents are rendered in 3.0."""
    V30 = "3.0"
    V31 = "3.1"
    V32 = "3.2"


@dataclass(frozen=True, slots=True)
class _Edition:
    """Where the meta-schemas of a version since 3.1 are, and what they are called.

    Attributes:
        document: id of that of documents, which leaves schemas to the dialect (OpenAPI 3.1, Schema Object).
        shipped: paths of the dialect's, by id, in the distribution that ships them; the dialect itself comes first.
    """

    document: str
    shipped: Mapping[str, str]


_EDITIONS: Final[Mapping[Version, _Edition]] = {
    Version.V31: _Edition(
        "https://spec.openapis.org/oas/3.1/schema/2022-10-07",
        {
            "https://spec.openapis.org/oas/3.1/dialect/base": "oas3.1/metaschema.json",
            "https://spec.openapis.org/oas/3.1/meta/base": "oas3.1/vocabularies/base",
        },
    ),
    Version.V32: _Edition(
        "https://spec.openapis.org/oas/3.2/schema/2025-11-23",
        {
            "https://spec.openapis.org/oas/3.2/dialect/2025-09-17": "oas3.2/dialect/2025-09-17.json",
            "https://spec.openapis.org/oas/3.2/meta/2025-09-17": "oas3.2/meta/2025-09-17.json",
        },
    ),
}


_NAMES: Final[Mapping[Version, Mapping[Kind, str]]] = {
    Version.V30: {
        Kind.PATH_ITEM: "PathItem",
        Kind.PARAMETER: "Parameter",
        Kind.REQUEST_BODY: "RequestBody",
        Kind.RESPONSE: "Response",
        Kind.HEADER: "Header",
        Kind.EXAMPLE: "Example",
        Kind.LINK: "Link",
        Kind.CALLBACK: "Callback",
        Kind.SECURITY_SCHEME: "SecurityScheme",
        Kind.SCHEMA: "Schema",
    },
    Version.V31: {
        Kind.PATH_ITEM: "path-item",
        Kind.PARAMETER: "parameter",
        Kind.REQUEST_BODY: "request-body",
        Kind.RESPONSE: "response",
        Kind.HEADER: "header",
        Kind.EXAMPLE: "example",
        Kind.LINK: "link",
        Kind.CALLBACK: "callbacks",
        Kind.SECURITY_SCHEME: "security-scheme",
    },
}
_NAMES_32: Final[Mapping[Kind, str]] = {**_NAMES[Version.V31], Kind.MEDIA_TYPE: "media-type"}


@functools.cache
def validator(version: Version, kind: Kind) -> Draft7Validator | Draft202012Validator:
    """Return what judges an object of *kind*; compiled on first use."""
    match version:
        case Version.V20 | Version.V30:
            return _validator_30(kind)
        case Version.V31 | Version.V32:
            return _validator_since_31(version, kind)


def metaschema_at(version: Version, path: Sequence[str | int]) -> JsonValue:
    """Return the node of the document's meta-schema at the schema path *path*; None when it is of the dialect."""
    node: JsonValue = _metaschema_30() if version in {Version.V20, Version.V30} else _metaschema_since_31(version)
    for token in path:
        node = node[token] if isinstance(node, list) and isinstance(token, int) else mapping(node).get(str(token))
    return node


def _validator_30(kind: Kind) -> Draft7Validator:
    schema = _metaschema_30()
    if kind is Kind.DOCUMENT:
        return Draft7Validator(schema)
    target: Tree = {"$ref": f"#/definitions/{_NAMES[Version.V30][kind]}"}
    return Draft7Validator({**or_reference(target, _REFERENCE), "definitions": schema["definitions"]})


def _validator_since_31(version: Version, kind: Kind) -> Draft202012Validator:
    edition = _EDITIONS[version]
    dialect = next(iter(edition.shipped))
    resources = [(edition.document, _metaschema_since_31(version))]
    for name, path in edition.shipped.items():
        resources.append((name, _shipped("openapi-schema-validator", f"openapi_schema_validator/schemas/{path}")))
    names = _NAMES_32 if version is Version.V32 else _NAMES[version]
    match kind:
        case Kind.DOCUMENT:
            target = edition.document
        case Kind.SCHEMA:
            target = dialect
        case Kind.PATH_ITEM if version is Version.V32:
            target = f"{edition.document}#/$defs/path-item"  # which has a `$ref` of its own
        case _:
            target = f"{edition.document}#/$defs/{names[kind]}-or-reference"
    schema: Tree = {
        "$id": edition.document.replace("/schema/", "/schema-base/"),
        "$schema": JSON_SCHEMA,
        "$ref": target,
        # Judges schemas too: the published document leaves them to the dialect (OpenAPI 3.1, Schema Object).
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": dialect}},
    }
    return Draft202012Validator(schema, registry=Registry(resources))


@functools.cache
def shipped_metaschema(version: str) -> Tree:
    """Return the meta-schema of documents in *version*, as `v3.0`, as it is published."""
    return _shipped("openapi-spec-validator", f"openapi_spec_validator/resources/schemas/{version}/schema.json")


@functools.cache
def _metaschema_since_31(version: Version) -> Tree:
    schema = shipped_metaschema(f"v{version.value}")
    link = mapping(mapping(schema.get("$defs")).get("link"))
    fields = mapping(link.get("properties"))
    if "server" not in fields and "body" in fields:
        # This edition calls the `server` of a link `body` by mistake (OpenAPI 3.1, Link Object).
        fields["server"] = fields["body"]
    return schema


def _shipped(name: str, path: str) -> Tree:
    # Not by importlib.resources: that imports the package, which takes half a second.
    return mapping(json.loads(Path(str(distribution(name).locate_file(path))).read_text("utf-8")))


@functools.cache
def draft_04() -> Tree:
    """Return the meta-schema of JSON Schema draft-04, which that of Swagger 2.0 refers to."""
    return _shipped("jsonschema-specifications", "jsonschema_specifications/schemas/draft4/metaschema.json")


@functools.cache
def _metaschema_30() -> Tree:
    schema = mapping(modern(shipped_metaschema("v3.0"), _REFERENCE))
    return {"$schema": "http://json-schema.org/draft-07/schema#"} | {
        keyword: value for keyword, value in schema.items() if keyword not in {"id", "$schema"}
    }


def modern(node: JsonValue, reference: str) -> JsonValue:
    """Return draft-04 in draft-07, each "an object or a *reference*" decided by `$ref`: so that errors name causes."""
    if isinstance(node, list):
        return [modern(item, reference) for item in node]
    if not isinstance(node, dict):
        return node
    branches, pointer = node.get("oneOf"), {"$ref": reference}
    if isinstance(branches, list) and pointer in branches:
        others: list[JsonValue] = [branch for branch in branches if branch != pointer]
        rest = {keyword: value for keyword, value in node.items() if keyword != "oneOf"}
        return rest | or_reference(mapping(others[0]) if len(others) == 1 else {"anyOf": others}, reference)
    if node.get("exclusiveMinimum") is True and "minimum" in node:
        return {k: v for k, v in node.items() if k != "minimum"} | {"exclusiveMinimum": node["minimum"]}
    return {keyword: modern(value, reference) for keyword, value in node.items()}


def or_reference(target: Tree, reference: str) -> Tree:
    """Return a schema that asks what has a `$ref` to be a *reference*, and all else to be a *target*."""
    return {"if": {"type": "object", "required": ["$ref"]}, "then": {"$ref": reference}, "else": target}
