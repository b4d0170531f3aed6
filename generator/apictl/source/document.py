"""A document: its tree, its text, and the way from a pointer to a line."""

from __future__ import annotations

from dataclasses import dataclass, field

from apictl.findings import Place
from apictl.source.collecting import without_collecting
from apictl.source.flaws import Lines
from apictl.source.indented import IndentedLines, IndentedSpots
from apictl.source.json_spots import JsonSpots
from apictl.source.spots import Spots, SpotTree, nearest
from apictl.source.tree import JsonValue, PointerMalformed, split_pointer
from apictl.source.yaml_spots import scan_yaml


@dataclass(frozen=True, slots=True, eq=False)
class Document:
    """A text that has been read.

    Attributes:
        path: relative to the workspace, with forward slashes.
        tree: what the text says; never to be changed. A text in another language is itself.
        written: the text without a byte order mark; as bytes when it is JSON that is indented as usual.
    """

    path: str
    tree: JsonValue
    written: str | bytes = field(repr=False)
    _texts: list[str] = field(init=False, repr=False, default_factory=list)
    _index: list[tuple[Spots, Lines | IndentedLines]] = field(init=False, repr=False, default_factory=list)

    @property
    def text(self) -> str:
        """The text, without a byte order mark."""
        if isinstance(self.written, str):
            return self.written
        if not self._texts:
            self._texts.append(self.written.decode())
        return self._texts[0]

    def locate(self, place: Place) -> Place:
        """Return *place* with line and column; those of its nearest ancestor when the text has no such node.

        The first call reads the text once more; what is found is kept. A place that has a line is returned as it is.
        """
        if place.line is not None:
            return place
        if isinstance(self.tree, str):
            return Place(place.path, place.pointer, 1, 1)
        if not self._index:
            self._index.append(_index(self.written))
        spots, lines = self._index[0]
        try:
            spot, is_exact = nearest(spots, split_pointer(place.pointer))
        except PointerMalformed:
            spot, is_exact = spots.root, False
        offset = spot.key_at if place.on_key and is_exact else spot.at
        line, column = lines.position(offset)
        return Place(place.path, place.pointer, line, column, on_key=place.on_key)


def _index(written: str | bytes) -> tuple[Spots, Lines | IndentedLines]:
    if isinstance(written, str):
        return _spots(written), Lines(written)
    return IndentedSpots(written), IndentedLines(written)


def _spots(text: str) -> Spots:
    with without_collecting():
        if text.lstrip()[:1] in ("{", "["):
            try:
                return JsonSpots(text)
            except ValueError:  # flow YAML begins like JSON, too
                pass
        return SpotTree(scan_yaml(text))
