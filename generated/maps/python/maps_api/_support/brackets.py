"""The style `deepObject`: `name[property]=value`.

The specification ends at scalar properties. Deeper values follow the usual convention of brackets: `name[a][b]=1` for
objects, `name[a][]=1` for arrays of scalars, `name[a][0][b]=1` for arrays that hold arrays or objects. Either form of
an array is read, and so is a repeated name. An empty array is `name[]=`; an empty object inside another value can't
be written, and a property that is null is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, Final

from .readings import Reading, scalar_text, sequence
from .styles import Pair, Spelling

MAX_DEPTH: Final = 16
_PATH: Final = re.compile(r"\[([^\[\]]*)\]")


class _Node:
    """What was given at one place: texts, and places below by the name in brackets."""

    __slots__ = ("below", "texts")

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.below: dict[str, _Node] = {}


def write_brackets(value: Any, spelling: Spelling) -> tuple[Pair, ...]:
    """Return *value* as pairs.

    Raises:
        ValueError: brackets can't carry this value.
    """
    if value == {}:
        return ()
    return tuple((name, spelling.alphabet.escape(text, "")) for name, text in _written(value, spelling.name))


def read_brackets(pairs: Iterable[Pair], spelling: Spelling) -> Reading | None:
    """Return the readings of those *pairs* that belong to *spelling*; None when none does.

    Raises:
        UnicodeDecodeError: a value holds bytes that are no UTF-8.
        ValueError: the brackets of a name don't close or go too deep, or a name is given both with and without them.
    """
    root = _Node()
    for name, raw in pairs:
        if owns(spelling.name, name):
            node = root
            for step in _steps(name[len(spelling.name) :]):
                node = node.below.setdefault(step, _Node())
            node.texts.append(spelling.alphabet.unescape(raw))
    return _reading(root, spelling.name) if root.texts or root.below else None


def owns(parameter: str, name: str) -> bool:
    """Return whether a query's *name* belongs to the deep object *parameter*."""
    return name == parameter or name.startswith(parameter + "[")


def _written(value: Any, name: str) -> Iterator[tuple[str, str]]:
    match value:
        case dict():
            yield from _members_written(value, name)
        case []:
            yield f"{name}[]", ""
        case [""]:
            raise ValueError("an array of one empty text is written like an empty array")
        case list() if any(isinstance(item, (dict, list)) for item in value):
            for index, item in enumerate(value):
                yield from _written(item, f"{name}[{index}]")
        case list():
            yield from ((f"{name}[]", scalar_text(item)) for item in value)
        case _:
            yield name, scalar_text(value)


def _members_written(value: dict[str, Any], name: str) -> Iterator[tuple[str, str]]:
    if not value:
        raise ValueError(f"brackets can't carry the empty object at {name!r}")
    for key, item in value.items():
        if item is None:
            continue
        if "[" in key or "]" in key:
            raise ValueError(f"the property {key!r} has a bracket")
        yield from _written(item, f"{name}[{key}]")


def _steps(path: str) -> list[str]:
    steps = _PATH.findall(path)
    if "".join(f"[{step}]" for step in steps) != path:
        raise ValueError(f"the brackets of {path[:50]!r} don't close")
    if len(steps) > MAX_DEPTH:
        raise ValueError(f"there are more than {MAX_DEPTH} brackets")
    return steps


def _reading(node: _Node, name: str) -> Reading:
    if not node.below:
        return sequence([Reading(text=text) for text in node.texts])
    if node.texts:
        raise ValueError(f"{name!r} is given both with and without brackets")
    below = {key: _reading(child, key) for key, child in node.below.items()}
    return Reading(items=_items(node, below), members=below)


def _items(node: _Node, below: dict[str, Reading]) -> tuple[Reading, ...] | None:
    """Return the items when every name is an index or empty; an index gives only the order."""
    if list(below) == [""]:
        texts = node.below[""].texts
        if texts == [""]:
            return ()
        return tuple(Reading(text=text) for text in texts) if texts else (below[""],)
    if not all(key.isascii() and key.isdigit() for key in below):
        return None
    return tuple(below[key] for key in sorted(below, key=lambda key: (len(key.lstrip("0")), key.lstrip("0"))))
