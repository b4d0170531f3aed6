"""The document of what receivers of webhooks and callbacks serve: taken from the source, with paths of their own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias
from urllib.parse import quote, unquote

from apictl.contract.schema import JsonValue, decode_token
from apictl.support.pointers import escape_token, unescape_token

_Tree: TypeAlias = "dict[str, JsonValue]"

_COMPONENTS: Final = "#/components/"
_ELSEWHERE: Final = "x-elsewhere"
"""Holds what references to other places than components lead to, by their pointers."""

_EXCHANGED: Final = {"readOnly": "writeOnly", "writeOnly": "readOnly"}
_DATA: Final = frozenset({"const", "default", "enum", "example", "value"})
"""Fields that hold values, which are no objects of the document."""
_NAMED: Final = frozenset(
    {"$defs", "callbacks", "content", "definitions", "dependentSchemas", "encoding", "examples", "headers", "links"}
    | {"mapping", "parameters", "patternProperties", "properties", "requestBodies", "responses", "schemas"}
)
"""Fields that hold objects by name."""

_DEPTH: Final = 2
_LEFT_OUT: Final = frozenset({"callbacks", "parameters", "servers", "tags"})
"""Fields of an operation that mean something else to whoever receives it, or nothing."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an operation stands in the source, and where its receiver has it.

    Attributes:
        path: that the receiver has it on.
        method: as in a request.
        steps: to its path item; steps through an operation are its method.
        is_secured: whether its own security counts.
    """

    path: str
    method: str
    steps: tuple[str, ...]
    is_secured: bool


def outgoing_source(source: Mapping[str, JsonValue], spots: Iterable[Spot]) -> dict[str, JsonValue]:
    """Return the document with the operations of *spots* of *source*, one document, and all that they refer to."""
    root = dict(source)
    paths: _Tree = {}
    for spot in spots:
        item = _reached(root, spot.steps)
        operation = _operation(root, item, spot.method)
        own = {name: value for name, value in operation.items() if name not in _LEFT_OUT}
        own["security"] = operation.get("security", []) if spot.is_secured else []
        parameters = _parameters(root, item, operation)
        if parameters:
            own["parameters"] = parameters
        moved = _moved(own)
        is_additional = spot.method in _mapping(item.get("additionalOperations"))
        paths[spot.path] = (
            {"additionalOperations": {spot.method: moved}} if is_additional else {spot.method.lower(): moved}
        )
    head: _Tree = {name: root[name] for name in ("openapi", "info", "jsonSchemaDialect") if name in root}
    components = _components(root, paths)
    schemes = _mapping(_mapping(root.get("components")).get("securitySchemes"))
    if schemes:
        components["securitySchemes"] = schemes
    return {**head, "paths": paths, **({"components": components} if components else {})}


def _parameters(root: _Tree, item: _Tree, operation: _Tree) -> list[JsonValue]:
    """Return the parameters of the path item and of the operation, which replace those of equal name."""
    merged: dict[tuple[str, str], JsonValue] = {}
    for holder in (item, operation):
        declared = holder.get("parameters")
        for each in declared if isinstance(declared, list) else []:
            parameter = _behind(root, each)
            if parameter.get("in") != "path":
                merged[str(parameter.get("name")), str(parameter.get("in"))] = each
    return [*merged.values()]


def _reached(root: _Tree, steps: tuple[str, ...]) -> _Tree:
    """Return what *steps* lead to, behind the references on the way."""
    node = root
    for number, step in enumerate(steps):
        is_method = step not in node and number > 1 and steps[number + 1 : number + 2] == ("callbacks",)
        node = _operation(root, node, step) if is_method else _behind(root, node.get(step))
    return node


def _operation(root: _Tree, item: _Tree, method: str) -> _Tree:
    found = item.get(method.lower())
    return _behind(root, _mapping(item.get("additionalOperations")).get(method) if found is None else found)


def _behind(root: _Tree, value: JsonValue) -> _Tree:
    """Return the object that *value* is or refers to; what a path item says beside its reference counts, too."""
    node, seen = _mapping(value), set[str]()
    beside: _Tree = {}
    while isinstance(reference := node.get("$ref"), str) and reference not in seen:
        seen.add(reference)
        beside = {name: each for name, each in node.items() if name != "$ref"} | beside
        node = _mapping(_pointed(root, _pointer(reference)))
    return {**node, **beside} if beside else node


def _pointed(root: _Tree, pointer: str) -> JsonValue:
    value: JsonValue = root
    for step in pointer.split("/"):
        name = unescape_token(step)
        match value:
            case dict():
                value = value.get(name)
            case list() if name.isdecimal() and int(name) < len(value):
                value = value[int(name)]
            case _:
                return None
    return value


def _pointer(reference: str) -> str:
    """Return where *reference* leads to in this document, which is always the one it names."""
    return unquote(reference.partition("#")[2]).removeprefix("/")


def _target(reference: str) -> str:
    """Return where *reference* leads in the new document."""
    local = f"#{reference.partition('#')[2]}"
    if local.startswith(_COMPONENTS) or not local.startswith("#/"):
        return local if local.startswith(_COMPONENTS) else reference
    return f"{_COMPONENTS}{_ELSEWHERE}/{quote(escape_token(_pointer(local)), safe='~')}"


def _moved(value: JsonValue, *, has_names: bool = False) -> JsonValue:
    """Return *value* with its references leading to components, and with its sides exchanged.

    What only the service says, readOnly, it says in these requests; so to a receiver it is what only callers say.

    Args:
        value: an object of the document, or what it holds.
        has_names: whether the keys of *value* are names and none of them a field.
    """
    match value:
        case dict() as node:
            moved = dict(_moved_fields(node, has_names=has_names))
            reference = node.get("$ref")
            return moved | {"$ref": _target(reference)} if isinstance(reference, str) else moved
        case list():
            return [_moved(each) for each in value]
        case _:
            return value


def _moved_fields(node: _Tree, *, has_names: bool) -> Iterator[tuple[str, JsonValue]]:
    for name, each in node.items():
        if has_names:
            yield name, _moved(each)
        elif name in _EXCHANGED and isinstance(each, bool):
            yield _EXCHANGED[name], each
        elif name in _DATA or (name == "examples" and isinstance(each, list)):
            yield name, each
        else:
            yield name, _moved(each, has_names=name in _NAMED)


def _components(root: _Tree, paths: _Tree) -> _Tree:
    """Return the components that *paths* lead to, in the order of the source."""
    found: dict[str, _Tree] = {}
    waiting: list[JsonValue] = [paths]
    while waiting:
        for section, name in _named(waiting.pop()):
            kept = found.setdefault(section, {})
            if name not in kept:
                held = _mapping(_mapping(root.get("components")).get(section)).get(name)
                kept[name] = _moved(_pointed(root, name) if section == _ELSEWHERE else held)
                waiting.append(kept[name])
    order = _mapping(root.get("components"))
    ordered: _Tree = {
        section: {name: found[section][name] for name in _mapping(named) if name in found[section]}
        for section, named in order.items()
        if section in found
    }
    elsewhere = found.get(_ELSEWHERE)
    return ordered if elsewhere is None else {**ordered, _ELSEWHERE: elsewhere}


def _named(value: JsonValue) -> Iterator[tuple[str, str]]:
    """Yield section and name of each component that *value* mentions; a mention too many does no harm."""
    waiting = [value]
    while waiting:
        match waiting.pop():
            case dict() as node:
                waiting.extend(node.values())
            case list() as items:
                waiting.extend(items)
            case str() as text if text.startswith(_COMPONENTS):
                steps = text.removeprefix(_COMPONENTS).split("/")
                if len(steps) >= _DEPTH:
                    yield steps[0], decode_token(steps[1])
            case _:
                continue


def _mapping(value: JsonValue) -> _Tree:
    return value if isinstance(value, dict) else {}
