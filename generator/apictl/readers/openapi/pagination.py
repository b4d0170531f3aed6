"""`x-apictl-pagination`: how an operation lists page by page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from apictl.contract.pagination import Pagination, PagingStyle
from apictl.findings import Finding, Place, error
from apictl.readers.access import Tree, mapping, text
from apictl.readers.likeness import closest
from apictl.readers.openapi.inventory import Inventory, Node
from apictl.readers.openapi.kinds import Kind

EXTENSION: Final = "x-apictl-pagination"

_POINTER: Final = re.compile(r"(?:/(?:[^/~]|~[01])*)*")
_POINTERS: Final = ("items", "next", "last", "more")
_FIELDS: Final = ("style", "parameter", *_POINTERS, "first")
_STYLES: Final = tuple(style.value for style in PagingStyle)


def read_pagination(operation: Node) -> Pagination | None:
    """Return what *operation* declares; None when it declares nothing, or nothing that can be read."""
    if EXTENSION not in operation.fields or any(_faults(operation)):
        return None
    fields = mapping(operation.fields[EXTENSION])
    first = fields.get("first", 1)
    return Pagination(
        style=PagingStyle(text(fields.get("style"))),
        items=text(fields.get("items")),
        parameter=text(fields.get("parameter")),
        next=_pointer(fields, "next"),
        last=_pointer(fields, "last"),
        more=_pointer(fields, "more"),
        first=first if isinstance(first, int) else 1,
        place=operation.place.child(EXTENSION),
    )


def pagination_malformed(inventory: Inventory) -> Iterator[Finding]:
    """Yield an error for each fault of a declaration."""
    for node in inventory.nodes.values():
        if node.kind is Kind.OPERATION and EXTENSION in node.fields:
            for place, message in _faults(node):
                yield error("pagination-malformed", place, message)


def _pointer(fields: Tree, name: str) -> str | None:
    value = fields.get(name)
    return value if isinstance(value, str) else None


def _faults(operation: Node) -> Iterator[tuple[Place, str]]:
    """Yield place and message of each fault."""
    declared, place = operation.fields[EXTENSION], operation.place.child(EXTENSION)
    if not isinstance(declared, dict):
        yield place, "a pagination is an object with a style"
        return
    for name in declared:
        if name not in _FIELDS:
            meant = closest(str(name), _FIELDS)
            known = f"did you mean {meant!r}?" if meant else f"it has {', '.join(_FIELDS)}"
            yield place.child(str(name)).key(), f"a pagination has no {str(name)[:60]!r}: {known}"
    for name in _POINTERS:
        if name in declared and not _is_pointer(declared[name]):
            yield place.child(name), f"{name!r} is no JSON Pointer, which is empty or begins with '/'"
    style = declared.get("style")
    if style not in _STYLES:
        shown = place.child("style") if "style" in declared else place
        yield shown, f"the style of a pagination is one of {', '.join(_STYLES)}, not {str(style)[:60]!r}"
        return
    yield from ((place, message) for message in _missing(declared, str(style)))
    first = declared.get("first", 1)
    if isinstance(first, bool) or not isinstance(first, int):
        yield place.child("first"), "the first page has an integer as number"


def _missing(declared: Tree, style: str) -> Iterator[str]:
    if "items" not in declared:
        yield "a pagination says where its items are: items is a JSON Pointer into the body"
    if style != PagingStyle.LINK.value and not text(declared.get("parameter")):
        yield f"a pagination by {style} says which parameter of the query asks for a page: parameter"
    if style == PagingStyle.CURSOR.value and len({"next", "last"} & set(declared)) != 1:
        yield "a pagination by cursor says where the next one is: next in the body, or last in the last item"


def _is_pointer(value: object) -> bool:
    return isinstance(value, str) and _POINTER.fullmatch(value) is not None
