"""How the bytes of a document are had, and why they can't be."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from apictl.errors import ApictlError
from apictl.source.flaws import quoted

Fetch: TypeAlias = Callable[[str], bytes]
"""Path relative to the workspace, with forward slashes → bytes; raises `FetchError`."""


class FetchError(ApictlError):
    """A document can't be had.

    Attributes:
        rule: of the finding that this becomes when a reference asked for the document.
    """

    def __init__(self, message: str, rule: str) -> None:
        """Keep *message*, which shows nothing of the document, and *rule*."""
        super().__init__(message)
        self.rule = rule


class DocumentMissing(FetchError):
    """There is no such file."""

    def __init__(self, path: str) -> None:
        """Name *path*."""
        super().__init__(f"file {quoted(path, 100)} does not exist", "reference-file-missing")


class OutsideWorkspace(FetchError):
    """The file is outside the workspace, by a symlink."""

    def __init__(self, path: str) -> None:
        """Name *path*."""
        super().__init__(f"file {quoted(path, 100)} is outside the workspace", "reference-outside-workspace")


class NotRegularFile(FetchError):
    """It is a folder, a device, a pipe or a socket."""

    def __init__(self, path: str) -> None:
        """Name *path*."""
        super().__init__(f"{quoted(path, 100)} is not a regular file", "reference-file-irregular")


class UnreadableDocument(FetchError):
    """The file is there and can't be read."""

    def __init__(self, path: str, reason: str) -> None:
        """Name *path* and the *reason*, as "permission denied"."""
        super().__init__(f"file {quoted(path, 100)} can't be read: {reason}", "reference-file-unreadable")
