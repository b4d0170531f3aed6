"""The structure of Swagger 2.0 documents, as their meta-schema demands it."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from jsonschema_rs import Draft7Validator, Registry

from apictl.contract.schema import JsonValue
from apictl.findings import Finding, Place, error
from apictl.readers import structure
from apictl.readers.access import Tree, mapping
from apictl.readers.openapi.inventory import Node
from apictl.readers.openapi.kinds import Kind
from apictl.readers.openapi.metaschemas import draft_04, modern, or_reference, shipped_metaschema
from apictl.readers.structure import MetaSchema

_DRAFT_04: Final = "http://json-schema.org/draft-04/schema"
_REFERENCE: Final = "#/definitions/jsonReference"
_NAMES: Final[Mapping[Kind, str]] = {
    Kind.PATH_ITEM: "pathItem",
    Kind.PARAMETER: "parameter",
    Kind.RESPONSE: "response",
    Kind.SCHEMA: "schema",
}
_OF_3: Final = MappingProxyType({
    **dict.fromkeys(
        (
            "anyOf", "callbacks", "components", "content", "deprecated", "links", "not", "nullable", "oneOf", "openapi",
            "requestBody", "servers", "trace", "webhooks", "writeOnly",
        ),
        "it is of OpenAPI 3",
    ),
    "nullable": "it is of OpenAPI 3.0; 'x-nullable' says the same here",
    "const": "it is of OpenAPI 3.1; an 'enum' of one value says the same",
    "schema": "only a body parameter has a schema; write its 'type' here",
})  # fmt: skip
"""What later versions add, with what is to be said of it here."""


def structure_findings(node: Node) -> Iterator[Finding]:
    """Yield what is wrong in the structure of *node*, an object that stands by itself."""
    yield from structure.structure_findings(_validator(node.kind), node.place, node.value, _PUBLISHED)


_PARAMETERS: Final = {
    "body": ["bodyParameter"],
    "header": ["nonBodyParameter", "headerParameterSubSchema"],
    "formData": ["nonBodyParameter", "formDataParameterSubSchema"],
    "query": ["nonBodyParameter", "queryParameterSubSchema"],
    "path": ["nonBodyParameter", "pathParameterSubSchema"],
}
_SCHEMES: Final = {
    "basic": ["basicAuthenticationSecurity"],
    "apiKey": ["apiKeySecurity"],
    "oauth2": [
        "oauth2ImplicitSecurity", "oauth2PasswordSecurity", "oauth2ApplicationSecurity", "oauth2AccessCodeSecurity"
    ],
}  # fmt: skip
_FLOW: Final = {
    "oauth2ImplicitSecurity": "implicit",
    "oauth2PasswordSecurity": "password",
    "oauth2ApplicationSecurity": "application",
    "oauth2AccessCodeSecurity": "accessCode",
}


@functools.cache
def _validator(kind: Kind) -> Draft7Validator:
    schema, registry = _metaschema(), Registry([(_DRAFT_04, draft_04())])
    if kind is Kind.DOCUMENT:
        return Draft7Validator(schema, registry=registry)
    target: Tree = {"$ref": f"#/definitions/{_NAMES[kind]}"}
    if kind is Kind.RESPONSE or kind is Kind.PARAMETER:
        target = or_reference(target, _REFERENCE)
    return Draft7Validator({**target, "definitions": schema["definitions"]}, registry=registry)


@functools.cache
def _metaschema() -> Tree:
    schema = mapping(modern(shipped_metaschema("v2.0"), _REFERENCE))
    definitions = mapping(schema["definitions"])
    definitions["parameter"] = _chosen("in", _PARAMETERS) | {"required": ["name", "in"]}
    definitions["nonBodyParameter"] = {"required": ["type"]}
    mapping(definitions["securityDefinitions"])["additionalProperties"] = _chosen("type", _SCHEMES)
    mapping(mapping(definitions["response"])["properties"])["schema"] = {
        "if": {"type": "object", "properties": {"type": {"const": "file"}}, "required": ["type"]},
        "then": {"$ref": "#/definitions/fileSchema"},
        "else": {"$ref": "#/definitions/schema"},
    }
    return {"$schema": "http://json-schema.org/draft-07/schema#"} | {
        keyword: value for keyword, value in schema.items() if keyword not in {"id", "$schema"}
    }


def _chosen(field: str, definitions: Mapping[str, Sequence[str]]) -> Tree:
    """Return a schema that asks an object for what the value of its *field* asks for: so that errors name their cause.

    Of several definitions of one value it is the `flow` that tells.
    """
    branches: list[JsonValue] = []
    for value, names in definitions.items():
        then: Tree = {"allOf": [{"$ref": f"#/definitions/{name}"} for name in names]}
        if len(names) > 1 and field == "type":
            flows = {_FLOW.get(name, name): [name] for name in names}
            then = {**_chosen("flow", flows), "required": ["flow"]}
        asked: Tree = {"properties": {field: {"const": value}}, "required": [field]}
        branches.append({"if": asked, "then": then})
    return {
        "type": "object",
        "required": [field],
        "properties": {field: {"enum": list[JsonValue](definitions)}},
        "allOf": branches,
    }


def _metaschema_at(path: Sequence[str | int]) -> JsonValue:
    node: JsonValue = _metaschema()
    for token in path:
        node = node[token] if isinstance(node, list) and isinstance(token, int) else mapping(node).get(str(token))
    return node


def _no_path(place: Place, name: str) -> Finding:
    return error("path-without-slash", place, f"path {name} does not begin with '/'")


def _no_status(place: Place, name: str) -> Finding:
    return error("status-unknown", place, f"{name} is no status", hint="'200' or 'default'")


_PUBLISHED: Final = MetaSchema(
    _metaschema_at,
    MappingProxyType({"paths": _no_path, "responses": _no_status}),
    elsewhere=_OF_3,
)
