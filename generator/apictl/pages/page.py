"""Pages: what an emitter makes; generated files: what leaves the house."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

LINE_LENGTH: Final = 120
"""Characters of a line of generated code, which the formatter keeps to."""


@dataclass(frozen=True, slots=True)
class Deferred:
    """A view that is made only when the text that it becomes is not remembered.

    Attributes:
        key: digest of all that decides about the view.
        make: returns the view.
    """

    key: str
    make: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Page:
    """A template, the view it shows and the path of the file it becomes.

    Attributes:
        template: name below `templates/`, as "client/client.py.jinja".
        view: frozen dataclass of safe nodes, booleans and tuples of views; the template sees nothing else.
            Or it is `Deferred`.
        path: of the file, relative to the folder of the service.
    """

    template: str
    view: object
    path: PurePosixPath


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """A file that apictl writes.

    Attributes:
        path: relative to the output root (or to the folder of the service, before it is placed there).
        content: exact bytes.
    """

    path: PurePosixPath
    content: bytes


@dataclass(frozen=True, slots=True)
class PageSet:
    """Everything one service becomes.

    Attributes:
        pages: to be rendered.
        files: finished as they are: data and copied support modules.
    """

    pages: tuple[Page, ...] = ()
    files: tuple[GeneratedFile, ...] = ()

    def __add__(self, other: PageSet) -> PageSet:
        """Return the pages and files of both."""
        return PageSet(self.pages + other.pages, self.files + other.files)
