"""Type aliases that would mean themselves, as `A: A | str`, are opened; recursion through a container is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from apictl.emitters.models.shapes import AliasShape, Shape
from apictl.pages.python.types import Anything, Reference, Type, UnionOf, union


def without_idle_cycles(shapes: Mapping[str, Shape]) -> Mapping[str, Shape]:
    """Return *shapes* with each reference removed that leads through aliases alone back to its own definition."""
    opened = dict(shapes)
    settled: set[str] = set()
    for name in shapes:
        _settle(name, opened, settled)
    return opened


def _settle(start: str, opened: dict[str, Shape], settled: set[str]) -> None:
    """Walk the aliases that *start* consists of, depth first, and cut what leads back."""
    path = [start]
    waiting: list[Iterator[str]] = [iter(_direct(opened.get(start)))]
    while path:
        name = next(waiting[-1], None)
        if name is None:
            settled.add(path.pop())
            waiting.pop()
        elif name in path:
            _cut(opened, path[-1], back_to=name)
        elif name not in settled:
            path.append(name)
            waiting.append(iter(_direct(opened.get(name))))


def _direct(shape: Shape | None) -> tuple[str, ...]:
    """Return the definitions that a value of an alias may be itself."""
    if not isinstance(shape, AliasShape):
        return ()
    return tuple(each.name for each in _members(shape.type) if isinstance(each, Reference))


def _cut(opened: dict[str, Shape], name: str, *, back_to: str) -> None:
    """Take the reference to *back_to* out of the alias *name*; between two aliases only "anything" is right."""
    shape = opened[name]
    if isinstance(shape, AliasShape):
        left = [each for each in _members(shape.type) if each != Reference(back_to)]
        opened[name] = replace(shape, type=union(left) if left and name == back_to else Anything())


def _members(kind: Type) -> tuple[Type, ...]:
    return kind.members if isinstance(kind, UnionOf) else (kind,)
