"""The terminal: results to stdout, everything else to stderr, whatever these are connected to."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final, TextIO

if TYPE_CHECKING:
    from apictl.report.text import Palette, Style

_BROKEN_PIPE: Final = 141
_ERRORS: Final = 100
_OTHERS: Final = 5


def say(line: str) -> None:
    """Print *line* to stdout."""
    say_all([line])


def say_all(lines: Iterable[str]) -> None:
    """Print *lines* to stdout."""
    try:
        sys.stdout.writelines(f"{line}\n" for line in lines)
    except BrokenPipeError:
        raise SystemExit(abandon()) from None


def note(line: str) -> None:
    """Print *line* to stderr."""
    sys.stderr.write(f"{line}\n")
    sys.stderr.flush()


def complain(message: str, *, hint: str | None = None) -> None:
    """Print why apictl could not go on, and what to do about it, to stderr."""
    from apictl.report.text import printable  # noqa: PLC0415 - `apictl --version` must stay fast

    # Of all that str.splitlines takes for an end of a line only this one is ours: text of others makes no lines.
    lines = message.split("\n") + ([f"  hint: {hint}"] if hint else [])
    for line in lines:
        note(printable(line))


def flush() -> None:
    """Hand over what is buffered."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        raise SystemExit(abandon()) from None


def abandon() -> int:
    """Send what is left nowhere, as the reader has gone; return the exit code of a process that SIGPIPE ended."""
    sys.stdout = _nowhere()
    return _BROKEN_PIPE


def make_safe() -> None:
    """Let no character and no closed stream end a run with a traceback."""
    sys.stdout = _safe(sys.stdout)
    sys.stderr = _safe(sys.stderr)


def findings_style(*, is_verbose: bool) -> Style:
    """Return how findings are shown on this terminal."""
    import shutil  # noqa: PLC0415 - as above

    from apictl.report.text import Style  # noqa: PLC0415 - as above

    width = shutil.get_terminal_size(fallback=(120, 24)).columns
    if is_verbose:
        return Style(palette=_palette(), width=width)
    return Style(palette=_palette(), width=width, errors_per_rule=_ERRORS, others_per_rule=_OTHERS)


def _palette() -> Palette:
    from apictl.report.text import COLOURS, PLAIN  # noqa: PLC0415 - as above

    is_plain = bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb" or not sys.stdout.isatty()
    return PLAIN if is_plain else COLOURS


def _safe(stream: TextIO | None) -> TextIO:
    if stream is None or stream.closed:
        return _nowhere()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="backslashreplace")
    return stream


def _nowhere() -> TextIO:
    return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - open until the process ends
