"""The contract that payloads are put into: it uses every place, and says something wherever a text may stand."""

from __future__ import annotations

from typing import Any, Final

Document = dict[str, Any]

_THING: Final[Document] = {
    "title": "Thing",
    "description": "Text.",
    "externalDocs": {"url": "https://docs.example/thing", "description": "Text."},
    "type": "object",
    "required": ["name"],
    "properties": {
        "name": {"type": "string", "title": "Name", "description": "Text.", "pattern": "^.*$", "examples": ["e"]},
        "size": {"type": "string", "format": "custom", "default": "d"},
        "mode": {
            "type": "string",
            "enum": ["a", "b"],
            "x-enum-varnames": ["A", "B"],
            "x-enum-descriptions": ["Text.", "Text."],
        },
        "kind": {"const": "k"},
        "counts": {"type": "object", "patternProperties": {"^c": {"type": "integer"}}},
    },
    "dependentRequired": {"size": ["mode"]},
    "example": {"name": "e"},
}

_SCHEMAS: Final[Document] = {
    "Thing": _THING,
    "Mode": {"type": "string", "description": "Text.", "enum": ["on", "off"], "default": "on"},
    "Shape": {
        "oneOf": [{"$ref": "#/components/schemas/Round"}, {"$ref": "#/components/schemas/Square"}],
        "discriminator": {
            "propertyName": "form",
            "mapping": {"round": "#/components/schemas/Round", "square": "#/components/schemas/Square"},
        },
    },
    "Round": {
        "type": "object",
        "required": ["form"],
        "properties": {"form": {"type": "string"}, "mode": {"$ref": "#/components/schemas/Mode"}},
    },
    "Square": {"type": "object", "required": ["form"], "properties": {"form": {"type": "string"}}},
    "Apart": {"$ref": "apart.json"},
}

_MAKE_THING: Final[Document] = {
    "operationId": "makeThing",
    "tags": ["things"],
    "summary": "Make.",
    "description": "Text.",
    "externalDocs": {"url": "https://docs.example/make"},
    "security": [{"key": []}, {"oauth": ["write"]}, {"openid": []}],
    "parameters": [
        {"name": "id", "in": "path", "required": True, "description": "Text.", "schema": {"type": "string"}},
        {
            "name": "q",
            "in": "query",
            "description": "Text.",
            "schema": {"type": "string", "description": "Text.", "default": "d"},
        },
        {"name": "X-H", "in": "header", "description": "Text.", "schema": {"type": "string"}},
        {"name": "c", "in": "cookie", "schema": {"type": "string"}, "example": "e"},
    ],
    "requestBody": {
        "description": "Text.",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
    },
    "callbacks": {
        "done": {
            "{$request.query.q}/done": {
                "post": {
                    "operationId": "thingDone",
                    "description": "Text.",
                    "responses": {"204": {"description": "Text."}},
                }
            }
        }
    },
    "responses": {
        "200": {
            "description": "Text.",
            "headers": {"X-R": {"description": "Text.", "schema": {"type": "string"}}},
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shape"}}},
            "links": {"again": {"operationId": "sendThing", "description": "Text."}},
        },
        "404": {"description": "Text."},
        "409": {
            "description": "Text.",
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
        },
    },
}

_SEND_THING: Final[Document] = {
    "operationId": "sendThing",
    "summary": "Send.",
    "deprecated": True,
    "requestBody": {
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"note": {"type": "string"}, "file": {"type": "string", "format": "binary"}},
                },
                "encoding": {"note": {"contentType": "text/plain"}},
            }
        }
    },
    "responses": {
        "200": {"description": "Text.", "content": {"text/plain": {"schema": {"type": "string"}, "example": "e"}}}
    },
}

_THING_MADE: Final[Document] = {
    "operationId": "thingMade",
    "summary": "Made.",
    "description": "Text.",
    "security": [{"key": []}],
    "parameters": [{"name": "X-Signature", "in": "header", "required": True, "schema": {"type": "string"}}],
    "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
    "responses": {"204": {"description": "Text."}, "401": {"description": "Text."}},
}

_SECURITY: Final[Document] = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": "Text."},
    "oauth": {
        "type": "oauth2",
        "description": "Text.",
        "flows": {"clientCredentials": {"tokenUrl": "https://auth.example", "scopes": {"write": "Text."}}},
    },
    "openid": {"type": "openIdConnect", "openIdConnectUrl": "https://auth.example/openid"},
}

BASE: Final[Document] = {
    "openapi": "3.1.0",
    "info": {
        "title": "Base",
        "summary": "Text.",
        "version": "1.0.0",
        "description": "Text.",
        "termsOfService": "https://terms.example",
        "contact": {"name": "Text.", "url": "https://contact.example", "email": "a@contact.example"},
        "license": {"name": "MIT", "url": "https://licence.example"},
    },
    "servers": [{"url": "https://{host}.example", "description": "One.", "variables": {"host": {"default": "api"}}}],
    "tags": [{"name": "things", "description": "Group.", "externalDocs": {"url": "https://docs.example/things"}}],
    "externalDocs": {"url": "https://docs.example", "description": "Text."},
    "paths": {"/things/{id}": {"post": _MAKE_THING}, "/sent": {"put": _SEND_THING}},
    "webhooks": {"made": {"post": _THING_MADE}},
    "components": {"securitySchemes": _SECURITY, "schemas": _SCHEMAS},
}

APART: Final[Document] = {"type": "object", "description": "Text.", "properties": {"part": {"type": "string"}}}
"""The document beside the contract that `Apart` refers to."""

MANIFEST: Final[Document] = {
    "version": 1,
    "output": "generated",
    "specs": "specs",
    "services": {
        "base": {"owner": "team", "visibility": "public", "package": "base_code", "consumes": {"other": ["getOther"]}},
        "other": {"openapi": "specs/other/openapi.json"},
    },
}
