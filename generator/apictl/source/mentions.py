"""Which other documents a text may refer to, told from its bytes: without a tree, and never too few."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from apictl.findings import Place
from apictl.source.references import Address, address_of

_HIDDEN: Final = re.compile(
    rb"\\(?:[uUx]|\r?\n)|(?:^|[\n{,])[ \t]*(?:-[ \t]+)*(?:\?(?=\s)|\*[^\s,\[\]{}]+[ \t]*:(?=\s|\Z))"
)
"""Escapes, aliases and keys apart from their colon, which may hide a key from a search for its letters."""
_KEY: Final = re.compile(rb"""(?:\$ref|operationRef|mapping)(?=["']?\s*:)""")
_SIMPLE_KEY: Final = rb"""["']?[\w$./~{}<>@-]+["']?[ \t]*:(?=\s|\Z)"""
_REFERENCE: Final = re.compile(
    rb"""(?:\$ref|operationRef)["']?[ \t]*:[ \t]*"""
    rb"""(?:"([^"\\\r\n]*)"|'([^'\r\n]*)'(?!')|([\w.~/#$+-][\w.~/#$+:-]*)[ \t]*(?=([,}])|\r?\n|\Z))"""
)
_NEXT: Final = re.compile(rb"\s*(?:#[^\n]*\n\s*)*(?:\Z|(?:-[ ]+)*" + _SIMPLE_KEY + rb")")
"""What ends a plain text on the line before; anything else may go on with it (YAML 1.2.2, section 7.3.3)."""
_FLOW: Final = re.compile(rb"""mapping["']?\s*:\s*\{((?:\s*"[^"\\]*"\s*:\s*"[^"\\]*"\s*,?)*)\s*\}""")
_FLOW_VALUE: Final = re.compile(rb""":\s*"([^"]*)\"""")
_BLOCK: Final = re.compile(rb"mapping:[ \t]*\r?\n")
_ENTRY: Final = re.compile(
    rb"[ ]*" + _SIMPLE_KEY + rb"""[ \t]+(?:"([^"\\\r\n]*)"|'([^'\r\n]*)'|([\w./~#-]+))[ \t]*\r?(?:\n|\Z)"""
)
_EMPTY: Final = re.compile(rb"[ \t]*\r?(?:#[^\n]*)?(?:\n|\Z)")

_Found: TypeAlias = tuple[int, list[bytes]]
"""Where the search goes on, and the texts that may be references."""


def mentioned(path: str, raw: bytes) -> frozenset[str] | None:
    """Return the paths that references of the document at *path*, which holds *raw*, may lead to.

    All that `outgoing` finds in its tree are among them. None when the bytes don't tell and only the tree does: a
    reference is written in an unusual way, or stands in a description.
    """
    if _HIDDEN.search(raw):
        return None
    texts: list[bytes] = []
    at = 0
    while (key := _KEY.search(raw, at)) is not None:
        found = _mapping(raw, key) if key[0] == b"mapping" else _reference(raw, key)
        if found is None:
            return None
        at = found[0]
        texts += found[1]
    return frozenset(_paths(Place(path), texts))


def _paths(base: Place, texts: list[bytes]) -> Iterator[str]:
    for text in texts:
        if not text.startswith(b"#"):
            address = address_of(base, text.decode("utf-8", "replace"))
            if isinstance(address, Address):
                yield address.path


def _reference(raw: bytes, key: re.Match[bytes]) -> _Found | None:
    found = _REFERENCE.match(raw, key.start())
    if found is None:
        return None
    double, single, plain, end = found.groups()
    if plain is None:
        return found.end(), [single if double is None else double]
    if end is None:
        return (found.end(), [plain]) if _NEXT.match(raw, found.end()) else None
    return (found.end(), [plain]) if _is_in_braces(raw, key.start()) else None


def _is_in_braces(raw: bytes, at: int) -> bool:
    """Whether a brace is open on the line of *at*; elsewhere a comma is part of a plain text."""
    start = raw.rfind(b"\n", 0, at) + 1
    return raw.rfind(b"{", start, at) > raw.rfind(b"}", start, at)


def _mapping(raw: bytes, key: re.Match[bytes]) -> _Found | None:
    if found := _FLOW.match(raw, key.start()):
        return found.end(), _FLOW_VALUE.findall(found[1])
    found = _BLOCK.match(raw, key.start())
    start = raw.rfind(b"\n", 0, key.start()) + 1
    if found is None or raw[start : key.start()].strip(b" -"):
        return None
    depth = len(raw[start : key.start()]) - len(raw[start : key.start()].lstrip(b" "))
    texts: list[bytes] = []
    at = found.end()
    while at < len(raw):
        if empty := _EMPTY.match(raw, at):
            at = empty.end()
            continue
        if len(raw[at : at + depth + 1].lstrip(b" ")) > 0:
            break
        entry = _ENTRY.match(raw, at)
        if entry is None:
            return None
        texts.append(next(each for each in entry.groups() if each is not None))
        at = entry.end()
    return at, texts
