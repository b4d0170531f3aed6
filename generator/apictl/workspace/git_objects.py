"""Content of files at revisions of a git repository: one process for all, symlinks followed only within their tree."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO, Final

from apictl.errors import ApictlError
from apictl.source.library import DocumentMissing, Fetch, NotRegularFile, OutsideWorkspace, UnreadableDocument
from apictl.workspace.repository import Repository

_SIZE_LIMIT: Final = 64 * 1024 * 1024
_BLOCK: Final = 1024 * 1024
_OBJECT: Final = re.compile(rb"[0-9a-f]{40,64} ([a-z]+) ([0-9]+)\n")
_LINK: Final = re.compile(rb"(symlink|dangling|loop|notdir) ([0-9]+)\n")


class GitObjects:
    """A running `git cat-file --batch`: asked for names, it answers with contents."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        """Talk to *process*."""
        self._process = process

    def fetch(self, tree: str) -> Fetch:
        """Return the function that reads documents from *tree*; an empty *tree* holds none.

        The function raises `FetchError`: no such file, a symlink that leads out of the tree, a folder, more than 64 MB.
        """

        def fetch(path: str) -> bytes:
            clean = PurePosixPath(path)
            if clean.is_absolute() or ".." in clean.parts:
                raise OutsideWorkspace(path)
            name = os.fsencode(f"{tree}:{clean.as_posix()}")
            if not tree or b"\n" in name or b"\0" in name:
                raise DocumentMissing(path)
            return self._content(name, path)

        return fetch

    def _content(self, name: bytes, path: str) -> bytes:
        requests, answers = self._pipes()
        try:
            requests.write(name + b"\n")
            requests.flush()
            head = answers.readline()
        except OSError as fault:
            raise ApictlError("git ended early") from fault
        if found := _OBJECT.fullmatch(head):
            return self._blob(found[1], int(found[2]), path)
        if found := _LINK.fullmatch(head):
            self._take(int(found[2]))
            if found[1] == b"symlink":
                raise OutsideWorkspace(path)
            if found[1] == b"loop":
                raise UnreadableDocument(path, "no usable path")
            raise DocumentMissing(path)
        if not head:
            raise ApictlError("git ended early")
        raise DocumentMissing(path)

    def _blob(self, kind: bytes, size: int, path: str) -> bytes:
        if kind == b"blob" and size <= _SIZE_LIMIT:
            return self._take(size)
        for done in range(0, size, _BLOCK):  # it comes whether it is wanted or not
            self._pipes()[1].read(min(_BLOCK, size - done))
        self._take(0)
        if kind != b"blob":
            raise NotRegularFile(path)
        raise UnreadableDocument(path, f"larger than {_SIZE_LIMIT // 1024 // 1024} MB")

    def _take(self, size: int) -> bytes:
        """Return the next *size* bytes of the answer, which an end of line follows."""
        content = self._pipes()[1].read(size + 1)
        if len(content) <= size:
            raise ApictlError("git ended early")
        return content[:-1]

    def _pipes(self) -> tuple[IO[bytes], IO[bytes]]:
        requests, answers = self._process.stdin, self._process.stdout
        if requests is None or answers is None:
            raise ApictlError("git ended early")
        return requests, answers


@contextmanager
def git_objects(repository: Repository) -> Iterator[GitObjects]:
    """Give the objects of *repository*, as long as the block runs."""
    with subprocess.Popen(  # noqa: S603 - git, with fixed arguments
        repository.command("cat-file", "--batch", "--follow-symlinks"),
        env=repository.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            yield GitObjects(process)
        finally:
            process.kill()
