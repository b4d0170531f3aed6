"""The published meta-schemas of OpenAPI, compiled to judge a whole document or one object of it."""

from __future__ import annotations

import enum
import functools
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import distribution
from pathlib import Path
from typing import Final

from jsonschema_rs import Draft7Validator, Draft202012Validator, Registry

from apictl.contract.schema import JsonValue
from apictl.readers.access import Tree, mapping
from apictl.readers.openapi.kinds import Kind

OAS_31: Final = "https://spec.openapis.org/oas/3.1/schema/2022-10-07"
DIALECT_31: Final = "https://spec.openapis.org/oas/3.1/dialect/base"
VOCABULARY_31: Final = "https://spec.openapis.org/oas/3.1/meta/base"
JSON_SCHEMA: Final = "https://json-schema.org/draft/2020-12/schema"


class Version(enum.Enum):
    """A minor version of OpenAPI that is read."""

    V30 = "3.0"
    V31 = "3.1"


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


@functools.cache
def validator(version: Version, kind: Kind) -> Draft7Validator | Draft202012Validator:
    """Return what judges an object of *kind*; compiled on first use."""
    match version:
        case Version.V30:
            return _validator_30(kind)
        case Version.V31:
            return _validator_31(kind)


def metaschema_at(version: Version, path: Sequence[str | int]) -> JsonValue:
    """Return the node of the document's meta-schema at the schema path *path*; None when it is of the dialect."""
    node: JsonValue = _metaschema_30() if version is Version.V30 else _metaschema_31()
    for token in path:
        node = node[token] if isinstance(node, list) and isinstance(token, int) else mapping(node).get(str(token))
    return node


def _validator_30(kind: Kind) -> Draft7Validator:
    schema = _metaschema_30()
    if kind is Kind.DOCUMENT:
        return Draft7Validator(schema)
    target: Tree = {"$ref": f"#/definitions/{_NAMES[Version.V30][kind]}"}
    return Draft7Validator({**_or_reference(target), "definitions": schema["definitions"]})


def _validator_31(kind: Kind) -> Draft202012Validator:
    resources: list[tuple[str, dict[str, JsonValue]]] = [
        (OAS_31, _metaschema_31()),
        (DIALECT_31, _shipped("openapi-schema-validator", "openapi_schema_validator/schemas/oas3.1/metaschema.json")),
        (
            VOCABULARY_31,
            _shipped("openapi-schema-validator", "openapi_schema_validator/schemas/oas3.1/vocabularies/base"),
        ),
    ]
    match kind:
        case Kind.DOCUMENT:
            target = OAS_31
        case Kind.SCHEMA:
            target = DIALECT_31
        case _:
            target = f"{OAS_31}#/$defs/{_NAMES[Version.V31][kind]}-or-reference"
    schema: Tree = {
        "$id": "https://spec.openapis.org/oas/3.1/schema-base/2022-10-07",
        "$schema": JSON_SCHEMA,
        "$ref": target,
        # Judges schemas too: the published document leaves them to the dialect (OpenAPI 3.1, Schema Object).
        "$defs": {"schema": {"$dynamicAnchor": "meta", "$ref": DIALECT_31}},
    }
    return Draft202012Validator(schema, registry=Registry(resources))


@functools.cache
def _resource(version: str) -> Tree:
    return _shipped("openapi-spec-validator", f"openapi_spec_validator/resources/schemas/{version}/schema.json")


@functools.cache
def _metaschema_31() -> Tree:
    schema = _resource("v3.1")
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
def _metaschema_30() -> Tree:
    schema = mapping(_modern(_resource("v3.0")))
    return {"$schema": "http://json-schema.org/draft-07/schema#"} | {
        keyword: value for keyword, value in schema.items() if keyword not in {"id", "$schema"}
    }


def _modern(node: JsonValue) -> JsonValue:
    """Draft-04 in draft-07, with each "an object or a reference" decided by `$ref`: so that errors name their cause."""
    if isinstance(node, list):
        return [_modern(item) for item in node]
    if not isinstance(node, dict):
        return node
    reference: Tree = {"$ref": "#/definitions/Reference"}
    branches = node.get("oneOf")
    if isinstance(branches, list) and reference in branches:
        others: list[JsonValue] = [branch for branch in branches if branch != reference]
        rest = {keyword: value for keyword, value in node.items() if keyword != "oneOf"}
        return rest | _or_reference(mapping(others[0]) if len(others) == 1 else {"anyOf": others})
    if node.get("exclusiveMinimum") is True and "minimum" in node:
        return {k: v for k, v in node.items() if k != "minimum"} | {"exclusiveMinimum": node["minimum"]}
    return {keyword: _modern(value) for keyword, value in node.items()}


def _or_reference(target: Tree) -> Tree:
    return {
        "if": {"type": "object", "required": ["$ref"]},
        "then": {"$ref": "#/definitions/Reference"},
        "else": target,
    }
