"""Our verdict on a document is openapi-spec-validator's, save where a reason is given."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from typing import Any, Final

import pytest
from openapi_spec_validator import (
    OpenAPIV2SpecValidator,
    OpenAPIV30SpecValidator,
    OpenAPIV31SpecValidator,
    OpenAPIV32SpecValidator,
)

from apictl.readers.read import read
from apictl.source.library import Library
from tests.corpus.documents import CORPUS, MISSING, openapi_documents, swagger_documents
from tests.readers.documents import read_tree

LARGEST_BYTES: Final = 300_000

STRICTER: Final = {
    "discriminator mapping to nothing": "a mapping is a reference; the validator takes it for text",
    "identical paths": "a server can't tell them apart; the specification forbids them",
    "security scheme undefined": "the specification demands it; the validator does not look",
    "server variable undeclared": "the specification demands it; the validator does not look",
    "server default outside its enum": "the specification demands it; the validator does not look",
    "reference to another kind": "a parameter is no schema, though nothing in it contradicts one",
    "component with a space": "the meta-schema of 3.0 allows it, the specification does not",
    "dynamic reference": "not supported, so never silently ignored",
    "parameter twice in the template": "the specification forbids it",
}
"""Documents that we refuse and the validator accepts, with the reason."""

LOOSER: Final = {
    "required undeclared beside allOf": "only a warning: `required` may name any property (JSON Schema 2020-12)",
    "default of another format": "formats are judged where a service uses them, not in a default",
    "pattern of ECMA-262 only": "the validator compiles patterns with Python's re, the standard says ECMA-262",
    "link with a server": "the meta-schema of 3.1 calls the field 'body' by mistake",
}
"""Documents that we accept and the validator refuses, with the reason."""

ID: Final = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
BASE: Final[dict[str, Any]] = {
    "openapi": "3.0.3",
    "info": {"title": "Pets", "version": "1"},
    "servers": [{"url": "https://{host}.test", "variables": {"host": {"default": "a", "enum": ["a", "b"]}}}],
    "tags": [{"name": "pets"}],
    "security": [{"key": []}],
    "paths": {
        "/pets/{id}": {
            "parameters": [ID],
            "get": {
                "operationId": "getPet",
                "tags": ["pets"],
                "parameters": [{"$ref": "#/components/parameters/Limit"}],
                "responses": {"200": {"$ref": "#/components/responses/Pet"}, "default": {"description": ""}},
            },
            "put": {
                "operationId": "putPet",
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}},
                "responses": {"204": {"description": "", "headers": {"X-A": {"schema": {"type": "string"}}}}},
            },
        },
    },
    "components": {
        "schemas": {
            "Pet": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 9}}},
            "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"type": "object", "properties": {"n": {}}}]},
            "Any": {
                "oneOf": [{"$ref": "#/components/schemas/Pet"}, {"$ref": "#/components/schemas/Cat"}],
                "discriminator": {"propertyName": "name"},
            },
        },
        "parameters": {"Limit": {"name": "limit", "in": "query", "schema": {"type": "integer", "default": 10}}},
        "responses": {
            "Pet": {
                "description": "",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
            }
        },
        "securitySchemes": {"key": {"type": "apiKey", "name": "k", "in": "header"}},
    },
}
PET = ("components", "schemas", "Pet")
GET = ("paths", "/pets/{id}", "get")
PUT = ("paths", "/pets/{id}", "put")
TEXT = {"type": "string"}
Change = Callable[[dict[str, Any]], None]


def put(*steps: str | int, value: Any) -> Change:
    def change(tree: Any) -> None:
        for step in steps[:-1]:
            tree = tree[step]
        tree[steps[-1]] = value

    return change


def drop(*steps: str | int) -> Change:
    def change(tree: Any) -> None:
        for step in steps[:-1]:
            tree = tree[step]
        del tree[steps[-1]]

    return change


BACK = {"callbacks": {"c": {"$ref": "#/components/callbacks/c"}}, "responses": {"200": {"description": ""}}}
CYCLE = {"{$url}": {"post": BACK}}
OTHER = {"get": {"responses": {"200": {"description": ""}}}}
CHANGES: Final[dict[str, Change]] = {
    "nothing": put("info", "title", value="Pets"),
    "info missing": drop("info"),
    "title missing": drop("info", "title"),
    "version a number": put("info", "version", value=1.0),
    "paths a list": put("paths", value=[]),
    "paths null": put("paths", value=None),
    "components null": put("components", value=None),
    "unknown root field": put("pats", value={}),
    "extension at the root": put("x-pats", value={}),
    "unknown operation field": put(*GET, "sumary", value="x"),
    "path without slash": put("paths", "pets", value={}),
    "path item null": put("paths", "/x", value=None),
    "responses empty": put(*GET, "responses", value={}),
    "status unknown": put(*GET, "responses", "20", value={"description": ""}),
    "status range": put(*GET, "responses", "4XX", value={"description": ""}),
    "status range in lower case": put(*GET, "responses", "4xx", value={"description": ""}),
    "response without description": put(*GET, "responses", "404", value={}),
    "operation id twice": put(*PUT, "operationId", value="getPet"),
    "operation id a number": put(*PUT, "operationId", value=4),
    "tag twice": put("tags", value=[{"name": "a"}, {"name": "a", "description": ""}]),
    "tag undeclared": put(*GET, "tags", value=["other"]),
    "template parameter undeclared": drop("paths", "/pets/{id}", "parameters"),
    "path parameter not in template": put("paths", "/x", value={"parameters": [ID], **OTHER}),
    "path parameter not required": drop("paths", "/pets/{id}", "parameters", 0, "required"),
    "identical paths": put(
        "paths", "/pets/{name}", value={"get": {**OTHER["get"], "parameters": [
            {"name": "name", "in": "path", "required": True, "schema": TEXT}]}}
    ),
    "brace without partner": put("paths", "/a/{b", value=OTHER),
    "parameter twice in the template": put("paths", "/{a}/{a}", value={"get": {**OTHER["get"], "parameters": [
        {"name": "a", "in": "path", "required": True, "schema": TEXT}]}}),
    "parameter twice": put(*GET, "parameters", value=[
        {"name": "a", "in": "query", "schema": TEXT}, {"name": "a", "in": "query", "schema": {}}]),
    "duplicate parameter through the components": put(*GET, "parameters", value=[
        {"$ref": "#/components/parameters/Limit"}, {"name": "limit", "in": "query", "schema": TEXT}]),
    "parameter in body": put(*GET, "parameters", value=[{"name": "a", "in": "body", "schema": TEXT}]),
    "parameter without schema": put(*GET, "parameters", value=[{"name": "a", "in": "query"}]),
    "parameter with schema and content": put(*GET, "parameters", value=[
        {"name": "a", "in": "query", "schema": TEXT, "content": {"a/b": {}}}]),
    "parameter with two contents": put(*GET, "parameters", value=[
        {"name": "a", "in": "query", "content": {"a/b": {}, "a/c": {}}}]),
    "deepObject header": put(*GET, "parameters", value=[
        {"name": "a", "in": "header", "style": "deepObject", "schema": TEXT}]),
    "request body without content": put(*PUT, "requestBody", value={}),
    "schema null": put(*PET, value=None),
    "schema a list": put(*PET, value=[]),
    "properties a list": put(*PET, "properties", value=["a"]),
    "type unknown": put(*PET, "type", value="strin"),
    "required a boolean": put(*PET, "required", value=True),
    "required twice": put(*PET, "required", value=["name", "name"]),
    "required undeclared": put(*PET, "required", value=["other"]),
    "required undeclared beside allOf": put("components", "schemas", "Cat", "required", value=["other"]),
    "negative length": put(*PET, "properties", "name", "maxLength", value=-1),
    "enum no list": put(*PET, "properties", "name", "enum", value="a"),
    "pattern broken": put(*PET, "properties", "name", "pattern", value="["),
    "pattern of ECMA-262 only": put(*PET, "properties", "name", "pattern", value="^\\p{L}$"),
    "default of another type": put(*PET, "properties", "name", "default", value=1),
    "default too long": put(*PET, "properties", "name", "default", value="x" * 10),
    "default outside the enum": put(*PET, "properties", "name", value={"enum": ["a"], "default": "b"}),
    "default null": put(*PET, "properties", "name", "default", value=None),
    "default of another format": put(*PET, "properties", "name", value={**TEXT, "format": "date", "default": "x"}),
    "example of another type": put(*PET, "properties", "name", "example", value=1),
    "reference to nothing": put(*PET, "properties", "name", value={"$ref": "#/components/schemas/Nope"}),
    "reference to another kind": put(*PET, "properties", "name", value={"$ref": "#/components/parameters/Limit"}),
    "reference a number": put(*PET, "properties", "name", value={"$ref": 42}),
    "reference in an example": put(*PET, "example", value={"$ref": "#/nope"}),
    "recursion": put(*PET, "properties", "child", value={"$ref": "#/components/schemas/Pet"}),
    "schema of itself": put(*PET, value={"allOf": [{"$ref": "#/components/schemas/Pet"}]}),
    "discriminator without property": put("components", "schemas", "Any", "discriminator", value={}),
    "discriminator mapping to nothing": put(
        "components", "schemas", "Any", "discriminator", "mapping", value={"a": "#/components/schemas/Nope"}
    ),
    "component with a space": put("components", "schemas", "a b", value=TEXT),
    "security scheme undefined": put("security", value=[{"nope": []}]),
    "security scheme of no type": put("components", "securitySchemes", "key", value={"type": "nope"}),
    "api key without name": drop("components", "securitySchemes", "key", "name"),
    "security a mapping": put("security", value={"key": []}),
    "server variable undeclared": drop("servers", 0, "variables"),
    "server default outside its enum": put("servers", 0, "variables", "host", "default", value="c"),
    "server without url": drop("servers", 0, "url"),
    "callback without end": put("components", "callbacks", value={"c": CYCLE}),
    "header without schema": put(*PUT, "responses", "204", "headers", "X-A", value={}),
    "media type a string": put(*PUT, "requestBody", "content", "application/json", value="x"),
    "link with a server": put(*PUT, "responses", "204", "links", value={
        "a": {"operationId": "getPet", "server": {"url": "https://a.test"}}}),
    "link with an expression of no known form": put(*PUT, "responses", "204", "links", value={
        "a": {"operationId": "getPet", "parameters": {"id": "$response.bodies"}, "requestBody": "$request.body#x"}}),
    "empty union": put(*PET, "anyOf", value=[]),
    "array without items": put(*PET, "properties", "name", value={"type": "array"}),
}  # fmt: skip
ONLY_30: Final[dict[str, Change]] = {
    "type a list": put(*PET, "type", value=["object"]),
    "const": put(*PET, "const", value=1),
    "no paths": drop("paths"),
    "nullable default null": put(*PET, "properties", "name", value={**TEXT, "nullable": True, "default": None}),
    "exclusive bound a number": put(*PET, "exclusiveMinimum", value=1),
    "negated schema a list": put(*PET, "not", value=[]),
}
ONLY_31: Final[dict[str, Change]] = {
    "type a list": put(*PET, "type", value=["object", "null"]),
    "exclusive bound a boolean": put(*PET, "exclusiveMinimum", value=True),
    "boolean schema": put(*PET, "properties", "name", value=True),
    "nullable": put(*PET, "nullable", value=True),
    "no paths": drop("paths"),
    "unknown dialect": put("jsonSchemaDialect", value="https://a.test/dialect"),
    "dynamic reference": put(*PET, "properties", "name", value={"$dynamicRef": "#meta"}),
    "licence with identifier and url": put(
        "info", "license", value={"name": "a", "identifier": "b", "url": "https://c"}
    ),
}


ONLY_32: Final[dict[str, Change]] = {
    **ONLY_31,
    "query operation": put("paths", "/pets/{id}", "query", value=OTHER["get"]),
    "additional operation": put("paths", "/pets/{id}", "additionalOperations", value={"COPY": OTHER["get"]}),
    "additional operation of a fixed method": put(
        "paths", "/pets/{id}", "additionalOperations", value={"POST": OTHER["get"]}
    ),
    "additional operation that is no token": put("paths", "/pets/{id}", "additionalOperations", value={"A B": OTHER}),
    "self with a fragment": put("$self", value="https://a.test/pets#a"),
    "self": put("$self", value="https://a.test/pets"),
    "querystring": put(*PUT, "parameters", value=[
        {"name": "q", "in": "querystring", "content": {"application/json": {}}}]),
    "querystring with a schema": put(*PUT, "parameters", value=[{"name": "q", "in": "querystring", "schema": TEXT}]),
    "querystring beside a query": put(*PUT, "parameters", value=[
        {"name": "q", "in": "querystring", "content": {"application/json": {}}},
        {"name": "a", "in": "query", "schema": TEXT}]),
    "item schema": put(*PUT, "requestBody", "content", value={"application/jsonl": {"itemSchema": TEXT}}),
    "encoding beside an item encoding": put(*PUT, "requestBody", "content", value={
        "multipart/mixed": {"encoding": {}, "itemEncoding": {}}}),
    "media type by reference": put("components", "mediaTypes", value={"P": {"schema": TEXT}}),
    "value beside dataValue": put(*PUT, "requestBody", "content", "application/json", "examples", value={
        "a": {"value": 1, "dataValue": 1}}),
    "device flow": put("components", "securitySchemes", "o", value={"type": "oauth2", "flows": {"deviceAuthorization": {
        "deviceAuthorizationUrl": "https://a.test", "tokenUrl": "https://a.test", "scopes": {}}}}),
    "device flow without address": put("components", "securitySchemes", "o", value={
        "type": "oauth2", "flows": {"deviceAuthorization": {"tokenUrl": "https://a.test", "scopes": {}}}}),
    "tag with a parent": put("tags", value=[{"name": "a"}, {"name": "b", "parent": "a", "kind": "nav"}]),
}  # fmt: skip
VERSIONS: Final = (("3.0.3", ONLY_30), ("3.1.0", ONLY_31), ("3.2.0", ONLY_32))
VALIDATORS: Final = {
    "2": OpenAPIV2SpecValidator,
    "3.0": OpenAPIV30SpecValidator,
    "3.1": OpenAPIV31SpecValidator,
    "3.2": OpenAPIV32SpecValidator,
}


def cases() -> Iterator[Any]:
    for version, own in VERSIONS:
        for name, change in {**CHANGES, **own}.items():
            yield pytest.param(name, change, version, id=f"{name} in {version}")


def validator_accepts(tree: dict[str, Any]) -> bool:
    written = tree.get("openapi") or tree["swagger"]
    validator = next(validator for version, validator in VALIDATORS.items() if written.startswith(version))
    try:
        return validator(tree).is_valid()
    except Exception:  # noqa: BLE001 -- it raises whatever it stumbles over, which is a refusal too
        return False


@pytest.mark.parametrize("name, change, version", list(cases()))
def test_verdict_on_a_changed_document_agrees_or_has_a_reason(name: str, change: Change, version: str) -> None:
    tree = copy.deepcopy(BASE) | {"openapi": version}
    change(tree)

    ours, theirs = read_tree(tree).is_valid, validator_accepts(tree)

    if ours != theirs:
        assert name in (LOOSER if ours else STRICTER)


def test_every_given_reason_is_needed() -> None:
    needed: dict[str, set[bool]] = {}
    for version, own in VERSIONS:
        for name, change in {**CHANGES, **own}.items():
            if name in STRICTER or name in LOOSER:
                tree = copy.deepcopy(BASE) | {"openapi": version}
                change(tree)
                ours, theirs = read_tree(tree).is_valid, validator_accepts(tree)
                needed.setdefault(name, set()).add(ours != theirs)

    assert {name for name, verdicts in needed.items() if True in verdicts} == STRICTER.keys() | LOOSER.keys()


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
@pytest.mark.parametrize("file", [one.file for one in (*openapi_documents(LARGEST_BYTES), *swagger_documents())])
def test_verdict_on_a_real_document_agrees(file: str) -> None:
    library = Library(lambda path: (CORPUS / path).read_bytes())
    document = library.document(file)
    assert document is not None
    assert isinstance(document.tree, dict)

    reading = read(library, file, service="corpus")

    assert reading.is_valid == validator_accepts(document.tree)
