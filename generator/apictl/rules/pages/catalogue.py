"""All pages of differences between schemas."""

from __future__ import annotations

import functools

from apictl.rules.pages.limits import limit_pages
from apictl.rules.pages.members import member_pages
from apictl.rules.pages.page import Page
from apictl.rules.pages.sayings import saying_pages
from apictl.rules.pages.scalars import scalar_pages
from apictl.rules.pages.wholes import whole_pages


@functools.cache
def difference_pages() -> tuple[Page, ...]:
    """Return the pages, by id."""
    pages = (*limit_pages(), *scalar_pages(), *member_pages(), *whole_pages(), *saying_pages())
    return tuple(sorted(pages, key=lambda page: page.id))
