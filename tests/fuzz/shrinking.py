"""Failing documents made small: what is left still fails in the same way."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from apictl.source.parsing import parse

_LARGEST_CHUNKS: Final = 2


def shrunk(raw: bytes, fails: Callable[[bytes], bool], seconds: float) -> bytes:
    """Return a small part of *raw* for which *fails*; at most about *seconds* are spent on it."""
    end = time.monotonic() + seconds
    tree = _tree(raw)
    if tree is not None and fails(_text(tree)):
        return _text(_smaller(tree, lambda each: fails(_text(each)), end))
    return _cut(raw, fails, end)


def shrunk_files(
    files: Mapping[str, bytes], fails: Callable[[dict[str, bytes]], bool], seconds: float
) -> dict[str, bytes]:
    """Return a small part of *files* for which *fails*; at most about *seconds* are spent on each."""
    left = dict(files)
    for path in sorted(files):
        without = {name: raw for name, raw in left.items() if name != path}
        if fails(without):
            left = without
    for path in sorted(left):
        left[path] = shrunk(left[path], lambda raw, path=path: fails({**left, path: raw}), seconds)  # type: ignore[misc]
    return left


def _tree(raw: bytes) -> Any:
    try:
        document, _ = parse("a.yaml", raw)
    except Exception:  # noqa: BLE001 - reading may be what fails
        return None
    return None if document is None else document.tree


def _text(tree: Any) -> bytes:
    return json.dumps(tree).encode()


def _smaller(tree: Any, fails: Callable[[Any], bool], end: float) -> Any:
    """Return *tree* with all taken out, node by node, without which it still fails."""
    is_changed = True
    while is_changed and time.monotonic() < end:
        is_changed = False
        for path in sorted(_paths(tree), key=len):
            for candidate in _without(tree, path):
                if time.monotonic() > end:
                    return tree
                if fails(candidate):
                    tree, is_changed = candidate, True
                    break
    return tree


def _paths(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from _paths(child, (*path, key))


def _without(tree: Any, path: tuple[Any, ...]) -> Iterator[Any]:
    copied = json.loads(json.dumps(tree))
    holder = copied
    try:
        for key in path[:-1]:
            holder = holder[key]
        del holder[path[-1]]
    except (KeyError, IndexError, TypeError):
        return  # it went with another one
    yield copied


def _cut(raw: bytes, fails: Callable[[bytes], bool], end: float) -> bytes:
    """Return *raw* without the pieces, ever smaller, without which it still fails."""
    size = len(raw) // _LARGEST_CHUNKS
    while size and time.monotonic() < end:
        at = 0
        while at < len(raw) and time.monotonic() < end:
            candidate = raw[:at] + raw[at + size :]
            if fails(candidate):
                raw = candidate
            else:
                at += size
        size //= 2
    return raw
