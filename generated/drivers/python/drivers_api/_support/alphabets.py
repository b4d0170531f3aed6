"""Which characters stand for themselves in each place of a request, and how the others are written."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote


@dataclass(frozen=True, slots=True)
class Alphabet:
    """How text is written in one place.

    Attributes:
        escape: text, and the delimiters it must not contain unescaped, to wire text.
        unescape: wire text to text; raises `UnicodeDecodeError` when it spells none.
    """

    escape: Callable[[str, str], str]
    unescape: Callable[[str], str]


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())


def _quoting(safe: str) -> Callable[[str, str], str]:
    def escape(text: str, delimiters: str) -> str:
        escaped = quote(text, safe="".join(character for character in safe if character not in delimiters))
        # `quote` never escapes `.`, which the style `label` splits on.
        return escaped.replace(".", "%2E") if "." in delimiters else escaped

    return escape


def _unquote(text: str) -> str:
    return unquote(text, errors="strict")


def _unquote_plus(text: str) -> str:
    return unquote(text.replace("+", " "), errors="strict")


def _quote_plus(text: str, _delimiters: str) -> str:
    return quote(text, safe=" ").replace(" ", "+")


# Field values hold visible ASCII and inner spaces (RFC 9110, 5.5). A `%` that would be taken for an escape goes, too;
# any other stays, since most who read headers unescape nothing.
_UNFIT_FOR_HEADER: Final = re.compile(r"[^\x20-\x7e]|%(?=[0-9A-Fa-f]{2})|^ +| +$")
# Most texts are; to be told so takes a fraction of the search for what is unfit.
_FIT_FOR_HEADER: Final = re.compile(r"[!-$&-~]*")


def _escape_header(text: str, delimiters: str) -> str:
    is_fit = _FIT_FOR_HEADER.fullmatch(text) is not None
    escaped = text if is_fit else _UNFIT_FOR_HEADER.sub(lambda found: _percent(found[0]), text)
    for delimiter in delimiters:
        escaped = escaped.replace(delimiter, _percent(delimiter))
    return escaped


def _unescape_header(text: str) -> str:
    try:
        return _unquote(text)
    except UnicodeDecodeError:
        # Senders are free to mean `%` literally in a header.
        return text


_UNFIT_FOR_COOKIE: Final = re.compile(r"[^!#-+\--:<-\[\]-~]")


def _only_octets(text: str, delimiters: str) -> str:
    found = _UNFIT_FOR_COOKIE.search(text) or next((each for each in delimiters if each in text), None)
    if found is not None:
        raise ValueError(f"{text[:40]!r} holds what no cookie can (RFC 6265, 4.1.1)")
    return text


PATH: Final = Alphabet(_quoting(""), _unquote)
QUERY: Final = Alphabet(_quoting(""), _unquote_plus)
# Reserved characters that end a query or part its pairs are never left as they are (OpenAPI 3.1.1, allowReserved).
RESERVED_QUERY: Final = Alphabet(_quoting(":/?@!$'()*,;"), _unquote_plus)
FORM: Final = Alphabet(_quote_plus, _unquote_plus)
COOKIE: Final = Alphabet(_quoting(""), _unquote)
HEADER: Final = Alphabet(_escape_header, _unescape_header)
RAW_COOKIE: Final = Alphabet(_only_octets, lambda text: text)
"""Text as it is: the style `cookie` escapes nothing (OpenAPI 3.2, Style Values)."""
PLAIN: Final = Alphabet(lambda text, _delimiters: text, lambda text: text)
"""Text as it is: the parts of a multipart body."""


def escape_name(name: str) -> str:
    """Return the name of a query parameter or form field as it stands before `=`."""
    return quote(name, safe="$:@!*")


def escape_cookie_name(name: str) -> str:
    """Return the name of a cookie, which is a token (RFC 6265, 4.1.1), as it stands before `=`."""
    return quote(name, safe="!#$&'*+^`|")
