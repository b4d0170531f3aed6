"""Where the nodes of a document are in its text."""

from __future__ import annotations

from typing import NamedTuple

from apictl.source.tree import is_index


class Spot(NamedTuple):
    """The place of one node and of all below it.

    Attributes:
        at: offset of the node in characters.
        key_at: offset of its key; that of the node itself in a sequence.
        below: the children by key or in order; None for a scalar.
    """

    at: int
    key_at: int
    below: dict[str, Spot] | list[Spot] | None = None


def nearest(root: Spot, tokens: tuple[str, ...]) -> tuple[Spot, bool]:
    """Return the spot below *tokens*, or that of its nearest ancestor; and whether it is the very one."""
    spot = root
    for token in tokens:
        match spot.below:
            case dict() as members if token in members:
                spot = members[token]
            case list() as items if is_index(token) and int(token) < len(items):
                spot = items[int(token)]
            case _:
                return spot, False
    return spot, True
