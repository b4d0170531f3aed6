"""JSON values as Python holds them, and JSON Pointers (RFC 6901) into them."""

from __future__ import annotations

import re
from typing import TypeAlias
from urllib.parse import quote, unquote

from apictl.support.pointers import join_pointer, unescape_token

JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None

_KINDS: dict[type, str] = {
    type(None): "null",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "a string",
    list: "a list",
    dict: "a mapping",
}
_INDEX = re.compile(r"(?:0|[1-9][0-9]{0,8})\Z")
_BAD_TILDE = re.compile(r"~(?![01])")
_BAD_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
# RFC 3986, section 3.5: fragment = *( pchar / "/" / "?" ); what quote() leaves alone besides is unreserved.
_FRAGMENT_SAFE = "/?!$&'()*+,;=:@~"
_NOT_IN_FRAGMENT = re.compile(r"[\x00-\x20\x7f\"<>\\^`{|}#\[\]]")


class PointerMalformed(ValueError):
    """A text that is no JSON Pointer; the message says why."""


class PointerMissing(LookupError):
    """A JSON Pointer that leads nowhere.

    Attributes:
        found: the tokens that led somewhere.
        missing: the first token that did not.
        parent: the node that lacks it.
    """

    def __init__(self, found: tuple[str, ...], missing: str, parent: JsonValue) -> None:
        """Keep how far the walk came."""
        super().__init__(join_pointer((*found, missing)))
        self.found = found
        self.missing = missing
        self.parent = parent


def kind_of(node: object) -> str:
    """Return what *node* is, in words: "a mapping"."""
    return _KINDS.get(type(node), "no JSON value")


def split_pointer(pointer: str) -> tuple[str, ...]:
    """Return the unescaped tokens of *pointer*; "" has none.

    Raises:
        PointerMalformed: it does not start with "/", or a "~" is followed by neither 0 nor 1 (RFC 6901, section 3).
    """
    if not pointer:
        return ()
    if not pointer.startswith("/"):
        raise PointerMalformed("it does not start with '/'")
    if _BAD_TILDE.search(pointer):
        raise PointerMalformed("'~' is followed by neither 0 nor 1")
    return tuple(map(unescape_token, pointer[1:].split("/")))


def lookup(tree: JsonValue, pointer: str) -> JsonValue:
    """Return the node of *tree* at *pointer*.

    Raises:
        PointerMalformed: *pointer* is no JSON Pointer.
        PointerMissing: there is no such node.
    """
    return walk(tree, split_pointer(pointer))


def walk(tree: JsonValue, tokens: tuple[str, ...]) -> JsonValue:
    """Return the node of *tree* below unescaped *tokens*.

    Raises:
        PointerMissing: there is no such node.
    """
    node = tree
    for depth, token in enumerate(tokens):
        if isinstance(node, dict) and token in node:
            node = node[token]
        elif isinstance(node, list) and is_index(token) and int(token) < len(node):
            node = node[int(token)]
        else:
            raise PointerMissing(tokens[:depth], token, node)
    return node


def is_index(token: str) -> bool:
    """Whether *token* may name an item of an array (RFC 6901, section 4)."""
    return _INDEX.match(token) is not None


def decode_fragment(fragment: str) -> str:
    """Return the pointer that a URI fragment (without "#") stands for (RFC 6901, section 6).

    Raises:
        PointerMalformed: it holds a character that a URI must escape, or its percent-encoding is broken.
    """
    if found := _NOT_IN_FRAGMENT.search(fragment):
        raise PointerMalformed(f"{found.group()!r} is not percent-encoded")
    return decode_percent(fragment)


def decode_percent(text: str) -> str:
    """Return *text* without its percent-encoding (RFC 3986, section 2.1).

    Raises:
        PointerMalformed: "%" is not followed by two hexadecimal digits, or the bytes are not UTF-8.
    """
    if _BAD_PERCENT.search(text):
        raise PointerMalformed("'%' is not followed by two hexadecimal digits")
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError as cause:
        raise PointerMalformed("its percent-encoded bytes are not UTF-8") from cause


def encode_fragment(pointer: str) -> str:
    """Return *pointer* as a URI fragment, without "#"."""
    return quote(pointer, safe=_FRAGMENT_SAFE, errors="replace")
