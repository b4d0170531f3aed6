"""What libyaml refuses, told so that a person sees where it went wrong."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from yaml.error import Mark, MarkedYAMLError
from yaml.events import ScalarEvent

from apictl.source.flaws import Flaw

_QUOTES: Final = ("'", '"')
_RESERVED: Final = ("@", "`", "%")
_WORDING: Final = {
    "did not find expected key": "expected a key",
    "did not find expected ',' or '}'": "expected ',' or '}'",
    "did not find expected ',' or ']'": "expected ',' or ']'",
    "did not find expected '-' indicator": "expected '-', as in the items before",
    "mapping values are not allowed in this context": "a second ':' in one value",
    "could not find expected ':'": "expected ':' after a key",
    "did not find expected alphabetic or numeric character": "expected a name after '*' or '&'",
}


@dataclass(frozen=True, slots=True)
class State:
    """What is open where a text is refused.

    Attributes:
        bracket: where the innermost one that is open begins; None when none is.
        last: the scalar right before; None when it was something else.
    """

    bracket: int | None = None
    last: ScalarEvent | None = None


def syntax_flaw(cause: MarkedYAMLError, text: str, state: State) -> Flaw:
    """Return what is wrong with *text* by *cause*, in this *state*."""
    at = _offset(cause.problem_mark, text)
    message = str(cause.problem or cause.context or "text is no YAML")
    if "Unicode character escape" in message:
        return Flaw("control-character", at, "escape stands for half of a surrogate pair or no character")
    opened = _unclosed_quote(cause, text, at) or _swallowing(text, at, state.last) or _unclosed_bracket(text, at, state)
    if opened is not None:
        return opened
    if text[at : at + 1] == "\t":
        is_indent = not text[text.rfind("\n", 0, at) + 1 : at].strip()
        what = "a tab indents this line" if is_indent else "a tab stands where a value or key begins"
        return Flaw("yaml-syntax", at, what, hint="YAML is indented with spaces")
    if "cannot start any token" in message and text[at : at + 1] in _RESERVED:
        return Flaw("yaml-syntax", at, f"no plain value begins with {text[at]!r}", hint="put it in quotes")
    related = None
    if cause.context_mark is not None and cause.context_mark.index != at:
        related = (_context(str(cause.context)), _offset(cause.context_mark, text))
    return Flaw("yaml-syntax", at, _WORDING.get(message, message), related=related, hint=_hint(message))


def runaway_quote(text: str, event: ScalarEvent) -> Flaw | None:
    """Return that the quote of *event*, in a block, is closed by that of another value, some lines below.

    A text in quotes is indented like any other value (YAML 1.2.2, section 7.3.1); libyaml takes less.
    """
    if event.start_mark is None or event.end_mark is None or event.start_mark.line == event.end_mark.line:
        return None
    begin, end = event.start_mark.index, event.end_mark.index
    if text[begin : begin + 1] not in _QUOTES:
        return None
    outside = next((line for line in _lines_between(text, begin, end - 1) if is_outside(text, begin, line)), None)
    if outside is None:
        return None
    return _not_closed(text, begin, ("this line is outside of it", outside + _indent(text, outside)))


def _offset(mark: Mark | None, text: str) -> int:
    return min(mark.index, len(text)) if mark is not None else 0


def _context(context: str) -> str:
    return f"{context.removeprefix('while ').removeprefix('parsing ').removeprefix('scanning ')} that begins here"


def _unclosed_quote(cause: MarkedYAMLError, text: str, at: int) -> Flaw | None:
    if cause.context_mark is None or "quoted scalar" not in str(cause.context):
        return None
    opener = _offset(cause.context_mark, text)
    is_open = not text[at:].strip() or "document indicator" in str(cause.problem)
    return (
        _not_closed(text, opener, ("text ends here", at)) if is_open and text[opener : opener + 1] in _QUOTES else None
    )


def _unclosed_bracket(text: str, at: int, state: State) -> Flaw | None:
    """A bracket that nobody closed: the lines after it belong to it only for the grammar."""
    opener = state.bracket
    if opener is None or opener >= len(text):
        return None
    is_at_end = not text[at:].strip()
    outside = next((line for line in _lines_between(text, opener, at) if is_outside(text, opener, line)), None)
    if is_at_end and outside is None:
        return _not_closed(text, opener, ("text ends here", at))
    if outside is not None:
        return _not_closed(text, opener, ("this line is outside of it", outside + _indent(text, outside)))
    return None


def _lines_between(text: str, opener: int, at: int) -> Iterator[int]:
    """Yield where the lines after that of *opener* begin, up to that of *at*."""
    begin = text.find("\n", opener) + 1
    while 0 < begin <= at:
        yield begin
        begin = text.find("\n", begin) + 1


def is_outside(text: str, opener: int, line: int) -> bool:
    """Whether the indent of the *line* that begins there says that it isn't within what begins at *opener*."""
    own, indent = _indent(text, text.rfind("\n", 0, opener) + 1), _indent(text, line)
    first = text[line + indent : line + indent + 1]
    return first not in ("", "\n", "\r", "#") and (indent < own if first in ("}", "]") else indent <= own)


def _swallowing(text: str, at: int, last: ScalarEvent | None) -> Flaw | None:
    """A quote that nobody closed ends at the next one, some lines below; what follows there makes no sense."""
    if last is None or last.start_mark is None or last.end_mark is None:
        return None
    begin, end = last.start_mark.index, last.end_mark.index
    is_beside = end <= at and "\n" not in text[end:at]
    if not is_beside or "\n" not in text[begin:end] or text[begin : begin + 1] not in _QUOTES:
        return None
    return _not_closed(text, begin, ("it ends at the next quote", end - 1))


def _not_closed(text: str, opener: int, related: tuple[str, int]) -> Flaw:
    return Flaw("yaml-syntax", opener, f"{text[opener]!r} is not closed", related=related)


def _indent(text: str, begin: int) -> int:
    line = text[begin : begin + 1000]
    return len(line) - len(line.lstrip(" "))


def _hint(message: str) -> str | None:
    if "mapping values are not allowed" in message:
        return "quote a value that holds ': '"
    return None
