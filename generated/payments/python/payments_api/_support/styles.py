"""The styles of OpenAPI: a JSON value as text of the wire, and the readings of such text.

OpenAPI 3.1.1, Style Values and Appendix C (RFC 6570). What the specification leaves open is decided here:

* An array or object inside an array or object is written as a JSON document; only `deepObject` nests.
* An empty text stands for an empty array, so that an array of one empty text can't be written.
* `spaceDelimited` and `pipeDelimited` can't carry their delimiter inside an item.
* `explode` is without meaning to both of them; an exploded one is written as `form`.
* null inside an array or object is the text `null`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any, Final, TypeAlias

from .alphabets import HEADER, Alphabet
from .declarations import Style
from .readings import Reading, inner, scalar_text, sequence

Pair: TypeAlias = tuple[str, str]
"""Name as text, value as wire text."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """How one value is written.

    Attributes:
        name: on the wire.
        style: as declared.
        explode: whether each item or property is written by itself.
        alphabet: of the place it is written in.
    """

    name: str
    style: Style
    explode: bool
    alphabet: Alphabet


@lru_cache(maxsize=512)
def header_spelling(name: str, *, explode: bool) -> Spelling:
    """Return how the header *name* of a response is written."""
    return Spelling(name, "simple", explode, HEADER)


MAX_ITEMS: Final = 10_000
"""Of one array; the time that a hostile request costs has a bound."""

_DELIMITED: Final[Mapping[Style, tuple[str, re.Pattern[str]]]] = {
    "form": (",", re.compile(",")),
    "spaceDelimited": ("%20", re.compile(r"%20|\+| ")),
    "pipeDelimited": ("%7C", re.compile(r"\||%7[Cc]")),
}
_SPACE_OR_PIPE: Final[Mapping[Style, str]] = {"spaceDelimited": " ", "pipeDelimited": "|"}


# --------------------------------------------------------------------------- one text: simple, label, matrix


def write_text(value: Any, spelling: Spelling) -> str:
    """Return *value* as one wire text, in the style `simple`, `label` or `matrix`.

    Raises:
        ValueError: the style can't carry this value.
    """
    match spelling.style:
        case "matrix":
            return _write_matrix(value, spelling)
        case "label":
            return "." + _write_list(value, spelling, "." if spelling.explode else ",")
        case _:
            return _write_list(value, spelling, ",")


def read_text(raw: str, spelling: Spelling) -> Reading | None:
    """Return the readings of the wire text *raw* in the style `simple`, `label` or `matrix`; None when it is neither.

    Raises:
        UnicodeDecodeError: it holds bytes that are no UTF-8.
    """
    match spelling.style:
        case "matrix":
            return _read_matrix(raw, spelling)
        case "label":
            return _read_list(raw[1:], spelling, "." if spelling.explode else ",") if raw[:1] == "." else None
        case _:
            return _read_list(raw, spelling, ",")


def _write_list(value: Any, spelling: Spelling, delimiter: str) -> str:
    # `=` parts names from values only where both are there: an exploded object.
    delimiters = delimiter + ("=" if isinstance(value, dict) and spelling.explode else "")

    def escape(item: Any) -> str:
        return spelling.alphabet.escape(scalar_text(item), delimiters)

    match value:
        case dict() if spelling.explode:
            return delimiter.join(f"{escape(name)}={escape(item)}" for name, item in value.items())
        case dict():
            return delimiter.join(map(escape, chain.from_iterable(value.items())))
        case list():
            return delimiter.join(map(escape, _writable(value)))
        case _:
            return spelling.alphabet.escape(scalar_text(value), "")


def _read_list(raw: str, spelling: Spelling, delimiter: str) -> Reading:
    unescape = spelling.alphabet.unescape
    # Optional white space around the items of a list in a header (RFC 9110, 5.6.1).
    parts = [part.strip(" \t") for part in _split(raw, delimiter)]
    return Reading(
        text=unescape(raw),
        items=tuple(inner(unescape(part)) for part in parts),
        members=_assigned(parts, spelling) if spelling.explode else _alternating(parts, spelling),
    )


def _write_matrix(value: Any, spelling: Spelling) -> str:
    def assignment(name: str, item: Any) -> str:
        text = spelling.alphabet.escape(scalar_text(item), ";,")
        return f";{name}={text}" if text else f";{name}"

    name = spelling.alphabet.escape(spelling.name, ";=")
    match value:
        case dict() if spelling.explode:
            return "".join(assignment(spelling.alphabet.escape(key, ";="), item) for key, item in value.items())
        case list() if spelling.explode and value:
            return "".join(assignment(name, item) for item in _writable(value))
        case dict() | list():
            text = _write_list(value, spelling, ",")
            return f";{name}={text}" if text else f";{name}"
        case _:
            return assignment(name, value)


def _read_matrix(raw: str, spelling: Spelling) -> Reading | None:
    unescape = spelling.alphabet.unescape
    if raw[:1] != ";":
        return None
    pairs = [(unescape(name), text) for name, _, text in (part.partition("=") for part in _split(raw, ";")[1:])]
    own = [text for name, text in pairs if name == spelling.name]
    members = _members(pairs, spelling)
    if len(own) != len(pairs) or not own:
        return Reading(members=members) if spelling.explode else None
    if spelling.explode:
        listed = sequence([inner(unescape(text)) for text in own])
        return Reading(text=listed.text, items=listed.items, members=members)
    return _read_list(own[0], spelling, ",") if len(own) == 1 else None


# --------------------------------------------------------------------------- pairs: form, spaceDelimited, pipeDelimited


def write_pairs(value: Any, spelling: Spelling) -> tuple[Pair, ...]:
    """Return *value* as pairs, in the style `form`, `spaceDelimited` or `pipeDelimited`.

    Raises:
        ValueError: the style can't carry this value.
    """
    escape = spelling.alphabet.escape
    match value:
        case dict() if spelling.explode:
            return tuple(chain.from_iterable(_write_member(name, item, spelling) for name, item in value.items()))
        case list() if spelling.explode and value:
            return tuple((spelling.name, escape(scalar_text(item), "")) for item in _writable(value))
        case dict():
            return ((spelling.name, _delimit(chain.from_iterable(value.items()), spelling)),)
        case list():
            return ((spelling.name, _delimit(_writable(value), spelling)),)
        case _:
            return ((spelling.name, escape(scalar_text(value), "")),)


def _write_member(name: str, item: Any, spelling: Spelling) -> tuple[Pair, ...]:
    # The usual convention for an array within an exploded object: the name is repeated.
    if isinstance(item, list) and not any(isinstance(part, (dict, list)) for part in item):
        return write_pairs(item, Spelling(name, "form", explode=True, alphabet=spelling.alphabet))
    return ((name, spelling.alphabet.escape(scalar_text(item), "")),)


def read_pairs(raw_values: Sequence[str], spelling: Spelling) -> Reading | None:
    """Return the readings of *raw_values*, at least one, all given by the name of *spelling*.

    None when there are several values and the style writes only one.

    Raises:
        UnicodeDecodeError: one holds bytes that are no UTF-8.
    """
    unescape = spelling.alphabet.unescape
    if spelling.explode:
        return sequence([inner(unescape(raw)) for raw in raw_values])
    if len(raw_values) > 1:
        return None
    raw = raw_values[0]
    delimiter, alternatives = _DELIMITED.get(spelling.style, _DELIMITED["form"])
    parts = _split(alternatives.sub(delimiter, raw), delimiter)
    return Reading(
        text=unescape(raw), items=tuple(inner(unescape(part)) for part in parts), members=_alternating(parts, spelling)
    )


def read_members(pairs: Iterable[Pair], spelling: Spelling) -> Reading:
    """Return the reading of *pairs*, which are the properties of one exploded object."""
    return Reading(members=_members(pairs, spelling))


def _delimit(values: Iterable[Any], spelling: Spelling) -> str:
    delimiter = _DELIMITED.get(spelling.style, _DELIMITED["form"])[0]
    texts = [scalar_text(value) for value in values]
    forbidden = _SPACE_OR_PIPE.get(spelling.style)
    for text in texts:
        if forbidden is not None and forbidden in text:
            raise ValueError(f"{text!r} has the delimiter {forbidden!r} of style {spelling.style}")
    return delimiter.join(spelling.alphabet.escape(text, ",") for text in texts)


# --------------------------------------------------------------------------- shared


def _split(raw: str, delimiter: str) -> list[str]:
    if raw.count(delimiter) >= MAX_ITEMS:
        raise ValueError(f"has more than {MAX_ITEMS} items")
    return raw.split(delimiter) if raw else []


def _writable(items: list[Any]) -> list[Any]:
    if items == [""]:
        raise ValueError("an array of one empty text is written like an empty array")
    return items


def _assigned(parts: Sequence[str], spelling: Spelling) -> dict[str, Reading] | None:
    """Return the properties written as `name=value`; None when a part is not."""
    pairs = [part.partition("=") for part in parts]
    if not all(sign for _, sign, _ in pairs):
        return None
    return _members(((spelling.alphabet.unescape(name), text) for name, _, text in pairs), spelling)


def _alternating(parts: Sequence[str], spelling: Spelling) -> dict[str, Reading] | None:
    """Return the properties written as `name,value,name,value`; None when one has no value."""
    if len(parts) % 2:
        return None
    names = map(spelling.alphabet.unescape, parts[::2])
    return _members(zip(names, parts[1::2], strict=True), spelling)


def _members(pairs: Iterable[Pair], spelling: Spelling) -> dict[str, Reading]:
    grouped: dict[str, list[Reading]] = {}
    for name, raw in pairs:
        grouped.setdefault(name, []).append(inner(spelling.alphabet.unescape(raw)))
    return {name: sequence(readings) for name, readings in grouped.items()}
