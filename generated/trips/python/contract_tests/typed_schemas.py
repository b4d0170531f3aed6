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
_SAYS_TYPE: Final = _SAYS_MORE | {"additionalProperties", "patternProperties", "properties", "required"}
_JOINED: Final = ("allOf", "anyOf", "oneOf")
_SAYS_BRANCH: Final = _SAYS_TYPE.union(_JOINED)


def say_types(contract: dict[str, Any]) -> None:
    """Change the schemas of *contract* to what they mean, as the models and the judge of the package have it.

    One that lists properties and names no type is of objects, where it does not only tell values apart, and one that
    describes items is of arrays, where nothing around it says that the value may be none. `required` that is no list is
    of drafts before 04, where it spoke of the property itself: it says nothing. In a list of items, which OpenAPI 3.0
    does not have, schemathesis overlooks `nullable`. Who writes it beside `enum` means one value more.
    """
    is_3_0 = contract["openapi"].startswith("3.0.")
    typed = set[int]()
    for schema, is_condition in schemas_of(contract):
        for keyword in ("items", "prefixItems") if is_3_0 else ():
            if isinstance(schema.get(keyword), list):
                schema[keyword] = [_without_nullable(item) for item in schema[keyword]]
        if is_3_0 and schema.get("nullable") is True and isinstance(schema.get("enum"), list):
            schema["enum"] = [*schema["enum"], *([] if None in schema["enum"] else [None])]
        if not isinstance(schema.get("required", []), list):
            del schema["required"]
        typed |= _typed_branches(schema, is_typed=id(schema) in typed)
        if not is_condition and _is_object_meant(schema):
            schema["type"] = "object"
        elif not is_condition and id(schema) not in typed and _is_array_meant(schema):
            schema["type"] = "array"


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


def _is_array_meant(schema: dict[str, Any]) -> bool:
    return isinstance(schema.get("items"), dict) and _SAYS_TYPE.isdisjoint(schema) and _are_of_arrays(schema, _JOINED)


def _typed_branches(schema: dict[str, Any], *, is_typed: bool) -> set[int]:
    """Return the branches of *schema* beside which something says that the value they judge may be no array."""
    is_array = schema.get("type") in ("array", ["array"]) and schema.get("nullable") is not True
    is_typed = is_typed or not _SAYS_TYPE.isdisjoint(schema.keys() - {"type"} if is_array else schema)
    found = set[int]()
    for keyword in _JOINED:
        if is_typed or not _are_of_arrays(schema, _JOINED if keyword == "allOf" else ("allOf",)):
            found.update(id(branch) for branch in schema.get(keyword) or ())
    return found


def _are_of_arrays(schema: dict[str, Any], keywords: tuple[str, ...]) -> bool:
    """Whether no branch of *schema* in *keywords* speaks of another type than arrays."""
    branches = [branch for keyword in keywords for branch in schema.get(keyword) or () if isinstance(branch, dict)]
    typed = [kinds if isinstance(kinds := branch.get("type"), list) else [kinds] for branch in branches]
    return all(
        {"array", "null"}.issuperset(kinds) or (kinds == [None] and _SAYS_BRANCH.isdisjoint(branch))
        for branch, kinds in zip(branches, typed, strict=True)
    )


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
