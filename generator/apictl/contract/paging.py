"""How an operation lists page by page: as it declares, or as is unmistakable without a declaration."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType, Operation, Parameter, ParameterLocation, Response
from apictl.contract.pagination import Pagination, PagingStyle
from apictl.contract.schema import JsonValue, Schema, as_schema, reference_name
from apictl.support.pointers import escape_token, unescape_token

Definitions = Mapping[str, Definition]

_READING: Final = frozenset({"GET", "QUERY"})
_CURSORS: Final = frozenset(
    {
        "after",
        "continuation_token",
        "cursor",
        "marker",
        "next_cursor",
        "next_token",
        "page_cursor",
        "page_token",
        "token",
    }
)
_AFTER_ITEM: Final = frozenset({"after", "starting_after"})
_JSON: Final = re.compile(r"application/(?:[^;]+\+)?json(?:;.*)?", re.IGNORECASE)
_BOUNDARY: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[^A-Za-z0-9]+")


def pagination_of(operation: Operation, definitions: Definitions) -> Pagination | None:
    """Return how *operation* lists page by page; None when it doesn't, or when one can only guess.

    Recognised are: a cursor in the query and the next one in the page, by names that belong together (`cursor` and
    `nextCursor`); `starting_after`, or `after` with `last_id`, where the page says by `has_more` whether there are more
    items with an `id`; a header `Link`.
    In each case there is exactly one list of objects to be read, or the body is a list.
    """
    if operation.pagination is not None:
        return operation.pagination
    answer = page_of(operation)
    if answer is None or operation.method not in _READING:
        return None
    response, schema = answer
    lists = tuple(dict.fromkeys(_lists(schema, definitions)))
    if len(lists) != 1:
        return None
    found = _by_cursor(operation, schema, lists[0], definitions)
    if found is None and any(header.name.lower() == "link" for header in response.headers):
        return Pagination(PagingStyle.LINK, lists[0])
    return found


def page_of(operation: Operation) -> tuple[Response, Schema] | None:
    """Return the success of *operation* that is a page, with the schema of its JSON; None unless there is just one."""
    pages = [
        (response, schema)
        for response in operation.responses
        if response.status.startswith("2")
        for schema in map(_json_schema, response.contents)
        if schema is not None
    ]
    return pages[0] if len(pages) == 1 else None


def _json_schema(media: MediaType) -> Schema | None:
    return media.schema if _JSON.fullmatch(media.name.strip()) else None


def schema_at(schema: Schema, pointer: str, definitions: Definitions) -> Schema | None:
    """Return the schema of what is at *pointer* in a value of *schema*; None when that declares nothing there."""
    for token in pointer.split("/")[1:]:
        properties = dict(properties_of(schema, definitions))
        found = properties.get(unescape_token(token))
        if found is None:
            return None
        schema = found
    return schema


def items_of(schema: Schema, definitions: Definitions) -> Schema | None:
    """Return the schema of the items of *schema*; None when it is no list."""
    for part in _parts(schema, definitions):
        if part.get("type") == "array" or "items" in part:
            return as_schema(part.get("items", True))
    return None


def properties_of(schema: Schema, definitions: Definitions) -> Iterator[tuple[str, Schema]]:
    """Yield the properties that *schema* declares, through references and `allOf`."""
    for part in _parts(schema, definitions):
        declared = part.get("properties")
        if isinstance(declared, dict):
            yield from ((name, as_schema(each)) for name, each in declared.items())


def _by_cursor(operation: Operation, schema: Schema, items: str, definitions: Definitions) -> Pagination | None:
    for parameter in operation.parameters:
        if parameter.location is not ParameterLocation.QUERY or parameter.is_required:
            continue
        name = _plain(parameter.name)
        if name in _CURSORS:
            found = list(dict.fromkeys(at for at, each in _texts(schema, definitions) if each in _matching(name)))
            if len(found) == 1:
                return Pagination(PagingStyle.CURSOR, items, parameter.name, next=found[0])
        if name in _AFTER_ITEM:
            return _after_item(parameter, schema, items, definitions)
    return None


def _matching(cursor: str) -> frozenset[str]:
    """Return the names that the next value of *cursor* goes by."""
    return frozenset({f"next_{cursor}", cursor} if cursor.startswith("next_") else {f"next_{cursor}"})


def _after_item(parameter: Parameter, schema: Schema, items: str, definitions: Definitions) -> Pagination | None:
    """Return pages that begin after an item, which say whether there are more: by its id, or that of the last one."""
    more = schema_at(schema, "/has_more", definitions)
    if more is None or _type(more, definitions) != "boolean":
        return None
    if _plain(parameter.name) == "after":
        last = schema_at(schema, "/last_id", definitions)
        has_last = last is not None and _type(last, definitions) == "string"
        return (
            Pagination(PagingStyle.CURSOR, items, parameter.name, next="/last_id", more="/has_more")
            if has_last
            else None
        )
    listed = schema_at(schema, items, definitions)
    item = None if listed is None else items_of(listed, definitions)
    identity = None if item is None else schema_at(item, "/id", definitions)
    if identity is None or _type(identity, definitions) != "string":
        return None
    return Pagination(PagingStyle.CURSOR, items, parameter.name, last="/id", more="/has_more")


def _lists(schema: Schema, definitions: Definitions) -> Iterator[str]:
    """Yield pointers to the lists that *schema* has: itself, or its properties that are lists of objects."""
    if items_of(schema, definitions) is not None:
        yield ""
        return
    for name, each in properties_of(schema, definitions):
        items = items_of(each, definitions)
        if items is not None and any(True for _ in properties_of(items, definitions)):
            yield f"/{escape_token(name)}"


def _texts(schema: Schema, definitions: Definitions) -> Iterator[tuple[str, str]]:
    """Yield pointer and plain name of each text in *schema*, and of those in its objects."""
    for name, each in properties_of(schema, definitions):
        if _type(each, definitions) == "string":
            yield f"/{escape_token(name)}", _plain(name)
        for below, inner in properties_of(each, definitions):
            if _type(inner, definitions) == "string":
                yield f"/{escape_token(name)}/{escape_token(below)}", _plain(below)


def _type(schema: Schema, definitions: Definitions) -> str | None:
    """Return the one type of *schema* besides null; None when there are several, or none is named."""
    found: set[str] = set()
    for part in _parts(schema, definitions):
        types = part.get("type")
        found |= {each for each in (types if isinstance(types, list) else [types]) if isinstance(each, str)}
    found.discard("null")
    return found.pop() if len(found) == 1 else None


def _parts(schema: Schema, definitions: Definitions) -> Iterator[Mapping[str, JsonValue]]:
    """Yield the schemas that a value of *schema* obeys all; of a choice with null, what is not null."""
    seen: set[str] = set()
    waiting = [schema]
    while waiting:
        current = waiting.pop()
        if isinstance(current, bool):
            continue
        name = reference_name(current)
        if name is not None and name not in seen and name in definitions:
            seen.add(name)
            waiting.append(definitions[name].schema)
        yield current
        everything = current.get("allOf")
        if isinstance(everything, list):
            waiting.extend(map(as_schema, everything))
        for keyword in ("oneOf", "anyOf"):
            branches = current.get(keyword)
            if isinstance(branches, list):
                others = [each for each in map(as_schema, branches) if each != {"type": "null"}]
                waiting.extend(others if len(others) == 1 else [])


def _plain(name: str) -> str:
    """Return *name* in one spelling: `nextCursor`, `next-cursor` and `next_cursor` are the same."""
    return _BOUNDARY.sub("_", name).strip("_").lower()
