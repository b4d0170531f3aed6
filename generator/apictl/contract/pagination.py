"""Lists that are read page by page (`x-apictl-pagination`)."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from apictl.findings import Place


class PagingStyle(enum.Enum):
    """How the next page is asked for."""

    CURSOR = "cursor"
    """By a value that the page before names."""
    OFFSET = "offset"
    """By the number of items before it."""
    PAGE = "page"
    """By its number."""
    LINK = "link"
    """By the address with `rel="next"` in the header `Link` (RFC 8288)."""


@dataclass(frozen=True, slots=True)
class Pagination:
    """How an operation lists page by page.

    Attributes:
        style: how the next page is asked for.
        items: JSON Pointer in the body of the success to the items of the page; "" when the body is the list.
        parameter: of the query that asks for a page; "" of links.
        next: pointer in the body to the cursor of the next page, which is null, empty or missing on the last one; None
            when it is in the items.
        last: pointer in the last item of a page to the cursor of the next one; None when the page names it.
        more: pointer in the body to a boolean that says whether there is another page; None when nothing does.
        first: number of the first page.
        place: of the extension; None when the pagination is recognised.
    """

    style: PagingStyle
    items: str
    parameter: str = ""
    next: str | None = None
    last: str | None = None
    more: str | None = None
    first: int = 1
    place: Place | None = None
