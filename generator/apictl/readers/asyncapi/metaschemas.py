"""The published meta-schemas of AsyncAPI, compiled to judge a whole document or one object of it."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Final

from jsonschema_rs import Draft7Validator, Draft202012Validator

from apictl.contract.schema import JsonValue
from apictl.readers.access import Tree, mapping
from apictl.readers.asyncapi.kinds import Kind
from apictl.readers.asyncapi.version import Version
from apictl.readers.schemas.dialect import Dialect
from apictl.readers.structure import Judge

_SECOND: Final[Mapping[Kind, str]] = {
    Kind.SERVER: "server",
    Kind.SERVER_VARIABLE: "serverVariable",
    Kind.CHANNEL: "channelItem",
    Kind.PARAMETER: "parameter",
    Kind.OPERATION: "operation",
    Kind.OPERATION_TRAIT: "operationTrait",
    Kind.MESSAGE: "message",
    Kind.MESSAGE_TRAIT: "messageTrait",
    Kind.CORRELATION_ID: "correlationId",
    Kind.SECURITY_SCHEME: "SecurityScheme",
    Kind.SERVER_BINDINGS: "bindingsObject",
    Kind.CHANNEL_BINDINGS: "bindingsObject",
    Kind.OPERATION_BINDINGS: "bindingsObject",
    Kind.MESSAGE_BINDINGS: "bindingsObject",
    Kind.TAG: "tag",
    Kind.EXTERNAL_DOCS: "externalDocs",
}
_THIRD: Final[Mapping[Kind, str]] = {
    **_SECOND,
    Kind.CHANNEL: "channel",
    Kind.REPLY: "operationReply",
    Kind.REPLY_ADDRESS: "operationReplyAddress",
    Kind.MESSAGE: "messageObject",
    Kind.SERVER_BINDINGS: "serverBindingsObject",
    Kind.CHANNEL_BINDINGS: "channelBindingsObject",
    Kind.OPERATION_BINDINGS: "operationBindingsObject",
    Kind.MESSAGE_BINDINGS: "messageBindingsObject",
}
_SCHEMAS: Final[Mapping[Dialect, str]] = {Dialect.DRAFT_07: "schema", Dialect.OPENAPI_30: "openapiSchema_3_0"}
_VERSIONED: Final = re.compile(r'"const": "([0-9.]+)"')
_REFERENCE: Final[Tree] = {"$ref": "#/definitions/Reference"}


@functools.cache
def validator(version: Version, kind: Kind) -> Judge | None:
    """Return what judges an object of *kind*, compiled on first use; None when nothing is published about it."""
    schema = published(version)
    if kind is Kind.DOCUMENT:
        return Draft7Validator(schema)
    name = (_SECOND if version.is_second else _THIRD).get(kind)
    return None if name is None else _validator(version, name)


@functools.cache
def schema_validator(version: Version, dialect: Dialect) -> Judge:
    """Return what judges a schema of *dialect* that stands by itself."""
    if dialect is Dialect.JSON_SCHEMA_2020:
        return Draft202012Validator({"$ref": "https://json-schema.org/draft/2020-12/schema"})
    return _validator(version, _SCHEMAS[dialect])


def metaschema_at(version: Version, path: Sequence[str | int]) -> JsonValue:
    """Return the node of the meta-schema at the schema path *path*; None when it is elsewhere."""
    node: JsonValue = published(version)
    for token in path:
        node = node[token] if isinstance(node, list) and isinstance(token, int) else mapping(node).get(str(token))
    return node


@functools.cache
def known_bindings() -> Mapping[str, frozenset[str]]:
    """Return the protocols that have bindings, with the versions of each; none where nothing is published of it."""
    result: dict[str, frozenset[str]] = {}
    for version in (Version.V30, Version.V31):
        definitions = mapping(published(version)["definitions"])
        for name, definition in definitions.items():
            if name.endswith("BindingsObject"):
                for protocol, content in mapping(mapping(definition).get("properties")).items():
                    versions = frozenset(_VERSIONED.findall(json.dumps(content)))
                    result[protocol] = result.get(protocol, frozenset()) | versions
    return result


@functools.cache
def published(version: Version) -> Tree:
    """Return the meta-schema of *version*'s documents."""
    text = files("apictl.readers.asyncapi").joinpath("published", f"{version.value}.0.json").read_text("utf-8")
    schema = mapping(_told_apart(json.loads(text)))
    # All patches of a minor version are structured alike.
    mapping(schema["properties"])["asyncapi"] = {"type": "string"}
    definitions = mapping(schema["definitions"])
    definitions["avroSchema_v1"] = True  # judged where it is read, with the place of each flaw
    if "anySchema" in definitions:  # a boolean is a schema, too, and has no format
        mapping(mapping(definitions["anySchema"])["if"])["type"] = "object"
    for name in ("correlationId", "operationReplyAddress", "parameter"):  # as above: not the whole text is matched
        mapping(mapping(mapping(definitions.get(name)).get("properties")).get("location")).pop("pattern", None)
    for name, definition in definitions.items():
        if name.endswith("BindingsObject"):
            _open(mapping(definition))
    return schema


def _open(bindings: Tree) -> None:
    """Let *bindings* have protocols and versions that are not published: nothing is known against them."""
    bindings["additionalProperties"] = True
    for protocol in mapping(bindings.get("properties")).values():
        mapping(protocol).pop("properties", None)


def _validator(version: Version, name: str) -> Draft7Validator:
    return Draft7Validator(_or_reference({"$ref": f"#/definitions/{name}"}) | {
        "definitions": published(version)["definitions"],
    })  # fmt: skip


def _told_apart(node: JsonValue) -> JsonValue:
    """Let `$ref` and `oneOf` decide what an object means to be, so that errors name their cause."""
    if isinstance(node, list):
        return [_told_apart(item) for item in node]
    if not isinstance(node, dict):
        return node
    result: Tree = {keyword: _told_apart(value) for keyword, value in node.items()}
    branches = result.get("oneOf")
    if isinstance(branches, list) and _REFERENCE in branches:
        others: list[JsonValue] = [branch for branch in branches if branch != _REFERENCE]
        del result["oneOf"]
        result |= _or_reference(mapping(others[0]) if len(others) == 1 else {"anyOf": others})
    elif isinstance(branches, list) and mapping(branches[0]).get("required") == ["oneOf"]:
        # A message of AsyncAPI 2 is one or a choice of several.
        del result["oneOf"]
        result |= {"if": {"required": ["oneOf"]}, "then": branches[0], "else": branches[1]}
    return result


def _or_reference(target: Tree) -> Tree:
    return {"if": {"type": "object", "required": ["$ref"]}, "then": _REFERENCE, "else": target}
