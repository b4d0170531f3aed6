"""Runtime expressions: what a link or callback takes from a request or its response (OpenAPI 3.1, 4.8.20.4)."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import Final


class Message(enum.Enum):
    """What an expression reads."""

    URL = "url"
    METHOD = "method"
    STATUS_CODE = "statusCode"
    REQUEST = "request"
    RESPONSE = "response"


class Part(enum.Enum):
    """Where in a message an expression reads."""

    HEADER = "header"
    QUERY = "query"
    PATH = "path"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Expression:
    """One runtime expression.

    Attributes:
        message: that is read.
        part: of a request or response; None of the others.
        name: of a header, in lower case; of a query or path parameter; JSON Pointer into a body, "" for the whole.
    """

    message: Message
    part: Part | None = None
    name: str = ""


_GRAMMAR: Final = re.compile(
    r"\$(?:(?P<alone>url|method|statusCode)"
    r"|(?P<message>request|response)\."
    # token of RFC 7230; name is any ASCII character but NUL.
    r"(?:header\.(?P<header>[!#$%&'*+.^_`|~0-9A-Za-z-]+)"
    r"|query\.(?P<query>[\x01-\x7f]*)"
    r"|path\.(?P<path>[\x01-\x7f]*)"
    # JSON Pointer of RFC 6901: a tilde only as ~0 or ~1.
    r"|body(?:#(?P<pointer>(?:/(?:[^/~]|~[01])*)*))?))"
)


def parse_expression(text: str) -> Expression | None:
    """Return the expression that *text* is; None when it is none, and so a constant."""
    found = _GRAMMAR.fullmatch(text)
    if found is None:
        return None
    if found["alone"]:
        return Expression(Message(found["alone"]))
    message = Message(found["message"])
    for part in (Part.HEADER, Part.QUERY, Part.PATH):
        if found[part.value] is not None:
            name = found[part.value]
            # Names of headers have no case (RFC 9110, 5.1).
            return Expression(message, part, name.lower() if part is Part.HEADER else name)
    return Expression(message, Part.BODY, found["pointer"] or "")
