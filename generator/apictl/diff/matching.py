"""Two sequences side by side, in the order of the new one."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

T = TypeVar("T")

Matched: TypeAlias = tuple[T | None, T | None]
"""What was and what is; never neither."""


def matched(old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable]) -> Iterator[Matched[T]]:
    """Yield the elements of *old* and *new* side by side, those of equal *key* together."""
    return in_order(old, new, partners(old, new, key))


def partners(old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable]) -> dict[int, int]:
    """Return for each index of *new* the index of *old* of equal *key*; of several the first that is left."""
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for index, element in enumerate(old):
        waiting[key(element)].append(index)
    result: dict[int, int] = {}
    for index, element in enumerate(new):
        candidates = waiting.get(key(element))
        if candidates:
            result[index] = candidates.popleft()
    return result


def completed(
    known: Mapping[int, int], old: Sequence[T], new: Sequence[T], key: Callable[[T], Hashable | None]
) -> dict[int, int]:
    """Return *known* with partners by another *key* for those that are left; None is no key."""
    taken = set(known.values())
    left_old = [index for index, element in enumerate(old) if index not in taken and key(element) is not None]
    left_new = [index for index, element in enumerate(new) if index not in known and key(element) is not None]
    found = partners([old[index] for index in left_old], [new[index] for index in left_new], key)
    return dict(known) | {left_new[at]: left_old[from_] for at, from_ in found.items()}


def in_order(old: Sequence[T], new: Sequence[T], known: Mapping[int, int]) -> Iterator[Matched[T]]:
    """Yield everything in the order of *new*; what is gone comes where it was, after the one before it."""
    taken = set(known.values())
    yield from _gone(old, 0, taken)
    for index, element in enumerate(new):
        if index not in known:
            yield None, element
            continue
        yield old[known[index]], element
        yield from _gone(old, known[index] + 1, taken)


def either(first: T | None, second: T | None) -> T:
    """Return *first*, or *second* when there is no first.

    Raises:
        ValueError: neither is there.
    """
    one = second if first is None else first
    if one is None:
        raise ValueError("neither is there")
    return one


def _gone(old: Sequence[T], start: int, taken: set[int]) -> Iterator[Matched[T]]:
    for index in range(start, len(old)):
        if index in taken:
            return
        yield old[index], None
