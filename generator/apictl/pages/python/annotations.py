"""Schemas to type annotations, for values that have no class of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apictl.contract.schema import JsonValue, Schema, reference_name
from apictl.pages.nodes import Literal

FORMATS = {"uuid": "UUID", "date": "date", "date-time": "datetime", "decimal": "Decimal"}
"""Python types of string formats; a generated module imports them all and drops what it does not use."""

_SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}


def annotation(schema: Schema, names: Mapping[str, str]) -> str:
    """Return the annotation of a value of *schema*; *names* are the class names by definition."""
    if isinstance(schema, bool):
        return "Any"
    name = reference_name(schema)
    if name is not None:
        return f"models.{names[name]}"
    if "const" in schema:
        return _literal([schema["const"]], schema)
    members = schema.get("enum")
    if isinstance(members, list):
        return _literal(members, schema)
    for keyword in ("oneOf", "anyOf"):
        branches = schema.get(keyword)
        if isinstance(branches, list):
            return union(annotation(branch, names) for branch in _schemas(branches))
    parts = schema.get("allOf")
    if isinstance(parts, list) and "type" not in schema:
        return _narrowest([annotation(part, names) for part in _schemas(parts)])
    return _of_type(schema, names)


def _schemas(branches: Iterable[JsonValue]) -> Iterable[Schema]:
    return (branch for branch in branches if isinstance(branch, bool | dict))


def _narrowest(annotations: list[str]) -> str:
    """Return the annotation that says most: of several parts a value has to satisfy, the first that is typed."""
    return next((text for text in annotations if text != "Any"), "Any")


def union(annotations: Iterable[str]) -> str:
    """Return the union of *annotations*, each once, `None` last."""
    members = list(dict.fromkeys(annotations))
    if "Any" in members or not members:
        return "Any"
    flat = list(dict.fromkeys(part for member in members for part in _members(member)))
    return " | ".join(sorted(flat, key=lambda text: text == "None"))


def _members(text: str) -> list[str]:
    """Return the members of a union that stands at the top of *text*."""
    depth, start, members, quoted = 0, 0, [], False
    for position, character in enumerate(text):
        if character == '"' and text[position - 1 : position] != "\\":
            quoted = not quoted
        elif not quoted:
            depth += (character in "[(") - (character in "])")
            if character == "|" and depth == 0:
                members.append(text[start : position - 1])
                start = position + 2
    return [*members, text[start:]]


def _literal(members: list[JsonValue], schema: Mapping[str, JsonValue]) -> str:
    literals = [member for member in members if isinstance(member, str | bool | int)]
    nullable = ["None"] if None in members else []
    if len(literals) + len(nullable) != len(members):
        return _of_type({key: value for key, value in schema.items() if key == "type"}, {})
    texts = dict.fromkeys(str(Literal(member)) for member in literals)
    return union([*([f"Literal[{', '.join(texts)}]"] if texts else []), *nullable])


def _of_type(schema: Mapping[str, JsonValue], names: Mapping[str, str]) -> str:
    match schema.get("type"):
        case str(single):
            return _single(single, schema, names)
        case list(several):
            return union(_single(single, schema, names) for single in several if isinstance(single, str))
        case _ if "items" in schema or "prefixItems" in schema:
            return _single("array", schema, names)
        case _ if "properties" in schema or "additionalProperties" in schema:
            return _single("object", schema, names)
        case _:
            return "Any"


def _single(name: str, schema: Mapping[str, JsonValue], names: Mapping[str, str]) -> str:
    match name:
        case "array":
            items = schema.get("items", True)
            typed = isinstance(items, bool | dict) and "prefixItems" not in schema
            return f"list[{annotation(items, names) if typed else 'Any'}]"  # type: ignore[arg-type]
        case "object":
            extra = schema.get("additionalProperties", True)
            return f"dict[str, {annotation(extra, names) if isinstance(extra, bool | dict) else 'Any'}]"
        case "string":
            return FORMATS.get(str(schema.get("format")), "str")
        case _:
            return _SCALARS.get(name, "Any")
