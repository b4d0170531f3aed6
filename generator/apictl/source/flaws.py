"""A flaw of a text at a character offset, and how it becomes a finding with line and column."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from apictl.findings import Finding, Place, Related, Severity

_BLOCK = 1 << 16
_QUOTED_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong with a text.

    Attributes:
        rule: id of the finding it becomes.
        at: offset in characters.
        message: what the finding says.
        severity: its weight.
        pointer: of the node it is about, as far as known.
        on_key: the key of that node is meant.
        related: what else is to be told, and its offset.
        hint: the fix, when it is known.
    """

    rule: str
    at: int
    message: str
    severity: Severity = Severity.ERROR
    pointer: str = ""
    on_key: bool = False
    related: tuple[str, int] | None = None
    hint: str | None = None


class Lines:
    """Where the lines of a text begin."""

    def __init__(self, text: str) -> None:
        """Count the line breaks of *text*, block by block: LF, CR LF or CR."""
        # As YAML 1.2 and editors count them; U+0085, U+2028 and U+2029 break no line (YAML 1.2.2, section 5.4).
        self._text = text.replace("\r\n", " \n").replace("\r", "\n") if "\r" in text else text
        breaks = (self._text.count("\n", at, at + _BLOCK) for at in range(0, len(text), _BLOCK))
        self._before = [0, *accumulate(breaks)]
        self._starts: dict[int, int] = {}

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column, both from 1 and in characters, of the character at *offset*."""
        block = offset // _BLOCK
        line = self._before[block] + self._text.count("\n", block * _BLOCK, offset) + 1
        if line not in self._starts:
            self._starts[line] = self._text.rfind("\n", 0, offset) + 1
        return line, offset - self._starts[line] + 1


def findings_of(path: str, text: str, flaws: list[Flaw]) -> tuple[Finding, ...]:
    """Return *flaws* of *text* as findings about the document at *path*, in the order of the text."""
    if not flaws:
        return ()
    lines = Lines(text)
    return tuple(_finding(path, lines, flaw) for flaw in sorted(flaws, key=lambda flaw: flaw.at))


def _finding(path: str, lines: Lines, flaw: Flaw) -> Finding:
    line, column = lines.position(flaw.at)
    related: tuple[Related, ...] = ()
    if flaw.related is not None:
        message, offset = flaw.related
        related = (Related(message, Place(path, flaw.pointer, *lines.position(offset), on_key=flaw.on_key)),)
    place = Place(path, flaw.pointer, line, column, on_key=flaw.on_key)
    return Finding(flaw.rule, flaw.severity, flaw.message, place, related, flaw.hint)


def quoted(text: str, limit: int = _QUOTED_LENGTH) -> str:
    """Return *text* as a Python literal of at most about *limit* characters; nothing unprintable survives."""
    literal = repr(text[: limit + 1])
    # Measured after escaping: one character may take ten.
    return literal if len(literal) <= limit + 2 else literal[:limit] + "…" + literal[0]
