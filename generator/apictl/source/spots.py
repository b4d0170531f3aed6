"""Where the nodes of a document are in its text."""

from __future__ import annotations

from typing import NamedTuple, Protocol, TypeAlias

from apictl.source.tree import is_index


class Spot(NamedTuple):
    """The place of one node and of all below it.

    Attributes:
        at: offset of the node in characters.
        key_at: offset of its key; that of the node itself in a sequence.
        below: the children by key or in order; None for a scalar, and where they are not looked for before asked.
    """

    at: int
    key_at: int
    below: Below | None = None


Below: TypeAlias = dict[str, Spot] | list[Spot]
"""Children by key or in order."""


class Spots(Protocol):
    """The places of the nodes of one text."""

    @property
    def root(self) -> Spot:
        """Where the whole document is."""

    def below(self, spot: Spot) -> Below | None:
        """Return the children of *spot*; None for a scalar."""


class SpotTree(NamedTuple):
    """Places that were all found at once.

    Attributes:
        root: where the whole document is.
    """

    root: Spot

    def below(self, spot: Spot) -> Below | None:
        """Return the children of *spot*; None for a scalar."""
        return spot.below


def nearest(spots: Spots, tokens: tuple[str, ...]) -> tuple[Spot, bool]:
    """Return the spot below *tokens*, or that of its nearest ancestor; and whether it is the very one."""
    spot = spots.root
    for token in tokens:
        match spots.below(spot):
            case dict() as members if token in members:
                spot = members[token]
            case list() as items if is_index(token) and int(token) < len(items):
                spot = items[int(token)]
            case _:
                return spot, False
    return spot, True
