"""Lists that are read page by page, in Python's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from apictl.contract.definition import Definition
from apictl.contract.operation import Operation
from apictl.contract.pagination import Pagination, PagingStyle
from apictl.contract.paging import items_of, page_of, pagination_of, schema_at
from apictl.contract.schema import Schema
from apictl.findings import Finding, Place, error
from apictl.pages.python.annotations import Annotations
from apictl.pages.python.spelling import SpelledPaging, SpelledParameter

Definitions = Mapping[str, Definition]


def spell_paging(
    operation: Operation, parameters: Sequence[SpelledParameter], annotations: Annotations, definitions: Definitions
) -> SpelledPaging | None:
    """Return how *operation* lists page by page; None when it doesn't, or declares what doesn't fit."""
    pagination = pagination_of(operation, definitions)
    item = None if pagination is None else _item(operation, pagination, definitions)
    if pagination is None or item is None or any(_misfits(operation, definitions)):
        return None
    asking = (each.argument for each in parameters if _is_query(each, pagination.parameter))
    return SpelledPaging(pagination, next(asking, ""), annotations.of(item))


def misfits(operations: Sequence[Operation], definitions: Definitions) -> Iterator[Finding]:
    """Yield an error for each declared pagination that doesn't fit its operation."""
    for operation in operations:
        for place, message in _misfits(operation, definitions):
            yield error("pagination-unfit", place, message)


def _is_query(parameter: SpelledParameter, name: str) -> bool:
    return parameter.parameter.location.value == "query" and parameter.parameter.name == name


def _item(operation: Operation, pagination: Pagination, definitions: Definitions) -> Schema | None:
    page = page_of(operation)
    listed = None if page is None else schema_at(page[1], pagination.items, definitions)
    return None if listed is None else items_of(listed, definitions)


def _misfits(operation: Operation, definitions: Definitions) -> Iterator[tuple[Place, str]]:
    """Yield where and why a declared pagination of *operation* doesn't fit; nothing for one that is recognised."""
    pagination = operation.pagination
    if pagination is None or pagination.place is None:
        return
    place, page = pagination.place, page_of(operation)
    if page is None:
        yield place, f"{operation.id[:60]!r} has not one success that is JSON, which would be the page"
        return
    names = [each.name for each in operation.parameters if each.location.value == "query"]
    if pagination.style is not PagingStyle.LINK and pagination.parameter not in names:
        yield place.child("parameter"), f"no parameter of the query is named {pagination.parameter[:60]!r}"
    item = _item(operation, pagination, definitions)
    if item is None:
        yield place.child("items"), f"{pagination.items[:60]!r} is no list in the page"
    for name, pointer, schema in (
        ("next", pagination.next, page[1]),
        ("more", pagination.more, page[1]),
        ("last", pagination.last, item),
    ):
        if pointer is not None and schema is not None and schema_at(schema, pointer, definitions) is None:
            yield place.child(name), f"{pointer[:60]!r} leads to nothing that is declared"
