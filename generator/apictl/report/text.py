"""Findings as text for people: one line each, what belongs to it below, a line of the document, a summary."""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, assert_never

from apictl.findings import Finding, Place, Severity

Excerpt = Callable[[Place], str | None]
"""Gives the line of a document that a place is on, without its end."""

SEVERITY_WORDS: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
"""What a finding is called in a sentence, the heaviest first."""
_TAB: Final = 4
_NARROWEST: Final = 40
_MESSAGE_LENGTH: Final = 400
_FRAMED: Final = 2
"""Of so many second places the lines are shown, too; more would hide the first."""


@dataclass(frozen=True, slots=True)
class Palette:
    """Terminal sequences around a severity, a place and what is said in passing; empty ones for plain text."""

    error: str = ""
    warning: str = ""
    info: str = ""
    strong: str = ""
    faint: str = ""
    end: str = ""


PLAIN: Final = Palette()
COLOURS: Final = Palette("\x1b[1;31m", "\x1b[1;33m", "\x1b[1;36m", "\x1b[1m", "\x1b[2m", "\x1b[0m")


@dataclass(frozen=True, slots=True)
class Style:
    """How findings are shown.

    Attributes:
        palette: colours, or none.
        width: columns; only the lines of documents are cut to it, a message never.
        errors_per_rule: errors of one rule that are shown; the rest is counted. None for all.
        others_per_rule: as before, for warnings and notes, of which a large contract may have hundreds.
    """

    palette: Palette = PLAIN
    width: int = 120
    errors_per_rule: int | None = None
    others_per_rule: int | None = None

    def limit(self, severity: Severity) -> float:
        """Return how many findings of one rule and *severity* are shown."""
        limit = self.errors_per_rule if severity is Severity.ERROR else self.others_per_rule
        return math.inf if limit is None else limit


def text(findings: Iterable[Finding], excerpt: Excerpt, *, style: Style | None = None) -> Iterator[str]:
    """Yield the lines that show *findings*, sorted by file and line, without a summary."""
    style = style or Style()
    counts: Counter[tuple[Severity, str]] = Counter()
    for finding in sorted(findings, key=_order):
        kind = (finding.severity, finding.rule)
        counts[kind] += 1
        if counts[kind] <= style.limit(finding.severity):
            yield from _lines(finding, excerpt, style)
    for (severity, rule), count in counts.items():
        rest = count - style.limit(severity)
        if rest > 0:
            yield f"... and {rest} more {severity.value}{'s'[: rest > 1]} [{rule}]"


def summary(findings: Iterable[Finding]) -> str:
    """Return how many findings of each severity there are, as "2 errors, 1 warning"; "" for none."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(counted(counts[severity], word) for severity, word in SEVERITY_WORDS.items() if counts[severity])


def counted(count: int, thing: str) -> str:
    """Return "1 change" or "2 changes"."""
    return f"{count} {thing}{'' if count == 1 else 's'}"


def printable(value: str) -> str:
    """Return *value* with everything escaped that a terminal would obey instead of show."""
    if value.isprintable():  # almost all text is, and to look at each character costs a thousand times as much
        return value
    return "".join(_escaped(each) if _is_command(each) else each for each in value)


def sentence(value: str) -> str:
    """Return *value* printable and no longer than a message may be."""
    shown = printable(value[: _MESSAGE_LENGTH + 1])
    return shown if len(shown) <= _MESSAGE_LENGTH else shown[: _MESSAGE_LENGTH - 3] + "..."


_COMMANDS: Final = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def _is_command(character: str) -> bool:
    # Cc and Cf hold terminal sequences and bidirectional overrides; Zl and Zp end lines; Cs can't be encoded.
    # The last two of each plane are no characters (Unicode 16, 23.7), and XML and HTML refuse them.
    return unicodedata.category(character) in _COMMANDS or ord(character) & 0xFFFE == 0xFFFE  # noqa: PLR2004


def _escaped(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")


def _order(finding: Finding) -> tuple[str, int, int, str, str]:
    place = finding.place
    return (place.path, place.line or 0, place.column or 0, finding.rule, finding.message)


def heading(finding: Finding, palette: Palette) -> str:
    """Return the line that is the finding: place, severity, message, rule."""
    severity = f"{_colour(finding.severity, palette)}{finding.severity.value}{palette.end}"
    rule = f"{palette.faint}[{finding.rule}]{palette.end}"
    return f"{palette.strong}{spot(finding.place)}{palette.end}: {severity}: {sentence(finding.message)} {rule}"


def _lines(finding: Finding, excerpt: Excerpt, style: Style) -> Iterator[str]:
    palette = style.palette
    yield heading(finding, palette)
    yield from frame(finding.place, excerpt, style)
    for related in finding.related:
        joint = " " if related.message.endswith(" at") else ": "
        yield f"  {printable(related.message)}{joint}{spot(related.place)}"
        if len(finding.related) <= _FRAMED:
            yield from frame(related.place, excerpt, style)
    if finding.hint:
        yield f"  {palette.faint}hint:{palette.end} {printable(finding.hint)}"


def _colour(severity: Severity, palette: Palette) -> str:
    match severity:
        case Severity.ERROR:
            return palette.error
        case Severity.WARNING:
            return palette.warning
        case Severity.INFO:
            return palette.info
        case _:
            assert_never(severity)


def spot(place: Place) -> str:
    """Return *place* as path, line and column; the path alone where no line is known."""
    path = printable(place.path)
    return path if place.line is None else f"{path}:{place.line}:{place.column or 1}"


def frame(place: Place, excerpt: Excerpt, style: Style, *, before: int = 0, after: int = 0) -> Iterator[str]:
    """Yield the line of the document with a caret below the column, up to *before* lines above and *after* below."""
    line = None if place.line is None else excerpt(place)
    if place.line is None or line is None or not line.strip():
        return
    beyond = {number: excerpt(Place(place.path, "", number, 1)) for number in _around(place.line, before, after)}
    last = max((number for number, text in beyond.items() if (text or "").strip()), default=0)
    digits = len(str(max(last, place.line)))
    yield from (_beside(number, beyond[number], style, digits) for number in sorted(beyond) if number < place.line)
    yield from _pointed(place, line, style, digits)
    yield from (_beside(number, beyond[number], style, digits) for number in range(place.line + 1, last + 1))


def _around(line: int, before: int, after: int) -> Iterator[int]:
    yield from range(max(1, line - before), line)
    yield from range(line + 1, line + 1 + after)


def _beside(number: int, line: str | None, style: Style, digits: int) -> str:
    room = max(style.width, _NARROWEST) - digits - 5
    shown = visible((line or "")[:room])[:room].rstrip()
    return f"{style.palette.faint}  {number:>{digits}} |{style.palette.end}{' ' * bool(shown)}{shown}"


def _pointed(place: Place, line: str, style: Style, digits: int) -> Iterator[str]:
    column = min(max((place.column or 1) - 1, 0), len(line))
    gutter = f"  {place.line:>{digits}} | "
    room = max(style.width, _NARROWEST) - len(gutter)
    start = visible(line[max(0, column - 2 * room) : column])
    is_tab = line[column : column + 1] == "\t"  # what is pointed at is to be seen
    rest = "\\t" * is_tab + visible(line[column + is_tab : column + room])
    if len(start) + min(len(rest), room // 2) > room:
        start = "..." + start[-(room // 2) :]
    yield f"{style.palette.faint}{gutter}{style.palette.end}{(start + rest)[:room]}"
    yield f"{style.palette.faint}{' ' * (len(gutter) - 2)}| {style.palette.end}{' ' * columns(start)}^"


def visible(value: str) -> str:
    """Return *value* as a terminal shows it, tabs as spaces."""
    return printable(value.replace("\t", " " * _TAB))


def columns(value: str) -> int:
    """Return how many terminal columns *value* takes; wide characters take two, combining ones none."""
    return sum(0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "WF") for each in value)
