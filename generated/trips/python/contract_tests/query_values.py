"""What a text in a query may mean: every value that a style of OpenAPI writes like that.

Written from the specification (OpenAPI 3.1, Style Values; RFC 6570), apart from what the service reads queries with.
The style `deepObject` is read by the custom of brackets within brackets, for the specification ends at scalars.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import unquote_plus

_LIMIT: Final = 256
"""How many values of an array or object are tried."""
_DEEPEST: Final = 16
_NUMBER: Final = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?")
"""Of JSON (RFC 8259, 6)."""
_STEPS: Final = re.compile(r"(?:\[[^\[\]]*\])*")
Kept: TypeAlias = "Callable[[tuple[str, ...], Values], Values]"
"""Takes values and the names that lead to them; returns those that count."""
Pairs: TypeAlias = "Sequence[tuple[str, str]]"
"""Names as text, values as they were sent, escaped."""
DELIMITERS: Final[Mapping[str, Sequence[str]]] = {
    "form": (",",),
    "spaceDelimited": ("%20", "+", " "),
    "pipeDelimited": ("%7C", "%7c", "|"),
}
"""What stands between items, by the style."""
_WORDS: Final[Mapping[str, Any]] = {"": None, "false": False, "null": None, "true": True}


@dataclass(frozen=True, slots=True)
class Values:
    """The values that something may mean.

    Attributes:
        found: the plainest first.
        are_all: whether there are no others.
    """

    found: tuple[Any, ...] = ()
    are_all: bool = True


def either(*values: Values) -> Values:
    """Return all that *values* are."""
    return Values(tuple(each for one in values for each in one.found), all(one.are_all for one in values))


def scalar(text: str, *, may_be_document: bool = True) -> Values:
    """Return what *text*, no longer escaped, may mean: itself first; what starts like one may be a JSON document."""
    found: list[Any] = [text]
    if text in _WORDS:
        found.append(_WORDS[text])
    elif _NUMBER.fullmatch(text) and len(text) < _LIMIT and math.isfinite(float(text)):
        found.append(json.loads(text))
    elif may_be_document and text[:1] in {"[", "{"}:
        found += document(text).found
    return Values(tuple(found))


def document(text: str) -> Values:
    """Return the value of the JSON document *text*; none where it is no JSON."""
    try:
        return Values((json.loads(text),))
    except (ValueError, RecursionError):
        return Values()


def repeated(texts: Sequence[str]) -> Values:
    """Return what a name means that is given once for each of *texts*: a scalar, or an array of them."""
    return _repeated([scalar(unquote_plus(text)) for text in texts], texts)


def _repeated(values: Sequence[Values], texts: Sequence[str], kept: Callable[[Values], Values] | None = None) -> Values:
    """Return what *values* of *texts* mean: the only one, or an array, the items of which are *kept*."""
    empty = Values(([],)) if [*texts] == [""] else Values()
    return either(*(values if len(values) == 1 else ()), empty, _listed([*map(kept, values)] if kept else values))


def delimited(text: str, delimiters: Sequence[str]) -> Values:
    """Return what *text* means by a style that joins an array, or names and values, with one of *delimiters*."""
    parts = re.split("|".join(map(re.escape, delimiters)), text) if text else []
    values = [scalar(unquote_plus(part)) for part in parts]
    pairs = [(unquote_plus(name), value) for name, value in zip(parts[::2], values[1::2], strict=False)]
    return either(scalar(unquote_plus(text)), _listed(values), named(pairs) if len(parts) % 2 == 0 else Values())


def members(pairs: Pairs) -> Values:
    """Return the objects whose properties are *pairs*: a name that is given more than once is of an array."""
    texts: dict[str, list[str]] = {}
    for name, text in pairs:
        texts.setdefault(name, []).append(text)
    return named([(name, repeated(given)) for name, given in texts.items()])


def _as_they_are(_path: tuple[str, ...], values: Values) -> Values:
    return values


def in_brackets(name: str, pairs: Pairs, kept: Kept = _as_they_are) -> Values:
    """Return what those of *pairs* mean that are given as *name*, or *name* and brackets; nothing where they don't fit.

    An empty object leaves no trace. Brackets are the only way to nest: no text is a document. What is below *name* is
    *kept* by the names that lead to it.
    """
    root = _Node()
    for given, text in pairs:
        path = given.removeprefix(name)
        if given != name and not given.startswith(f"{name}["):
            continue
        steps = path[1:-1].split("][") if path else []
        if not _STEPS.fullmatch(path) or len(steps) > _DEEPEST:
            return Values()
        node = root
        for step in steps:
            node = node.below.setdefault(step, _Node())
        node.texts.append(text)
    return root.values((), kept) if root.texts or root.below else Values(({},))


class _Node:
    """What is given under one name and the brackets behind it."""

    __slots__ = ("below", "texts")

    def __init__(self) -> None:
        self.below: dict[str, _Node] = {}
        self.texts: list[str] = []

    def values(self, path: tuple[str, ...], kept: Kept) -> Values:
        scalars = [scalar(unquote_plus(text), may_be_document=False) for text in self.texts]
        if not self.below:
            return _repeated(scalars, self.texts, lambda values: kept((*path, ""), values))
        if self.texts:
            return Values()
        below = [(name, kept((*path, name), node.values((*path, name), kept))) for name, node in self.below.items()]
        if [*self.below] == [""]:
            ((_, inner),) = below
            texts = [unquote_plus(text) for text in self.below[""].texts]
            items = [kept((*path, ""), scalar(text, may_be_document=False)) for text in texts]
            return either(named(below), _listed(items) if items else _listed([inner]))
        if all(name.isdecimal() for name in self.below):
            ordered = sorted(below, key=lambda each: int(each[0]))
            return either(named(below), _listed([value for _, value in ordered]))
        return named(below)


def _listed(items: Sequence[Values]) -> Values:
    combined = _combined(items)
    return Values(tuple([*each] for each in combined.found), combined.are_all)


def named(properties: Sequence[tuple[str, Values]]) -> Values:
    """Return the objects that have one of the values of each of *properties*."""
    names = [name for name, _ in properties]
    combined = _combined([value for _, value in properties])
    return Values(tuple(dict(zip(names, each, strict=True)) for each in combined.found), combined.are_all)


def _combined(choices: Sequence[Values]) -> Values:
    """Return a choice of each; of very many, first the plainest of all, then the least plain, then some others."""
    product = itertools.product(*(each.found for each in choices))
    are_all = all(each.are_all for each in choices) or any(each.are_all and not each.found for each in choices)
    if math.prod(len(each.found) for each in choices) <= _LIMIT:
        return Values(tuple(product), are_all)
    most = max(len(each.found) for each in choices)
    alike = (tuple(each.found[min(depth, len(each.found) - 1)] for each in choices) for depth in range(most))
    return Values((*alike, *itertools.islice(product, _LIMIT)), are_all=False)
