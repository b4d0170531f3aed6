"""Files that the result is written to besides the terminal: `--report FORMAT=FILE`."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path

from apictl.errors import ApictlError
from apictl.workspace.reports import refuse_unwritable


@dataclass(frozen=True, slots=True)
class ReportFile:
    """A file to be written.

    Attributes:
        format: its name.
        path: as the person wrote it.
    """

    format: str
    path: Path


def report_files(texts: Iterable[str], formats: Collection[str]) -> tuple[ReportFile, ...]:
    """Return what *texts*, each a "FORMAT=FILE" with one of *formats*, ask for.

    Raises:
        ApictlError: there is no such format, no such folder, or two of them are one file.
    """
    files: list[ReportFile] = []
    for text in texts:
        name, sign, path = text.partition("=")
        if not sign or not path:
            raise ApictlError(f"--report {text!r} is no FORMAT=FILE", hint="as in --report sarif=api.sarif")
        if name not in formats:
            raise ApictlError(f"--report {text!r}: there is no format {name!r}", hint=f"one of {', '.join(formats)}")
        if any(Path(path).resolve() == each.path.resolve() for each in files):
            raise ApictlError(f"two reports can't be written to {Path(path)}")
        refuse_unwritable(Path(path))
        files.append(ReportFile(name, Path(path)))
    return tuple(files)
