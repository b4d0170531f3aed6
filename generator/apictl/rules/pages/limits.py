"""Pages of limits, each of which may become tighter or looser; of two limits one is always the tighter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from apictl.rules.pages.page import Page, narrowing, widening


@dataclass(frozen=True, slots=True)
class _Limit:
    """A keyword that sets a limit.

    Attributes:
        name: as in the ids of its differences.
        keyword: of JSON Schema.
        what: is limited.
        base: schema around it, in YAML.
        more: what else is to be said of it.
    """

    name: str
    keyword: str
    what: str
    base: str
    more: str = ""


_NUMBERS: Final = " A limit may include its number or not (`{0}`): that counts, too."
_LIMITS: Final = (
    _Limit("max-length", "maxLength", "the length of a text", "type: string"),
    _Limit("min-length", "minLength", "the length of a text", "type: string"),
    _Limit("maximum", "maximum", "a number", "type: integer", _NUMBERS.format("exclusiveMaximum")),
    _Limit("minimum", "minimum", "a number", "type: integer", _NUMBERS.format("exclusiveMinimum")),
    _Limit("max-items", "maxItems", "the number of items", "type: array"),
    _Limit("min-items", "minItems", "the number of items", "type: array"),
    _Limit("max-properties", "maxProperties", "the number of members", "type: object"),
    _Limit("min-properties", "minProperties", "the number of members", "type: object"),
    _Limit(
        "max-contains",
        "maxContains",
        "the number of items that match `contains`",
        "type: array\ncontains: {const: vip}",
    ),
    _Limit(
        "min-contains",
        "minContains",
        "the number of items that match `contains`",
        "type: array\ncontains: {const: vip}",
    ),
)


def limit_pages() -> Iterator[Page]:
    """Yield the pages of all limits."""
    for limit in _LIMITS:
        is_upper = limit.name.startswith("max")
        bound, less, more = ("upper", "lower", "higher") if is_upper else ("lower", "higher", "lower")
        low, high = (f"{limit.base}\n{limit.keyword}: {number}" for number in (3, 5))
        tight, loose = (low, high) if is_upper else (high, low)
        fact = f"The {bound} limit of {limit.what} is {less}, or there was none."
        story = f"`{limit.keyword}` allows less than before.{limit.more}"
        yield narrowing(f"{limit.name}-tightened", fact, story, loose, tight)
        fact = f"The {bound} limit of {limit.what} is {more}, or there is none any more."
        story = f"`{limit.keyword}` allows more than before.{limit.more}"
        yield widening(f"{limit.name}-loosened", fact, story, tight, loose)
