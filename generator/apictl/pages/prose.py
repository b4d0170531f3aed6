"""Text of a contract as people read it in generated files: wrapped, without what hides or deceives."""

from __future__ import annotations

import functools
import re
import textwrap
import unicodedata

_BLANK_LINES = re.compile(r"\n\s*\n(\s*\n)+")
_QUOTE_AT_RISK = re.compile(r'"(?=")|(?<=")"|"\Z')
_WIDTH = 118


@functools.lru_cache(maxsize=5_000)
def doc_lines(text: str, indent: int) -> str:
    """Return *text* as it stands in a docstring: wrapped to 120 columns, escaped, each line indented but the first."""
    cleaned = text.replace("\r\n", "\n").replace("\r", "\n").translate(_SHOWN)
    paragraphs = _BLANK_LINES.sub("\n\n", cleaned).strip()
    width = max(40, _WIDTH - indent)
    lines = [piece for line in paragraphs.split("\n") for piece in _wrapped(line, width)]
    margin = " " * indent
    joined = "\n".join(margin + line if line and number else line for number, line in enumerate(lines))
    closing = f"\n{margin}" if len(lines) > 1 else ""
    return _QUOTE_AT_RISK.sub('\\"', joined.replace("\\", "\\\\")) + closing


def _wrapped(line: str, width: int) -> list[str]:
    stripped = line.rstrip()
    if stripped.isprintable() and 0 < len(stripped) <= width:  # as nearly every line
        return [stripped]
    lead = stripped[: len(stripped) - len(stripped.lstrip())]
    return textwrap.wrap(
        stripped,
        width,
        subsequent_indent=lead and lead + "    ",
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    ) or [""]


def doc_text(text: str) -> str:
    """Return *text* with something to be seen in place of each character that nobody could see."""
    return text.translate(_SHOWN)


def is_plain(text: str) -> bool:
    """Whether *text* is surely of characters that everybody sees as they are: no other test is so quick."""
    return text.isascii() and text.isprintable()


def doc_character(character: str) -> str:
    """Return *character*, or what is shown for one that nobody could see."""
    if character == "\n" or (character.isprintable() and not is_deceptive(character)):
        return character
    return " " if character.isspace() else "\N{REPLACEMENT CHARACTER}"


def is_deceptive(character: str) -> bool:
    """Whether *character* may hide or reorder what a reader sees (Unicode TR 36, bidirectional text)."""
    return unicodedata.category(character) in {"Cf", "Co", "Cs", "Cn"}


class _Shown(dict[int, str]):
    """What is shown of each character, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        shown = self[code] = doc_character(chr(code))
        return shown


_SHOWN = _Shown()
