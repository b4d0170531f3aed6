"""Dialects of JSON Schema, and each one's keywords in terms of 2020-12."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.readers.access import Tree, items, texts
from apictl.readers.schemas.keywords import IN_PLACE_LISTED, is_annotation

KEPT_EXTENSIONS: Final = frozenset(
    {"x-enum-descriptions", "x-enum-varnames", "x-extensible-enum", "x-stability-level"},
)
KEYWORDS: Final = frozenset({
    "$ref", "additionalProperties", "allOf", "anyOf", "const", "contains", "contentEncoding", "contentMediaType",
    "contentSchema", "default", "dependentRequired", "dependentSchemas", "deprecated", "description", "discriminator",
    "else", "enum", "examples", "exclusiveMaximum", "exclusiveMinimum", "format", "if", "items", "maxContains",
    "maxItems", "maxLength", "maxProperties", "maximum", "minContains", "minItems", "minLength", "minProperties",
    "minimum", "multipleOf", "not", "oneOf", "pattern", "patternProperties", "prefixItems", "properties",
    "propertyNames", "readOnly", "required", "then", "title", "type", "unevaluatedItems", "unevaluatedProperties",
    "uniqueItems", "writeOnly",
})  # fmt: skip
"""What a contract's schemas are made of."""
_KEPT: Final = KEYWORDS | KEPT_EXTENSIONS
_ALTERNATIVES: Final = frozenset({"anyOf", "oneOf"})
_COMPOSING: Final = _ALTERNATIVES | {"allOf", "not"}
_RESPELLED: Final = frozenset({"dependencies", "exclusiveMaximum", "exclusiveMinimum", "items", "nullable"})
"""Keywords without which a schema is spelled alike in all dialects."""
_COMPOSITIONS: Final = tuple(sorted(IN_PLACE_LISTED))


class Dialect(enum.Enum):
    """The language a schema is written in."""

    OPENAPI_30 = "OpenAPI 3.0"
    JSON_SCHEMA_2020 = "JSON Schema 2020-12"
    DRAFT_07 = "JSON Schema draft-07"

    @property
    def is_reference_alone(self) -> bool:
        """Whether what stands beside a `$ref` is ignored (OpenAPI 3.0, Reference Object; draft-07, 8.3)."""
        return self is not Dialect.JSON_SCHEMA_2020


_NAMED: Final = {
    "json-schema.org/schema": Dialect.DRAFT_07,
    "json-schema.org/draft-04/schema": Dialect.DRAFT_07,
    "json-schema.org/draft-06/schema": Dialect.DRAFT_07,
    "json-schema.org/draft-07/schema": Dialect.DRAFT_07,
    "json-schema.org/draft/2020-12/schema": Dialect.JSON_SCHEMA_2020,
}


def named_dialect(uri: JsonValue) -> Dialect | None:
    """Return the dialect that a `$schema` names; None when it names none that is read."""
    if not isinstance(uri, str):
        return None
    return _NAMED.get(uri.removeprefix("http://").removeprefix("https://").rstrip("#"))


def normalise(node: Tree, dialect: Dialect) -> Tree:
    """Return *node* in keywords of 2020-12, its subschemas untouched; without what judges and tells nothing."""
    if not _RESPELLED.isdisjoint(node):  # most schemas are spelled alike in all dialects
        node = _respelled(node, dialect)
    result = {keyword: value for keyword, value in node.items() if keyword in _KEPT}
    for keyword in _COMPOSITIONS:
        if result.get(keyword) == []:  # no branch can be one that allows a value; of none, all do
            del result[keyword]
            result |= {} if keyword == "allOf" else {"not": {}}
    if result.get("enum") == []:  # nobody means that no value is valid; a rule tells it
        del result["enum"]
    if "example" in node:
        # The keyword is of OpenAPI, not of JSON Schema (OpenAPI 3.1, Schema Object).
        result["examples"] = [node["example"], *items(node.get("examples"))]
    if "required" in result:
        # A name says the same twice as once; a boolean is of drafts before 04, where it spoke of the property itself.
        result["required"] = list[JsonValue](dict.fromkeys(texts(result["required"])))
    return result


def _respelled(node: Tree, dialect: Dialect) -> Tree:
    match dialect:
        case Dialect.OPENAPI_30:
            return dict(_from_openapi_30(node))
        case Dialect.DRAFT_07:
            return dict(_from_draft_07(node))
        case Dialect.JSON_SCHEMA_2020:
            return dict(_with_numeric_bounds(node))


def is_nullable_composition(node: Tree, dialect: Dialect) -> bool:
    """Whether *node* is a composition that allows null beside what it is made of.

    OpenAPI 3.0.3 (Schema Object) gives a `nullable` an effect beside a `type` only; the documents that write it beside
    an `allOf` or `anyOf`, and all tools that read them, mean it all the same. Beside a `type`, too, null has to be one
    of the alternatives by the letter; where a schema is nothing but these, it is what is said of the whole.
    """
    if dialect is not Dialect.OPENAPI_30 or node.get("nullable") is not True:
        return False
    if "type" in node:
        return "properties" not in node and not _ALTERNATIVES.isdisjoint(node)
    return not _COMPOSING.isdisjoint(node)


def with_null(schema: Tree) -> Tree:
    """Return *schema*, which is in keywords of 2020-12, with null allowed too; what judges nothing stays outside."""
    judging: Tree = {keyword: value for keyword, value in schema.items() if not is_annotation(keyword)}
    annotations = {keyword: value for keyword, value in schema.items() if is_annotation(keyword)}
    null: Tree = {"type": "null"}
    branches = items(judging["anyOf"]) if judging.keys() == {"anyOf"} else [judging]
    return annotations | {"anyOf": [*branches, null]}


def _from_openapi_30(node: Tree) -> Iterator[tuple[str, JsonValue]]:
    is_nullable = node.get("nullable") is True
    for keyword, value in _with_numeric_bounds(node):
        match keyword:
            case "type" if is_nullable:
                yield "type", [value, "null"]
            case "enum" if is_nullable and isinstance(value, list) and None not in value:
                # The letter of 3.0.3 wants null among the values too; documents that leave it out mean it all the same.
                yield "enum", [*value, None]
            case _:
                yield keyword, value


def _with_numeric_bounds(node: Tree) -> Iterator[tuple[str, JsonValue]]:
    """Yield the keywords of *node*, an exclusive bound as the bound itself (draft-04 says it by a boolean beside)."""
    for keyword, value in node.items():
        match keyword:
            case "minimum" | "maximum" if node.get(_exclusive(keyword)) is True:
                yield _exclusive(keyword), value
            case "exclusiveMinimum" | "exclusiveMaximum" if isinstance(value, bool):
                pass
            case _:
                yield keyword, value


def _exclusive(bound: str) -> str:
    return "exclusive" + bound.capitalize()


def _from_draft_07(node: Tree) -> Iterator[tuple[str, JsonValue]]:
    for keyword, value in _with_numeric_bounds(node):
        match keyword:
            case "items" if isinstance(value, list):
                yield "prefixItems", value
                if "additionalItems" in node:
                    yield "items", node["additionalItems"]
            case "dependencies" if isinstance(value, dict):
                yield "dependentRequired", {name: needs for name, needs in value.items() if isinstance(needs, list)}
                yield "dependentSchemas", {name: needs for name, needs in value.items() if not isinstance(needs, list)}
            case _:
                yield keyword, value
