"""Keys, values and bytes that nobody should write, and somebody will."""

from __future__ import annotations

from typing import Any, Final

KEYS: Final = (
    "$anchor", "$comment", "$defs", "$dynamicAnchor", "$dynamicRef", "$id", "$ref", "$schema", "additionalProperties",
    "address", "allOf", "anyOf", "asyncapi", "bindings", "callbacks", "channel", "channels", "components", "const",
    "contains", "content", "contentType", "correlationId", "default", "deprecated", "dependentSchemas", "description",
    "discriminator", "else", "encoding", "enum", "example", "examples", "exclusiveMinimum", "explode", "format",
    "get",
    "headers", "id", "if", "in", "items", "links", "location", "mapping", "maxItems", "maxLength", "maximum",
    "message",
    "messages", "minItems", "minLength", "minProperties", "minimum", "multipleOf", "name", "not", "nullable", "oneOf",
    "openapi", "operationId", "operationRef", "operations", "parameters", "pattern", "patternProperties", "payload",
    "post", "prefixItems", "properties", "propertyNames", "publish", "readOnly", "reply", "required", "responses",
    "schema", "schemaFormat", "schemas", "scopes", "security", "securitySchemes", "servers", "style", "subscribe",
    "summary", "tags", "then", "title", "traits", "type", "unevaluatedProperties", "uniqueItems", "url", "variables",
    "webhooks", "writeOnly", "x-a", "200", "204", "2XX", "default", "*/*", "application/json", "multipart/form-data",
    "text/event-stream", "application/x-www-form-urlencoded", "", " ", "class", "self", "None", "__init__",
    "__proto__",
    "/", "/{id}", "/{id}/{id}", "/a#b", "/a?b={c}", "{", "~", "a/b", "\u202e", "\x00", "é", "'\"\\", "{{ 7 * 7 }}",
)  # fmt: skip


def _nested(depth: int) -> Any:
    value: Any = {}
    for _ in range(depth):
        value = {"items": value}
    return value


VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, 1, -1, 1.5, -0.0, 1e308, 1e-300, 10**30, 2**63, -(2**63) - 1, 200, 3.1,
    "", " ", "a", "A" * 5000, "\x00", "\n", "\u2028", "\u202e", "\ud800", "é", "😀", "'''", '"""', "\\", "{{ 7*7 }}",
    "{x}",
    "${a}", "%s", "#", "#/", "#/paths", "#/components", "#/components/schemas", "#/components/schemas/", "#/~2",
    "#/%zz",
    "#a", "other.yaml", "other.yaml#/a", "../../../etc/passwd", "/etc/passwd", "file:///etc/passwd",
    "http://127.0.0.1/",
    "http://[", "//x", "#/paths/~1/get", "#/channels/a", "#/operations/a", "null", "true", "yes", "~", "1.0",
    "2024-01-01",
    "string", "integer", "number", "object", "array", "boolean", "file", "any", "date-time", "uuid", "byte", "binary",
    "int64", "regex", "[", "(a+)+$", "^(?<n>a)\\k<n>$", "\\p{L}+", "(?=a)b", "a{99999}", "^$", ".*", "(?i)a",
    "\\cA", "$^",
    "path", "query", "header", "cookie", "body", "deepObject", "pipeDelimited", "matrix", "label", "simple", "form",
    "apiKey", "oauth2", "http", "bearer", "basic", "openIdConnect", "mutualTLS", "userPassword", "send", "receive",
    "$message.payload#/a", "$message.header#/", "$request.body#/x", "{$request.query.a}", "$url", "{$",
    "nested.{a}.{a}",
    "application/json; charset=utf-8", "application/vnd.apache.avro;version=1.9.0",
    "application/raml+yaml;version=1.0",
    "3.0.0", "3.1.0", "2.0", "2.6.0", "3.2.0", "9.9.9", "1", "200", "default", "__class__", "import os", "self",
    "None",
    [], {}, [[]], [{}], [None], ["a"], ["a", "a"], ["string", "null"], ["null"], [1, "a", None, True, {},
    []], {"a": {}},
    {"a": None}, {"": ""}, {"$ref": "#"}, {"$ref": "#/"}, {"$ref": 42}, {"$ref": None}, {"$ref": ""}, {"$ref": {}},
    {"$ref": "#/components/schemas/A"}, {"$ref": "#/info"}, {"$ref": "other.yaml"}, {"$dynamicRef": "#a"},
    {"$id": "a"},
    {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["b"]}, {"type": ["object", "null"]},
    {"type": "object", "additionalProperties": False, "required": ["a"]}, {"enum": []}, {"enum": [None]}, {"not": {}},
    {"const": {"a": [1]}}, {"oneOf": []}, {"oneOf": [{}, {}]}, {"allOf": [False]}, {"anyOf": [True]},
    {"type": "null"},
    {"type": "string", "minLength": 10**9}, {"type": "string", "maxLength": -1}, {"minimum": 5, "maximum": 1},
    {"type": "array", "minItems": 10**6, "items": {"type": "string"}}, {"type": "array"}, {"type": "integer",
    "enum": ["a"]},
    {"type": "string", "pattern": "^(a+)+$", "minLength": 40}, {"type": "number", "multipleOf": 1e-300},
    {"type": "integer", "multipleOf": 10**30, "minimum": 1, "maximum": 10}, {"discriminator": {"propertyName": "a"}},
    {"discriminator": {"propertyName": "a", "mapping": {"b": "#/x", "c": 1}},
    "oneOf": [{"$ref": "#/components/schemas/A"}]},
    {"type": "object", "propertyNames": {"pattern": "["}}, {"patternProperties": {"[": {}}},
    {"patternProperties": {"": {}}},
    {"if": {}, "then": False}, {"dependentSchemas": {"a": {"$ref": "#"}}}, {"prefixItems": [{}], "items": False},
    {"unevaluatedProperties": False, "allOf": [{"properties": {"a": {}}}]}, {"contains": {}, "minContains": 10**9},
    {"type": "string", "format": "date", "default": "x"}, {"type": "string", "format": "byte", "enum": ["é"]},
    {"description": "d", "content": {"application/json": {"schema": {"type": "string"}}}},
    {"200": {"description": ""}},
    {"name": "a", "in": "query", "schema": {"type": "object"}}, {"name": "a", "in": "path",
    "required": True, "schema": {}},
    {"get": {"responses": {}}}, {"get": {"operationId": "x", "responses": {"200": {"description": ""}}}}, {"x-a": 1},
    {"address": "a/{b}", "messages": {"m": {"payload": {}}}, "parameters": {"b": {}}}, {"action": "send",
    "channel": {}},
    {"schemaFormat": "application/vnd.apache.avro+json;version=1.9.0", "schema": {"type": "record"}},
    {"payload": True},
    {"traits": [{"$ref": "#"}]}, {"bindings": {"kafka": {"key": {}, "bindingVersion": "9"}}},
    _nested(60), _nested(250),
)  # fmt: skip

BYTES: Final = (
    b"\x00", b"\xff", b"\xfe\xff", b"\xef\xbb\xbf", b"\xc3", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\r", b"\r\n",
    b"\n",
    b"\t", b" ", b"\xe2\x80\xa8", b"\xc2\x85", b"\x1b[31m", b"{", b"}", b"[", b"]", b"[" * 300, b"{a: " * 300, b'"',
    b"'",
    b":", b": ", b",", b"#", b"- ", b"-", b"? ", b"| ", b">-\n", b"&a ", b"*a", b"*a : ", b"<<: *a\n", b"!!binary ",
    b"!x ",
    b"!!python/object/apply:os.system ", b"%YAML 1.1\n---\n", b"---\n", b"...\n", b"@", b"`", b"\\u", b"\\ud800",
    b"\\x",
    b"1e999", b"9" * 5000, b".nan", b"-.inf", b"0o17", b"0x1F", b"NaN", b"null", b"yes", b"//", b"/*",
    b"\xf0\x9f\x98\x80",
)  # fmt: skip
