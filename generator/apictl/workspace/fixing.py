"""Documents with what is safe mended: whatever an edit would change beyond what it is meant to is left as it was."""

from __future__ import annotations

import codecs
import copy
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apictl.errors import ApictlError
from apictl.findings import Finding
from apictl.readers.access import mapping
from apictl.rules.lint.fixes import Fix, fixes
from apictl.source.document import Document
from apictl.source.editing import applied
from apictl.source.parsing import parse
from apictl.source.tree import JsonValue, split_pointer, walk

_DRAFT: Final = ".apictl-"


@dataclass(frozen=True, slots=True)
class Mended:
    """A document that has been mended.

    Attributes:
        text: of it.
        findings: that are mended.
    """

    text: str
    findings: tuple[Finding, ...]


def mended(path: str, text: str, findings: Iterable[Finding]) -> Mended:
    """Return *text*, the document at *path*, with those of *findings* mended that leave no choice."""
    document, _ = parse(path, text.encode("utf-8", "surrogatepass"))
    if document is None:
        return Mended(text, ())
    wanted = _apart(fixes(findings, document))
    kept = _sound(document, wanted)
    result = _checked(document, kept)
    return Mended(text, ()) if result is None else Mended(result, tuple(fix.finding for fix in kept))


def _sound(document: Document, wanted: list[Fix]) -> list[Fix]:
    """Return those of *wanted* that change only what they are meant to, found by halves."""
    if not wanted or _checked(document, wanted) is not None:
        return wanted
    middle = len(wanted) // 2
    return [] if len(wanted) == 1 else _sound(document, wanted[:middle]) + _sound(document, wanted[middle:])


def _apart(wanted: Iterable[Fix]) -> list[Fix]:
    """Return those of *wanted* that do not reach into one before them."""
    result: list[Fix] = []
    taken: list[tuple[int, int]] = []
    for fix in wanted:
        spans = [(edit.start, edit.end) for edit in fix.edits]
        if spans and all(end <= start or begin >= stop for begin, end in spans for start, stop in taken):
            taken += spans
            result.append(fix)
    return result


def _checked(document: Document, wanted: Sequence[Fix]) -> str | None:
    """Return the text of *document* with *wanted*; None if it then says anything but what they are meant to change."""
    text = applied(document.text, [edit for fix in wanted for edit in fix.edits])
    again, _ = parse(document.path, text.encode("utf-8", "surrogatepass"))
    expected: JsonValue = copy.deepcopy(document.tree)
    holders = [mapping(walk(expected, split_pointer(fix.pointer))) for fix in wanted]
    for fix, holder in zip(wanted, holders, strict=True):
        fix.change(holder)
    return text if again is not None and again.tree == expected else None


def write_document(path: Path, text: str, *, old: str) -> None:
    """Put *text* where the document *path* is, with its mode and its byte order mark; it is there whole or not at all.

    Raises:
        ApictlError: it can't be written, or is not *old* any more.
    """
    target = Path(os.path.realpath(path))
    try:
        raw = target.read_bytes()
        mark = codecs.BOM_UTF8 if raw.startswith(codecs.BOM_UTF8) else b""
        if raw.removeprefix(mark) != old.encode("utf-8", "surrogatepass"):
            raise ApictlError(f"{path} was changed while it was read", hint="run it again")
        mode = target.stat().st_mode & 0o777
        with tempfile.TemporaryDirectory(prefix=_DRAFT, dir=target.parent) as folder:
            draft = Path(folder) / "document"
            draft.write_bytes(mark + text.encode("utf-8"))
            draft.chmod(mode)
            draft.replace(target)
    except OSError as fault:
        raise ApictlError(f"{path} could not be written: {fault.strerror}") from fault
