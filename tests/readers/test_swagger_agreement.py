"""Our verdict on a Swagger 2.0 document is openapi-spec-validator's, save where a reason is given."""

from __future__ import annotations

import copy
from typing import Any, Final

import pytest

from tests.readers.documents import read_tree
from tests.readers.test_agreement import Change, drop, put, validator_accepts

STRICTER: Final = {
    "identical paths": "a server can't tell them apart; the specification forbids them",
    "parameter twice in the template": "the specification forbids it",
    "security scheme undefined": "the specification demands it; the validator does not look",
    "body beside a form": "the specification forbids it; the validator does not look",
    "two bodies": "the specification forbids it; the validator does not look",
    "values parted by tabs": "OpenAPI 3 has no such style, so that nothing could be generated",
    "array within an array": "OpenAPI 3 has no such style, so that nothing could be generated",
    "reference to another kind": "a parameter is no schema, though nothing in it contradicts one",
}
"""Documents that we refuse and the validator accepts, with the reason."""

LOOSER: Final = {
    "response of a file": "the specification has such schemas for responses; the validator knows no type 'file'",
}
"""Documents that we accept and the validator refuses, with the reason."""

ID: Final = {"name": "id", "in": "path", "required": True, "type": "string"}
BASE: Final[dict[str, Any]] = {
    "swagger": "2.0",
    "info": {"title": "Pets", "version": "1"},
    "host": "pets.test",
    "basePath": "/v1",
    "schemes": ["https"],
    "consumes": ["application/json"],
    "produces": ["application/json"],
    "tags": [{"name": "pets"}],
    "security": [{"key": []}],
    "paths": {
        "/pets/{id}": {
            "parameters": [ID],
            "get": {
                "operationId": "getPet",
                "tags": ["pets"],
                "parameters": [{"$ref": "#/parameters/Limit"}],
                "responses": {"200": {"$ref": "#/responses/Pet"}, "default": {"description": ""}},
            },
            "put": {
                "operationId": "putPet",
                "parameters": [{"name": "pet", "in": "body", "schema": {"$ref": "#/definitions/Pet"}}],
                "responses": {"204": {"description": "", "headers": {"X-A": {"type": "string"}}}},
            },
        },
    },
    "definitions": {
        "Pet": {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 9}}},
        "Cat": {"allOf": [{"$ref": "#/definitions/Pet"}, {"type": "object", "properties": {"n": {"type": "string"}}}]},
    },
    "parameters": {"Limit": {"name": "limit", "in": "query", "type": "integer", "default": 10}},
    "responses": {"Pet": {"description": "", "schema": {"$ref": "#/definitions/Pet"}}},
    "securityDefinitions": {"key": {"type": "apiKey", "name": "k", "in": "header"}},
}
PET = ("definitions", "Pet")
GET = ("paths", "/pets/{id}", "get")
PUT = ("paths", "/pets/{id}", "put")
TEXT: Final = {"type": "string"}
OTHER: Final = {"get": {"responses": {"200": {"description": ""}}}}
LIST: Final = {"name": "a", "in": "query", "type": "array", "items": TEXT}
FIELD: Final = {"name": "a", "in": "formData", "type": "string"}
BODY: Final = {"name": "b", "in": "body", "schema": {"type": "object"}}
CHANGES: Final[dict[str, Change]] = {
    "nothing": put("info", "title", value="Pets"),
    "info missing": drop("info"),
    "unknown root field": put("components", value={}),
    "host with a scheme": put("host", value="https://pets.test"),
    "basePath without slash": put("basePath", value="v1"),
    "scheme unknown": put("schemes", value=["ftp"]),
    "unknown operation field": put(*GET, "sumary", value="x"),
    "path without slash": put("paths", "pets", value={}),
    "responses empty": put(*GET, "responses", value={}),
    "status unknown": put(*GET, "responses", "20", value={"description": ""}),
    "status range": put(*GET, "responses", "4XX", value={"description": ""}),
    "response without description": put(*GET, "responses", "404", value={}),
    "operation id twice": put(*PUT, "operationId", value="getPet"),
    "template parameter undeclared": drop("paths", "/pets/{id}", "parameters"),
    "path parameter not in template": put("paths", "/x", value={"parameters": [ID], **OTHER}),
    "path parameter not required": drop("paths", "/pets/{id}", "parameters", 0, "required"),
    "identical paths": put("paths", "/pets/{name}", value={"get": {**OTHER["get"], "parameters": [
        {"name": "name", "in": "path", "required": True, "type": "string"}]}}),
    "parameter twice in the template": put("paths", "/{a}/{a}", value={"get": {**OTHER["get"], "parameters": [
        {"name": "a", "in": "path", "required": True, "type": "string"}]}}),
    "parameter twice": put(*GET, "parameters", value=[LIST, {**LIST, "type": "string"}]),
    "parameter in cookie": put(*GET, "parameters", value=[{"name": "a", "in": "cookie", "type": "string"}]),
    "parameter without type": put(*GET, "parameters", value=[{"name": "a", "in": "query"}]),
    "parameter with a schema": put(*GET, "parameters", value=[{"name": "a", "in": "query", "schema": TEXT}]),
    "body without schema": put(*PUT, "parameters", 0, value={"name": "pet", "in": "body"}),
    "body beside a form": put(*PUT, "parameters", value=[BODY, FIELD]),
    "two bodies": put(*PUT, "parameters", value=[BODY, {**BODY, "name": "c"}]),
    "form": put(*PUT, "parameters", value=[FIELD]),
    "file in a query": put(*PUT, "parameters", value=[{**LIST, "type": "file"}]),
    "values in several pairs": put(*GET, "parameters", value=[{**LIST, "collectionFormat": "multi"}]),
    "values parted by tabs": put(*GET, "parameters", value=[{**LIST, "collectionFormat": "tsv"}]),
    "values parted otherwise": put(*GET, "parameters", value=[{**LIST, "collectionFormat": "dots"}]),
    "array within an array": put(*GET, "parameters", value=[{**LIST, "items": {"type": "array", "items": TEXT}}]),
    "schema null": put(*PET, value=None),
    "properties a list": put(*PET, "properties", value=["a"]),
    "type unknown": put(*PET, "type", value="strin"),
    "type a list": put(*PET, "type", value=["object", "null"]),
    "items a list": put(*PET, "properties", "name", value={"type": "array", "items": [TEXT]}),
    "oneOf": put(*PET, "oneOf", value=[TEXT]),
    "nullable": put(*PET, "nullable", value=True),
    "x-nullable": put(*PET, "x-nullable", value=True),
    "required undeclared": put(*PET, "required", value=["other"]),
    "required twice": put(*PET, "required", value=["name", "name"]),
    "negative length": put(*PET, "properties", "name", "maxLength", value=-1),
    "default of another type": put(*PET, "properties", "name", "default", value=1),
    "default of a parameter of another type": put("parameters", "Limit", "default", value="ten"),
    "discriminator": put(*PET, "discriminator", value="name"),
    "discriminator of OpenAPI 3": put(*PET, "discriminator", value={"propertyName": "name"}),
    "reference to nothing": put(*PET, "properties", "name", value={"$ref": "#/definitions/Nope"}),
    "reference of OpenAPI 3": put(*PET, "properties", "name", value={"$ref": "#/components/schemas/Pet"}),
    "reference to another kind": put(*PET, "properties", "name", value={"$ref": "#/parameters/Limit"}),
    "recursion": put(*PET, "properties", "child", value={"$ref": "#/definitions/Pet"}),
    "definition with a space": put("definitions", "a b", value=TEXT),
    "security scheme undefined": put("security", value=[{"nope": []}]),
    "security scheme of OpenAPI 3": put("securityDefinitions", "key", value={"type": "http", "scheme": "bearer"}),
    "flow unknown": put("securityDefinitions", "key", value={"type": "oauth2", "flow": "device", "scopes": {}}),
    "response of a file": put("responses", "Pet", "schema", value={"type": "file"}),
    "property of a file": put(*PET, "properties", "name", value={"type": "file"}),
    "header without type": put(*PUT, "responses", "204", "headers", "X-A", value={}),
    "trace": put("paths", "/pets/{id}", "trace", value=OTHER["get"]),
}  # fmt: skip


@pytest.mark.parametrize("name", CHANGES)
def test_verdict_on_a_changed_document_agrees_or_has_a_reason(name: str) -> None:
    tree = copy.deepcopy(BASE)
    CHANGES[name](tree)

    ours, theirs = read_tree(tree).is_valid, validator_accepts(tree)

    assert (ours is not theirs) is (name in (LOOSER if ours else STRICTER))
