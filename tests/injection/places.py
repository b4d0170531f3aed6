"""Where text of a contract can stand: one contract with a marker in every place (BADINPUTS' section H)."""

from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

CANARY = "CANARY_7f3a"
"""Stands in every payload: as a name or a call in generated code it has escaped."""

PAYLOADS: dict[str, str] = {
    "triple-quote": f'""" + {CANARY}() + """',
    "single-quote": f"' + {CANARY}() + '",
    "double-quote": f'" + {CANARY}() + "',
    "f-string": f"{{{CANARY}()}}",
    "backslash": f"{CANARY}\\",
    "newline": f"x\n{CANARY}()\n",
    "line-separators": f"x\r{CANARY}()\u2028{CANARY}()\x85",
    "template": f"{{{{ 7*7 }}}}{{% raw %}}{CANARY}",
    "comment-ends": f"*/ --> {CANARY}",
}
"""Name → text that tries to leave the literal, docstring or comment it is put into."""

Document = dict[str, Any]


def base() -> Document:
    """Return a contract that uses every place."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Base",
            "version": "1.0.0",
            "description": "Text.",
            "contact": {},
            "license": {"name": "MIT"},
        },
        "servers": [
            {"url": "https://{host}.example", "description": "One.", "variables": {"host": {"default": "api"}}}
        ],
        "tags": [{"name": "things", "description": "Group."}],
        "externalDocs": {"url": "https://docs.example"},
        "paths": {
            "/things/{id}": {
                "post": {
                    "operationId": "makeThing",
                    "tags": ["things"],
                    "summary": "Make.",
                    "description": "Text.",
                    "security": [{"key": []}, {"oauth": ["write"]}],
                    "parameters": [
                        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                        {
                            "name": "q",
                            "in": "query",
                            "description": "Text.",
                            "schema": {"type": "string", "default": "d"},
                        },
                        {"name": "X-H", "in": "header", "schema": {"type": "string"}},
                        {"name": "c", "in": "cookie", "schema": {"type": "string"}},
                    ],
                    "requestBody": {
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
                    },
                    "responses": {
                        "200": {
                            "description": "Text.",
                            "headers": {"X-R": {"description": "Text.", "schema": {"type": "string"}}},
                            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Shape"}}},
                        },
                        "404": {"description": "Text."},
                    },
                }
            }
        },
        "components": {
            "securitySchemes": {
                "key": {"type": "apiKey", "in": "header", "name": "X-Key", "description": "Text."},
                "oauth": {
                    "type": "oauth2",
                    "flows": {"clientCredentials": {"tokenUrl": "https://auth.example", "scopes": {"write": "Text."}}},
                },
            },
            "schemas": {
                "Thing": {
                    "title": "Thing",
                    "description": "Text.",
                    "type": "object",
                    "required": ["name"],
                    "properties": {
                        "name": {"type": "string", "description": "Text.", "pattern": "^.*$", "examples": ["e"]},
                        "size": {"type": "string", "format": "custom", "default": "d"},
                        "mode": {"type": "string", "enum": ["a", "b"], "x-enum-varnames": ["A", "B"]},
                        "kind": {"const": "k"},
                    },
                },
                "Mode": {"type": "string", "enum": ["on", "off"]},
                "Shape": {
                    "oneOf": [{"$ref": "#/components/schemas/Round"}, {"$ref": "#/components/schemas/Square"}],
                    "discriminator": {
                        "propertyName": "form",
                        "mapping": {
                            "round": "#/components/schemas/Round",
                            "square": "#/components/schemas/Square",
                        },
                    },
                },
                "Round": {
                    "type": "object",
                    "required": ["form"],
                    "properties": {"form": {"type": "string"}, "mode": {"$ref": "#/components/schemas/Mode"}},
                },
                "Square": {"type": "object", "required": ["form"], "properties": {"form": {"type": "string"}}},
            },
        },
    }


@dataclass(frozen=True, slots=True)
class InjectionPlace:
    """A place that takes any text.

    Attributes:
        name: for the test's id.
        put: writes text into a fresh base contract.
    """

    name: str
    put: Callable[[Document, str], None]


def _at(*path: str | int) -> Callable[[Document, str], None]:
    def put(document: Document, text: str) -> None:
        node: Any = document
        for step in path[:-1]:
            node = node[step]
        node[path[-1]] = text

    return put


def _rename(*path: str | int) -> Callable[[Document, str], None]:
    """Return what gives the last key of *path* the text as its name, in place."""

    def put(document: Document, text: str) -> None:
        node: Any = document
        for step in path[:-1]:
            node = node[step]
        items = [(text if key == path[-1] else key, value) for key, value in node.items()]
        node.clear()
        node.update(items)

    return put


def _both(*writers: Callable[[Document, str], None]) -> Callable[[Document, str], None]:
    def put(document: Document, text: str) -> None:
        for writer in writers:
            writer(document, text)

    return put


OPERATION = ("paths", "/things/{id}", "post")
THING = ("components", "schemas", "Thing")
_EXTENSIONS = ("x-python-type", "x-python-import", "customTypePath", "x-default-factory", "x-any")


def _extensions(document: Document, text: str) -> None:
    for name in _EXTENSIONS:
        document["components"]["schemas"]["Thing"][name] = text
        document["components"]["schemas"]["Thing"]["properties"]["name"][name] = text


PLACES: tuple[InjectionPlace, ...] = (
    InjectionPlace("info-title", _at("info", "title")),
    InjectionPlace("info-version", _at("info", "version")),
    InjectionPlace("info-description", _at("info", "description")),
    InjectionPlace("server-url", _at("servers", 0, "url")),
    InjectionPlace("server-description", _at("servers", 0, "description")),
    InjectionPlace("server-variable", _at("servers", 0, "variables", "host", "default")),
    InjectionPlace("tag-name", _both(_at("tags", 0, "name"), _at(*OPERATION, "tags", 0))),
    InjectionPlace("tag-description", _at("tags", 0, "description")),
    InjectionPlace("operation-id", _at(*OPERATION, "operationId")),
    InjectionPlace("operation-summary", _at(*OPERATION, "summary")),
    InjectionPlace("operation-description", _at(*OPERATION, "description")),
    InjectionPlace("path-key", lambda document, text: _rename("paths", "/things/{id}")(document, "/{id}/" + text)),
    InjectionPlace("query-name", _at(*OPERATION, "parameters", 1, "name")),
    InjectionPlace("header-name", _at(*OPERATION, "parameters", 2, "name")),
    InjectionPlace("cookie-name", _at(*OPERATION, "parameters", 3, "name")),
    InjectionPlace("parameter-description", _at(*OPERATION, "parameters", 1, "description")),
    InjectionPlace("parameter-default", _at(*OPERATION, "parameters", 1, "schema", "default")),
    InjectionPlace("response-description", _at(*OPERATION, "responses", "404", "description")),
    InjectionPlace("response-header-name", _rename(*OPERATION, "responses", "200", "headers", "X-R")),
    InjectionPlace("request-media-type", _rename(*OPERATION, "requestBody", "content", "application/json")),
    InjectionPlace("response-media-type", _rename(*OPERATION, "responses", "200", "content", "application/json")),
    InjectionPlace(
        "security-scheme-id",
        _both(_rename("components", "securitySchemes", "key"), _rename(*OPERATION, "security", 0, "key")),
    ),
    InjectionPlace("api-key-name", _at("components", "securitySchemes", "key", "name")),
    InjectionPlace(
        "oauth-scope",
        _both(
            _rename("components", "securitySchemes", "oauth", "flows", "clientCredentials", "scopes", "write"),
            _at(*OPERATION, "security", 1, "oauth", 0),
        ),
    ),
    InjectionPlace("schema-name", _rename("components", "schemas", "Mode")),
    InjectionPlace("schema-title", _at(*THING, "title")),
    InjectionPlace("schema-description", _at(*THING, "description")),
    InjectionPlace("property-name", _rename(*THING, "properties", "size")),
    InjectionPlace("property-description", _at(*THING, "properties", "name", "description")),
    InjectionPlace("property-default", _at(*THING, "properties", "size", "default")),
    InjectionPlace("property-pattern", _at(*THING, "properties", "name", "pattern")),
    InjectionPlace("property-format", _at(*THING, "properties", "size", "format")),
    InjectionPlace("property-example", _at(*THING, "properties", "name", "examples", 0)),
    InjectionPlace("enum-value", _at("components", "schemas", "Mode", "enum", 0)),
    InjectionPlace("inline-enum-value", _at(*THING, "properties", "mode", "enum", 0)),
    InjectionPlace("enum-varnames", _at(*THING, "properties", "mode", "x-enum-varnames", 0)),
    InjectionPlace("const", _at(*THING, "properties", "kind", "const")),
    InjectionPlace(
        "discriminator-value", _rename("components", "schemas", "Shape", "discriminator", "mapping", "round")
    ),
    InjectionPlace("external-docs-url", _at("externalDocs", "url")),
    InjectionPlace("contact-name", _at("info", "contact", "name")),
    InjectionPlace("licence-name", _at("info", "license", "name")),
    InjectionPlace("extensions", _extensions),
)
"""Every place; some texts make the document invalid there, and are refused with a located finding."""


def injected(place: InjectionPlace, payload: str) -> Document:
    """Return the base contract with *payload* in *place*."""
    document = copy.deepcopy(base())
    place.put(document, payload)
    return document
