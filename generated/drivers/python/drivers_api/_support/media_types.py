"""Media types and ranges, and which declared content fits them (RFC 9110, 8.3.1 and 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from .declarations import Content

_NAME: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_TYPE: Final = re.compile(rf"[ \t]*({_NAME})/({_NAME})[ \t]*")
_PARAMETER: Final = re.compile(rf';[ \t]*(?:({_NAME})=(?:({_NAME})|"((?:[^"\\]|\\.)*)")[ \t]*)?')
# No way to fail after a quote: the time stays linear in a hostile header.
_ELEMENT: Final = re.compile(r'(?:[^,"]|"[^"]*"?)+')
_REMEMBERED: Final = 300
"""Characters; what a longer header says is worked out each time."""
_WEIGHT: Final = re.compile(r"[01](?:\.[0-9]{0,3})?")


@dataclass(frozen=True, slots=True)
class MediaType:
    """A media type or range.

    Attributes:
        kind: before the slash, in lower case; `*` of `*/*`.
        subtype: after the slash, in lower case; `*` of a range, or a range of suffixes such as `*+json`.
        parameters: by name in lower case.
    """

    kind: str
    subtype: str
    parameters: tuple[tuple[str, str], ...] = ()

    def parameter(self, name: str) -> str | None:
        """Return the value of the parameter *name*."""
        return dict(self.parameters).get(name)

    @property
    def essence(self) -> str:
        """Type and subtype without parameters."""
        return f"{self.kind}/{self.subtype}"

    @property
    def is_range(self) -> bool:
        """Whether several media types are meant."""
        return "*" in self.kind or "*" in self.subtype


@lru_cache(maxsize=512)
def parse_media_type(text: str) -> MediaType | None:
    """Return *text* as a media type or range; None when it is none."""
    found = _TYPE.match(text)
    if found is None:
        return None
    parameters: dict[str, str] = {}
    position = found.end()
    while position < len(text):
        parameter = _PARAMETER.match(text, position)
        if parameter is None:
            return None
        name, token, quoted = parameter.groups()
        if name is not None:
            value = token if token is not None else re.sub(r'\\(["\\])', r"\1", quoted)
            parameters.setdefault(name.lower(), value)
        position = parameter.end()
    return MediaType(found[1].lower(), found[2].lower(), tuple(parameters.items()))


def covers(media_range: MediaType, media_type: MediaType) -> bool:
    """Return whether *media_type* is in *media_range*, each parameter that the range names included."""
    return (
        _fits(media_range.kind, media_type.kind)
        and _fits(media_range.subtype, media_type.subtype)
        and all(_has(media_type, name, value) for name, value in media_range.parameters)
    )


def specificity(media_range: MediaType) -> tuple[bool, bool, bool, int]:
    """Return a rank that is greater the fewer media types *media_range* holds."""
    return (
        media_range.kind != "*",
        media_range.subtype != "*",
        "*" not in media_range.subtype,
        len(media_range.parameters),
    )


def choose_content(contents: Sequence[Content], content_type: str | None) -> Content | None:
    """Return the most specific of *contents* that holds a body of *content_type*; None when none does.

    A body without a type is `application/octet-stream` (RFC 9110, 8.3).
    """
    given = content_type or "application/octet-stream"
    names = tuple([content.media_type for content in contents])
    # A boundary is another one each time: there is nothing to remember.
    remembered = len(given) <= _REMEMBERED and "boundary" not in given
    chosen = _chosen(names, given) if remembered else _chosen.__wrapped__(names, given)
    return None if chosen is None else contents[chosen]


@lru_cache(maxsize=512)
def _chosen(names: tuple[str, ...], content_type: str) -> int | None:
    given = parse_media_type(content_type)
    if given is None or given.is_range:
        return None
    ranked = [
        (specificity(declared), -number)
        for number, name in enumerate(names)
        if (declared := parse_media_type(name)) is not None and covers(declared, given)
    ]
    return -max(ranked)[1] if ranked else None


def negotiate(contents: Sequence[Content], accept: str | None) -> Content | None:
    """Return the content that the caller likes best by its `Accept` header; None when it likes none.

    Without a header, or with one that names no media range at all, anything will do. Between equals the contract's
    order decides.
    """
    if accept is None or accept == "*/*":  # what most callers say
        return contents[0] if contents else None
    names = tuple([content.media_type for content in contents])
    best = _best(names, accept) if len(accept) <= _REMEMBERED else _best.__wrapped__(names, accept)
    return None if best is None else contents[best]


@lru_cache(maxsize=512)
def _best(names: tuple[str, ...], accept: str) -> int | None:
    wishes = tuple(_wishes(accept))
    if not wishes:
        return 0 if names else None
    best: int | None = None
    best_weight = 0.0
    for number, name in enumerate(names):
        offered = parse_media_type(name)
        weight = 0.0 if offered is None else _weight(offered, wishes)
        if weight > best_weight:
            best, best_weight = number, weight
    return best


def _wishes(accept: str) -> Iterator[tuple[MediaType, float]]:
    for element in _ELEMENT.findall(accept):
        wish = parse_media_type(element.strip(" \t"))
        if wish is None:
            continue
        weight = wish.parameter("q")
        if weight is not None and _WEIGHT.fullmatch(weight) is None:
            continue
        # JSON has no charset, and text is always offered as UTF-8: neither separates what is offered.
        named = tuple(pair for pair in wish.parameters if pair[0] not in {"q", "charset"})
        yield MediaType(wish.kind, wish.subtype, named), min(float(weight or 1), 1.0)


def _weight(offered: MediaType, wishes: Sequence[tuple[MediaType, float]]) -> float:
    fitting = [(specificity(wish), weight) for wish, weight in wishes if _meets(wish, offered)]
    # Of equally specific ranges the kinder one counts.
    return max(fitting)[1] if fitting else 0.0


def _meets(wish: MediaType, offered: MediaType) -> bool:
    """Return whether *offered*, which may itself be a range, holds something of *wish*."""
    return covers(wish, offered) or (offered.is_range and covers(MediaType(offered.kind, offered.subtype), wish))


def _fits(pattern: str, name: str) -> bool:
    if pattern.startswith("*"):
        return name.endswith(pattern[1:])
    return pattern == name


def _has(media_type: MediaType, name: str, value: str) -> bool:
    given = media_type.parameter(name)
    if name == "charset":
        # What is declared is the default of those who don't say.
        return given is None or given.lower() == value.lower()
    return given == value
