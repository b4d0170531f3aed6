"""Blocks of templates: what a template that overrides another prints of it by `super()` is rendered already."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import jinja2
from jinja2.runtime import BlockReference, Context

from apictl.pages.nodes import Node


class Rendered(Node):
    """What a template printed: its nodes were safe."""

    __slots__ = ()

    def __init__(self, text: str) -> None:
        """Hold *text*."""
        super().__init__(text)


class _Block:
    """A block of the template that is overridden."""

    def __init__(self, reference: BlockReference) -> None:
        self._reference = reference

    def __call__(self) -> Rendered:
        return Rendered(self._reference())


class BlockContext(Context):
    """A context in which `super()` can be printed."""

    def super(  # type: ignore[override]  # jinja's own type can't be printed where only nodes can
        self, name: str, current: Callable[[Context], Iterator[str]]
    ) -> _Block | jinja2.Undefined:
        """Return the block *name* of the template that the one with *current* overrides."""
        found = super().super(name, current)
        return _Block(found) if isinstance(found, BlockReference) else found
