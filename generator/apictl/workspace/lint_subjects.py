"""What is linted together: the documents of a service, or one by itself."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.readers.expectation import ANYTHING, Expectation
from apictl.workspace.snapshots import Snapshot


@dataclass(frozen=True, slots=True)
class Text:
    """A document to be read.

    Attributes:
        path: in its folder.
        expected: how it is to be read.
    """

    path: str
    expected: Expectation = ANYTHING


@dataclass(frozen=True, slots=True)
class Subject:
    """What is judged together: the documents of a service, or one that a person named.

    Attributes:
        name: of the service, or the path of the document as a person sees it.
        folder: that its paths are relative to.
        documents: one or more; those of one service make one contract, requests before events.
    """

    name: str
    folder: Snapshot
    documents: tuple[Text, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The paths of its documents as a person sees them."""
        return tuple(self.folder.prefix + text.path for text in self.documents)
