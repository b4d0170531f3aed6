"""What leads back to itself, as definitions that refer to each other do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

Key = TypeVar("Key")


def components(edges: Mapping[Key, Iterable[Key]]) -> Iterator[tuple[Key, ...]]:
    """Yield the strongly connected components of a graph, each after all that it leads to (Tarjan, iterative)."""
    index: dict[Key, int] = {}
    low: dict[Key, int] = {}
    pending: list[Key] = []
    on_stack: set[Key] = set()
    for root in edges:
        if root in index:
            continue
        walk: list[tuple[Key, Iterator[Key]]] = []
        _enter(root, index=index, low=low, pending=pending)
        on_stack.add(root)
        walk.append((root, iter(edges[root])))
        while walk:
            node, following = walk[-1]
            target = next((each for each in following if each not in index or each in on_stack), None)
            if target is None:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == index[node]:
                    yield _closed(node, pending, on_stack)
            elif target in index:
                low[node] = min(low[node], index[target])
            else:
                _enter(target, index=index, low=low, pending=pending)
                on_stack.add(target)
                walk.append((target, iter(edges[target])))


def _enter(node: Key, *, index: dict[Key, int], low: dict[Key, int], pending: list[Key]) -> None:
    index[node] = low[node] = len(index)
    pending.append(node)


def _closed(node: Key, pending: list[Key], on_stack: set[Key]) -> tuple[Key, ...]:
    members = []
    while True:
        member = pending.pop()
        on_stack.discard(member)
        members.append(member)
        if member == node:
            return tuple(reversed(members))
