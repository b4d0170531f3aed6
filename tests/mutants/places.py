"""Where the nodes of a text are, by the loader of PyYAML: nothing of what is judged has a say in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import yaml

Path: TypeAlias = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of a text, in a mapping or a list.

    Attributes:
        path: keys and indices from the root.
        key: begin and end of its key, in characters; None in a list.
        begin: of the value.
        end: of the value; that of a block may be some lines below.
        scalar: what a scalar says; None for another value.
        is_flow: whether it, or what it stands in, is written with brackets.
        is_block: whether the value is a mapping or a list without brackets.
        members: names or indices below.
    """

    path: Path
    key: tuple[int, int] | None
    begin: int
    end: int
    scalar: str | None
    is_flow: bool
    is_block: bool
    members: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True)
class Text:
    """A document as it is written.

    Attributes:
        name: of it.
        text: without a byte order mark.
        entries: by path, in the order of the text.
    """

    name: str
    text: str
    entries: dict[Path, Entry]

    @property
    def is_json(self) -> bool:
        """Whether it is JSON."""
        return self.text.lstrip()[:1] == "{"

    def line(self, offset: int) -> int:
        """Return the line, from 1, of the character at *offset*."""
        return self.text.count("\n", 0, offset) + 1

    def under(self, *pattern: str | int) -> list[Entry]:
        """Return the entries whose path fits *pattern*; "*" is any one step."""
        return [entry for path, entry in self.entries.items() if _fits(path, pattern)]


def _fits(path: Path, pattern: Path) -> bool:
    return len(path) == len(pattern) and all(want in ("*", step) for step, want in zip(path, pattern, strict=True))


def text_of(name: str, raw: bytes) -> Text | None:
    """Return the text *raw* with its places; None when the loader says otherwise than the text."""
    text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    if any(mark in text for mark in "\r\x85\u2028\u2029\t"):
        return None  # lines that are counted in different ways
    root = yaml.compose(text, Loader=yaml.CSafeLoader)
    if root is None:
        return None
    return Text(name, text, {entry.path: entry for entry in _entries(root, (), None, is_flow=False)})


def _entries(node: yaml.Node, path: Path, key: tuple[int, int] | None, *, is_flow: bool) -> Iterator[Entry]:
    begin, end = node.start_mark.index, node.end_mark.index
    match node:
        case yaml.ScalarNode():
            yield Entry(path, key, begin, end, node.value, is_flow, is_block=False)
        case yaml.MappingNode():
            names = tuple(name.value for name, _ in node.value)
            inside = is_flow or bool(node.flow_style)
            yield Entry(path, key, begin, end, None, inside, not node.flow_style, names)
            for name, value in node.value:
                span = (name.start_mark.index, name.end_mark.index)
                yield from _entries(value, (*path, name.value), span, is_flow=inside)
        case yaml.SequenceNode():
            inside = is_flow or bool(node.flow_style)
            yield Entry(path, key, begin, end, None, inside, not node.flow_style, tuple(range(len(node.value))))
            for index, value in enumerate(node.value):
                yield from _entries(value, (*path, index), None, is_flow=inside)
        case _:
            raise TypeError(node)
