"""Names in a document: their words, the way they are written, and how a message shows them."""

from __future__ import annotations

import enum
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from apictl.readers.inventory import Node
from apictl.source.tree import split_pointer

_WORD: Final = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SHOWN: Final = 60
_FEW: Final = 3


class Case(enum.Enum):
    """How the words of a name are joined."""

    CAMEL = "camelCase"
    PASCAL = "PascalCase"
    SNAKE = "snake_case"
    KEBAB = "kebab-case"
    UPPER = "UPPER_CASE"


_PATTERNS: Final = {
    Case.CAMEL: re.compile(r"[a-z][a-z0-9]*(?:[A-Z0-9][a-z0-9]*)*"),
    Case.PASCAL: re.compile(r"(?:[A-Z][a-z0-9]*)+"),
    Case.SNAKE: re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*"),
    Case.KEBAB: re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*"),
    Case.UPPER: re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*"),
}


def words(name: str) -> tuple[str, ...]:
    """Return the words of *name* in lower case, however they are joined."""
    return tuple(word.lower() for word in _WORD.findall(name))


def cases(name: str) -> frozenset[Case]:
    """Return the ways in which *name* may be said to be written; one word in lower case is written in three."""
    return frozenset(case for case, pattern in _PATTERNS.items() if pattern.fullmatch(name))


def is_written(name: str, case: Case) -> bool:
    """Whether *name* is written in *case*."""
    return _PATTERNS[case].fullmatch(name) is not None


def common_case(names: Iterable[str]) -> Case | None:
    """Return the way in which most of *names* are written; None when too few tell, or no way has a clear majority."""
    telling = [found for name in names if len(found := cases(name)) == 1]
    counts = Counter(next(iter(found)) for found in telling).most_common(1)
    if len(telling) < _FEW or not counts:
        return None
    case, count = counts[0]
    return case if 2 * count > len(telling) else None


def respelled(name: str, case: Case) -> str:
    """Return *name* written in *case*."""
    parts = words(name)
    match case:
        case Case.CAMEL:
            return "".join(word if index == 0 else word.capitalize() for index, word in enumerate(parts))
        case Case.PASCAL:
            return "".join(word.capitalize() for word in parts)
        case Case.SNAKE:
            return "_".join(parts)
        case Case.KEBAB:
            return "-".join(parts)
        case Case.UPPER:
            return "_".join(parts).upper()


def quoted(name: str) -> str:
    """Return *name* within quotes, cut, and nothing in it that a terminal obeys."""
    return repr(name if len(name) <= _SHOWN else f"{name[: _SHOWN - 1]}…")


def label(node: Node[enum.Enum]) -> str:
    """Return what a message calls the object *node*: `GET /rides` for an operation, else the last word of its place."""
    tokens = split_pointer(node.place.pointer)
    if not tokens:
        return "the document"
    if node.kind.value == "operation" and len(tokens) > 1 and "/" in tokens[-2]:
        return f"{tokens[-1].upper()} {tokens[-2][:_SHOWN]}"
    return f"{node.kind.value} {quoted(tokens[-1])}"


def last_token(node: Node[enum.Enum]) -> str:
    """Return the key or the index at which *node* stands; "" for the document."""
    tokens = split_pointer(node.place.pointer)
    return tokens[-1] if tokens else ""


def segments(path: str) -> Iterator[str]:
    """Yield the parts of the template *path* between slashes, without its query and its fragment."""
    yield from (part for part in re.split(r"[?#]", path, maxsplit=1)[0].split("/") if part)
