"""What the page of a module sees whose names are defined in parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from apictl.pages.nodes import CommentText, DocText, DottedName, Identifier, Literal


@dataclass(frozen=True, slots=True)
class PartView:
    """A part and the names that it defines."""

    module: DottedName
    names: tuple[Identifier, ...]
    key: Literal
    listed: Literal


@dataclass(frozen=True, slots=True)
class AliasView:
    """A name that something of a part had."""

    module: DottedName
    old: Identifier
    new: Identifier


@dataclass(frozen=True, slots=True)
class SurfaceView:
    """A module that has the names of its parts, and those that they had."""

    header: CommentText
    package: DottedName
    title: DocText
    parts: tuple[PartView, ...]
    aliases: tuple[AliasView, ...] = ()
    renamed: Literal = field(default_factory=lambda: Literal({}))


def part_view(module: str, names: Sequence[str]) -> PartView:
    """Return what is shown of the part *module*, which defines *names*."""
    return PartView(DottedName(module), tuple(map(Identifier, names)), Literal(module), Literal(" ".join(names)))
