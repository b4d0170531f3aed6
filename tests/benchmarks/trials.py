"""Contenders run on a document, each in a fresh workspace: the rows of the table."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.contenders import MODELS, OURS, Contender
from tests.benchmarks.measuring import Measurement, measure

_TITLES: Final = {
    ".json": re.compile(rb'"info"\s*:\s*\{[^{}]*?"title"\s*:\s*"'),
    ".yaml": re.compile(rb"^info:[ \t]*\n(?:[ \t]+.*\n)*?[ \t]+title:[ \t]*[\"']?", re.MULTILINE),
}
"""Everything up to the first letter of a document's title, by the suffix of its name."""

SAYINGS: Final = {
    ".json": re.compile(rb'"paths"\s*:.*?"(?:description|summary)"\s*:\s*"', re.DOTALL),
    ".yaml": re.compile(rb"^paths:.*?[\s{](?:description|summary):[ \t]+[\"']?(?=[A-Za-z<])", re.MULTILINE | re.DOTALL),
}
"""Everything up to the first letter of what is first said of an operation, by the suffix of the document's name."""

AGAIN: Final = "… again"
CHANGED: Final = "… one operation changed"
EDITED: Final = "… another title"


@dataclass(frozen=True, slots=True)
class Document:
    """A contract to be generated from.

    Attributes:
        name: short; also the service's.
        path: where it is.
    """

    name: str
    path: Path


@dataclass(frozen=True, slots=True)
class Row:
    """One run.

    Attributes:
        document: name.
        tool: name of the contender, or which of our further runs it was.
        makes: what comes out.
        files: how many files were written; hidden ones don't count.
        lines: of Python in these files.
        measurement: what it took; None when the contender is not installed.
    """

    document: str
    tool: str
    makes: str
    files: int = 0
    lines: int = 0
    measurement: Measurement | None = None


def our_rows(document: Document, *, limit_seconds: float) -> Iterator[Row]:
    """Yield what a full run takes, then one with nothing to do, then those after one operation and the title changed.

    The title stands in most files, what is said of one operation in few.
    """
    with tempfile.TemporaryDirectory(prefix="apictl-benchmark-") as place:
        trial = _Trial(OURS, document, Path(place), limit_seconds)
        yield trial.row(OURS.name)
        yield trial.row(AGAIN)
        trial.contract.write_bytes(edited(trial.contract, SAYINGS))
        yield trial.row(CHANGED)
        trial.contract.write_bytes(edited(trial.contract))
        yield trial.row(EDITED)


def row(contender: Contender, document: Document, *, limit_seconds: float) -> Row:
    """Return what a run of *contender* takes, or that it is not installed."""
    if not contender.command:
        return Row(document.name, contender.name, contender.makes)
    with tempfile.TemporaryDirectory(prefix="apictl-benchmark-") as place:
        return _Trial(contender, document, Path(place), limit_seconds).row(contender.name)


def edited(contract: Path, places: Mapping[str, re.Pattern[bytes]] = _TITLES) -> bytes:
    """Return the text of *contract* with another title, or with another text behind the first of other *places*.

    Raises:
        ValueError: it has nothing where it is looked for.
    """
    raw = contract.read_bytes()
    found = places[contract.suffix].search(raw)
    if found is None:
        raise ValueError(f"{contract.name}: nothing to edit")
    return raw[: found.end()] + b"Edited " + raw[found.end() :]


class _Trial:
    """A workspace with a copy of the document, and a contender that runs in it."""

    def __init__(self, contender: Contender, document: Document, folder: Path, limit_seconds: float) -> None:
        self.contract = folder / "specs" / document.name / f"openapi{document.path.suffix}"
        self.contract.parent.mkdir(parents=True)
        self.contract.write_bytes(document.path.read_bytes())
        self._contender = contender
        self._document = document
        self._folder = folder
        self._limit_seconds = limit_seconds

    def row(self, tool: str) -> Row:
        """Run once more and return what it took."""
        before = _states(self._folder)
        contender = self._contender
        measurement = measure(
            contender.command_line(self.contract.relative_to(self._folder).as_posix()),
            self._folder,
            environment={**contender.environment(), "APICTL_CACHE": str(self._folder / ".cache")},
            limit_seconds=self._limit_seconds,
        )
        written = [path for path, state in _states(self._folder).items() if before.get(path) != state]
        lines = sum(path.read_bytes().count(b"\n") for path in written if _is_python(path))
        return Row(self._document.name, tool, contender.makes, len(written), lines, measurement)


def _is_python(path: Path) -> bool:
    return path.suffix == ".py" or path.name == MODELS


def _states(folder: Path) -> dict[Path, tuple[int, int]]:
    """Return the inode and the time of writing of each file that is not hidden: they differ when it was written."""
    states = {}
    for path in folder.rglob("*"):
        is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not is_hidden and path.is_file():
            status = path.stat()
            states[path] = (status.st_ino, status.st_mtime_ns)
    return states
