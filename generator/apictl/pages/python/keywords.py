"""Reading JSON Schema keywords from trees that may hold anything."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apictl.contract.schema import JsonValue, Schema


def schemas(schema: Mapping[str, JsonValue], keyword: str) -> tuple[Schema, ...]:
    """Return the schemas in the array under *keyword*."""
    found = schema.get(keyword)
    return tuple(each for each in found if isinstance(each, bool | dict)) if isinstance(found, list) else ()


def subschema(schema: Mapping[str, JsonValue], keyword: str) -> Schema | None:
    """Return the schema under *keyword*."""
    found = schema.get(keyword)
    return found if isinstance(found, bool | dict) else None


def named_schemas(schema: Mapping[str, JsonValue], keyword: str) -> Iterator[tuple[str, Schema]]:
    """Yield name and schema of each entry of the object under *keyword*."""
    found = schema.get(keyword)
    if isinstance(found, dict):
        yield from ((name, each) for name, each in found.items() if isinstance(each, bool | dict))


def type_names(schema: Mapping[str, JsonValue]) -> tuple[str, ...]:
    """Return the names under `type`; empty when every type is allowed."""
    match schema.get("type"):
        case str(single):
            return (single,)
        case list(several):
            return tuple(name for name in several if isinstance(name, str))
        case _:
            return ()


def names(schema: Mapping[str, JsonValue], keyword: str) -> frozenset[str]:
    """Return the strings in the array under *keyword*."""
    found = schema.get(keyword)
    return frozenset(each for each in found if isinstance(each, str)) if isinstance(found, list) else frozenset()


def text(schema: Schema, keyword: str) -> str:
    """Return the string under *keyword*, or ""."""
    found = schema.get(keyword) if isinstance(schema, Mapping) else None
    return found if isinstance(found, str) else ""
