"""Which file of the repository a path in a report means: paths are those of the workspace, or of a revision of it."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Final

from apictl.findings import Place

SOURCE: Final = "%SRCROOT%"
"""The base of files that are there now."""
OUTSIDE: Final = "%OUTSIDE%"
"""The base of files that lie outside of the repository, of which only the name is told."""


@dataclass(frozen=True, slots=True)
class File:
    """A file as other programs know it.

    Attributes:
        base: `SOURCE`, `OUTSIDE`, or the name of the revision that it is in.
        path: relative to the base, with forward slashes.
    """

    base: str
    path: str


@dataclass(frozen=True, slots=True)
class Checkout:
    """What is known of the files that places speak of.

    Attributes:
        folder: of the workspace in its repository; "" when they are the same, or nobody looked.
        revisions: names of revisions whose files are shown as "NAME:PATH".
        manifest: of the workspace, when there is one: for what is said of no file that is there now.
    """

    folder: str = ""
    revisions: tuple[str, ...] = ()
    manifest: Place | None = None

    def file(self, path: str) -> File:
        """Return the file that *path* means."""
        for revision in self.revisions:
            if path.startswith(f"{revision}:"):
                return self._below(revision, path[len(revision) + 1 :])
        return self._below(SOURCE, path)

    def _below(self, base: str, path: str) -> File:
        whole = posixpath.normpath(posixpath.join(self.folder, path))
        is_outside = posixpath.isabs(whole) or whole.split("/", 1)[0] in {"..", "."}
        return File(OUTSIDE, posixpath.basename(whole)) if is_outside else File(base, whole)
