"""Names, words and pieces that may stand in a document, however odd they look."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

PROPERTY_NAMES: Final = (
    "a", "b", "class", "self", "None", "__init__", "__class__", "model_config", "json", "id", "ID", "Id", "1", "1a",
    "", " ", "a b", "a-b", "a.b", "a/b", "a~b", "é", "名", "$", "@type", "_", "__", "x" * 300, "'\"\\", "{{ 7 * 7 }}",
    "%s", "\u202e", "\n", "schema", "validate", "copy", "fields", "str", "List", "date", "datetime", "type", "len",
)  # fmt: skip
COMPONENT_NAMES: Final = (
    "A", "a", "class", "None", "List", "bytes", "object", "Model", "_", "__init__", "1", "1.0", "a.b.c", "a-b", "A_B",
    "BaseModel", "Any", "Field", "datetime", "Enum", "Error", "errors", "models", "x" * 120,
)  # fmt: skip
STATUSES: Final = (
    "200", "201", "202", "204", "301", "304", "400", "404", "409", "418", "422", "500", "2XX", "4XX", "5XX", "default",
)  # fmt: skip
WORDS: Final = (
    "", " ", "a", "A.", "'''", '"""', "\\", "\\N{DASH}", "{{ 7 * 7 }}", "{% raw %}", "# a", "a\n\n\nb", "\u2028",
    "\u202e", "\x07", "é" * 400, "-->", "<script>", "`a`", "[a](b)", "\r", "\t", "Raises:", "😀", "%(a)s", "$a", "*/",
)  # fmt: skip
LIMITS: Final = frozenset(
    {"minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf", "minItems"}
    | {"maxItems", "minProperties", "maxProperties"}
)
MEDIA_TYPES: Final = (
    "application/json", "application/problem+json", "application/x-www-form-urlencoded", "multipart/form-data",
    "text/plain", "text/event-stream", "application/octet-stream", "application/xml", "*/*", "image/*",
    "application/x-ndjson", "application/json; charset=utf-8", "text/csv", "application/vnd.a.b+json;version=2",
)  # fmt: skip
SCHEMAS: Final[tuple[Any, ...]] = (
    {}, {"type": "string"}, {"type": "integer"}, {"type": "number"}, {"type": "boolean"}, {"type": "object"},
    {"type": "array", "items": {}}, {"type": "string", "format": "date-time"}, {"type": "string", "format": "uuid"},
    {"type": "string", "format": "binary"}, {"type": "string", "format": "byte"},
    {"type": "integer", "format": "int64"}, {"type": "string", "enum": ["a", "A", "a b", "", "None", "class", "1"]},
    {"type": "integer", "enum": [0, 1, -1]}, {"type": "string", "pattern": "^[a-z]{2,5}$"},
    {"type": "string", "pattern": "(?=a)b|^\\d+$"}, {"not": {}},
    {"type": "array", "items": {"type": "array", "items": {"type": "string"}, "minItems": 2}, "uniqueItems": True},
    {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "additionalProperties": False},
    {"type": "object", "properties": {"a": {"type": "string", "readOnly": True}}, "required": ["a"]},
    {"type": "object", "properties": {"a": {"type": "string", "writeOnly": True}, "b": {}}, "required": ["a", "b"]},
    {"type": "object", "additionalProperties": {"type": "integer"}, "minProperties": 1},
    {"oneOf": [{"type": "string"}, {"type": "integer"}]},
    {"anyOf": [{"type": "object"}, {"type": "array", "items": {}}]},
    {"allOf": [{"type": "object", "properties": {"a": {}}}, {"type": "object", "required": ["a"]}]},
    {"type": "number", "minimum": 0, "maximum": 1, "multipleOf": 0.01}, {"type": "string", "default": "a"},
    {"type": "string", "minLength": 3, "maxLength": 3}, {"type": "string", "format": "unheard-of"},
)  # fmt: skip
KEYWORDS: Final[Mapping[str, tuple[dict[str, Any], ...]]] = MappingProxyType({
    "": (
        {"description": "é"}, {"deprecated": True}, {"readOnly": True}, {"writeOnly": True}, {"title": "class"},
        {"nullable": True}, {"x-a": {"b": [1]}}, {"externalDocs": {"url": "https://a.example"}},
        {"not": {"type": "null"}}, {"default": None},
    ),
    "string": (
        {"minLength": 1}, {"maxLength": 50}, {"minLength": 5, "maxLength": 5}, {"pattern": "^a"}, {"pattern": "[0-9]+"},
        {"format": "date"}, {"format": "email"}, {"format": "uri"}, {"format": "duration"}, {"format": "byte"},
        {"enum": ["a", "b"]}, {"default": "a"}, {"pattern": "^\\p{L}+$"}, {"format": "password"},
    ),
    "integer": (
        {"minimum": 1}, {"maximum": 100}, {"multipleOf": 3}, {"format": "int32"}, {"format": "int64"},
        {"enum": [1, 2, 3]}, {"default": 1}, {"minimum": -(2**63), "maximum": 2**63 - 1},
    ),
    "number": ({"minimum": 0.5}, {"maximum": 1e10}, {"multipleOf": 0.1}, {"format": "float"}, {"default": 1.5}),
    "array": (
        {"minItems": 1}, {"maxItems": 3}, {"uniqueItems": True}, {"minItems": 2, "maxItems": 2}, {"default": []},
    ),
    "object": (
        {"additionalProperties": False}, {"additionalProperties": True}, {"additionalProperties": {"type": "string"}},
        {"minProperties": 1}, {"maxProperties": 3}, {"required": ["a"]}, {"properties": {}}, {"default": {}},
    ),
})  # fmt: skip
_ARRAY: Final = {"type": "array", "items": {"type": "string"}}
_OBJECT: Final = {"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "integer"}}}
PARAMETERS: Final[tuple[dict[str, Any], ...]] = (
    {"in": "query", "schema": {"type": "string"}}, {"in": "query", "required": True, "schema": {"type": "integer"}},
    {"in": "query", "schema": _ARRAY}, {"in": "query", "style": "form", "explode": False, "schema": _ARRAY},
    {"in": "query", "style": "pipeDelimited", "explode": False, "schema": _ARRAY},
    {"in": "query", "style": "spaceDelimited", "explode": False, "schema": _ARRAY},
    {"in": "query", "style": "deepObject", "explode": True, "schema": _OBJECT}, {"in": "query", "schema": _OBJECT},
    {"in": "header", "schema": {"type": "string", "minLength": 1}}, {"in": "header", "schema": _ARRAY},
    {"in": "header", "explode": True, "schema": _OBJECT}, {"in": "cookie", "schema": {"type": "boolean"}},
    {"in": "query", "content": {"application/json": {"schema": _OBJECT}}},
    {"in": "query", "allowEmptyValue": True, "schema": {"type": "string"}},
    {"in": "query", "allowReserved": True, "schema": {"type": "string", "format": "uri"}},
)  # fmt: skip
