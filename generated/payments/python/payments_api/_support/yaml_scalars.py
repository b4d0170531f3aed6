"""Plain YAML scalars → values, by the core schema of YAML 1.2 (section 10.3)."""

from __future__ import annotations

import math
import re
from typing import Final, NamedTuple

MAX_DIGITS: Final = 1_000
"""Characters of one number."""

_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_NUMBER_START: Final = frozenset("+-.0123456789")
_DECIMAL = re.compile(r"[-+]?[0-9]++\Z")
_OCTAL = re.compile(r"0o[0-7]++\Z")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]++\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]++|[0-9]++(?:\.[0-9]*+)?)(?:[eE][-+]?[0-9]++)?\Z")
_NOT_FINITE = re.compile(r"(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\Z")
_LEADING_ZERO = re.compile(r"[-+]?0[0-9]")
# Booleans of YAML 1.1, strings of YAML 1.2.
_OLD_BOOLEANS: Final = frozenset(
    spelling for word in ("y", "n", "yes", "no", "on", "off") for spelling in (word, word.capitalize(), word.upper())
)


class Plain(NamedTuple):
    """What a plain scalar stands for.

    Attributes:
        value: None for a number that can't be kept.
        flaw: the rule it offends; "" for none.
    """

    value: bool | int | float | str | None
    flaw: str = ""


def plain_value(text: str) -> Plain:
    """Return what the plain scalar *text* stands for."""
    if text in _WORDS:
        return Plain(_WORDS[text])
    if text[0] in _NUMBER_START:
        return _number(text)
    if text in _OLD_BOOLEANS:
        return Plain(text, "boolean-word-unquoted")
    return Plain(text)


def _number(text: str) -> Plain:
    if _NOT_FINITE.match(text):
        return Plain(None, "number-not-finite")
    is_decimal = _DECIMAL.match(text) is not None
    base = 10 if is_decimal else 8 if _OCTAL.match(text) else 16 if _HEXADECIMAL.match(text) else 0
    if not base and not _FLOAT.match(text):
        return Plain(text)
    if len(text) > MAX_DIGITS:
        return Plain(None, "number-too-large")
    if base:
        flaw = "number-leading-zero" if is_decimal and _LEADING_ZERO.match(text) else ""
        return Plain(int(text if is_decimal else text[2:], base), flaw)
    value = float(text)
    return Plain(None, "number-not-finite") if math.isinf(value) else Plain(value)
