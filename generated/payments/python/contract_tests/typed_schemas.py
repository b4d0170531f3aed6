"""Schemas of which a contract leaves out what everybody who wrote them means."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

_NAMED: Final = frozenset({"$defs", "patternProperties", "properties"})
_LISTED: Final = frozenset({"allOf", "anyOf", "oneOf", "prefixItems"})
_SINGLE: Final = frozenset({"additionalProperties", "items", "unevaluatedItems", "unevaluatedProperties"})
_CONDITIONS: Final = frozenset({"contains", "else", "if", "not", "propertyNames", "then"})
_DATA: Final = frozenset({"default", "enum", "example", "examples", "value"})
_SAYS_MORE: Final = frozenset({"$ref", "const", "enum", "type"})


def say_types(contract: dict[str, Any]) -> None:
    """Change the schemas of *contract* to what they mean, as the models and the judge of the package have it.

    One that lists properties and names no type is of objects, where it does not only tell values apart. `required` that
    is no list is of drafts before 04, where it spoke of the property itself: it says nothing. In a list of items, which
    OpenAPI 3.0 does not have, schemathesis overlooks `nullable`. Who writes it beside `enum` means one value more.
    """
    is_3_0 = contract["openapi"].startswith("3.0.")
    for schema, is_condition in schemas_of(contract):
        for keyword in ("items", "prefixItems") if is_3_0 else ():
            if isinstance(schema.get(keyword), list):
                schema[keyword] = [_without_nullable(item) for item in schema[keyword]]
        if is_3_0 and schema.get("nullable") is True and isinstance(schema.get("enum"), list):
            schema["enum"] = [*schema["enum"], *([] if None in schema["enum"] else [None])]
        if not isinstance(schema.get("required", []), list):
            del schema["required"]
        if not is_condition and _is_object_meant(schema):
            schema["type"] = "object"


def _without_nullable(value: Any) -> Any:
    """Return *value*, a schema or what is in one, with null among its types where it is `nullable`."""
    match value:
        case {"nullable": True, "type": str(kind), **others}:
            return {"type": [kind, "null"], **{key: _without_nullable(each) for key, each in others.items()}}
        case dict():
            return {key: _without_nullable(each) for key, each in value.items()}
        case list():
            return [_without_nullable(each) for each in value]
        case _:
            return value


def _is_object_meant(schema: dict[str, Any]) -> bool:
    properties = schema.get("properties")
    if not isinstance(properties, dict) or not properties or not _SAYS_MORE.isdisjoint(schema):
        return False
    branches = [branch for keyword in ("allOf", "anyOf", "oneOf") for branch in schema.get(keyword) or ()]
    kinds = [branch.get("type", "object") for branch in branches if isinstance(branch, dict)]
    named = [name for kind in kinds for name in (kind if isinstance(kind, list) else [kind])]
    return all(name in {"object", "null"} for name in named)


def schemas_of(contract: dict[str, Any]) -> Iterator[tuple[dict[str, Any], bool]]:
    """Yield each schema of *contract*, and whether it only tells values apart."""
    components = contract.get("components", {})
    for schema in components.get("schemas", {}).values():
        yield from _below(schema)
    waiting: list[Any] = [{**contract, "components": {**components, "schemas": {}}}]
    while waiting:
        match waiting.pop():
            case dict() as node:
                for key, value in node.items():
                    if key in {"schema", "itemSchema"}:
                        yield from _below(value)
                    elif key not in _DATA and not str(key).startswith("x-"):
                        waiting.append(value)
            case list() as items:
                waiting.extend(items)
            case _:
                continue


def _below(schema: Any) -> Iterator[tuple[dict[str, Any], bool]]:
    waiting: list[tuple[Any, bool]] = [(schema, False)]
    while waiting:
        node, is_condition = waiting.pop()
        if not isinstance(node, dict):
            continue
        yield node, is_condition
        for keyword, value in node.items():
            if keyword in _NAMED and isinstance(value, dict):
                waiting.extend((each, is_condition) for each in value.values())
            elif keyword in _LISTED | {"items"} and isinstance(value, list):
                waiting.extend((each, is_condition) for each in value)
            elif keyword in _SINGLE:
                waiting.append((value, is_condition))
            elif keyword in _CONDITIONS:
                waiting.append((value, True))
            elif keyword == "dependentSchemas" and isinstance(value, dict):
                waiting.extend((each, True) for each in value.values())
