"""The text of a `$ref` → a path inside the workspace and a pointer; nothing is opened here (RFC 3986, RFC 6901)."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass

from apictl.findings import Finding, Place, error
from apictl.source.flaws import quoted
from apictl.source.tree import (
    PointerMalformed,
    decode_fragment,
    decode_percent,
    encode_fragment,
    kind_of,
    split_pointer,
)
from apictl.support.pointers import join_pointer, unescape_token

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ANCHOR = re.compile(r"[A-Za-z_][-A-Za-z0-9._]*")
"""A plain name, as of `$anchor` (JSON Schema 2020-12, section 8.2.2)."""
_MAX_CHARACTERS = 4096


@dataclass(frozen=True, slots=True)
class Address:
    """A node of a document of the workspace, whether it exists or not.

    Attributes:
        path: of the document, relative to the workspace.
        tokens: of the pointer, unescaped.
    """

    path: str
    tokens: tuple[str, ...]


def address_of(base: Place, reference: object) -> Address | Finding:
    """Return what *reference*, the value of the `$ref` at *base*, points to."""
    if not isinstance(reference, str):
        return error("reference-not-a-string", base, f"$ref is {kind_of(reference)}, not a string")
    if len(reference) > _MAX_CHARACTERS:
        message = f"$ref has {len(reference)} characters, more than {_MAX_CHARACTERS}"
        return error("reference-pointer-malformed", base, message)
    location, _, fragment = reference.partition("#")
    path = base.path if not location else _path(base, reference, location)
    if isinstance(path, Finding):
        return path
    tokens = _tokens(base, reference, fragment)
    return tokens if isinstance(tokens, Finding) else Address(path, tokens)


def _path(base: Place, reference: str, location: str) -> str | Finding:
    if found := _SCHEME.match(location):
        scheme = found[1].lower()
        # One letter is the drive of a Windows path.
        return _outside(base, reference) if scheme == "file" or len(scheme) == 1 else _remote(base, reference)
    if location.startswith("//"):
        return _remote(base, reference)
    try:
        decoded = decode_percent(location)
    except PointerMalformed as cause:
        return error("reference-pointer-malformed", base, f"$ref {quoted(reference)} is malformed: {cause}")
    if decoded.startswith("/") or "\\" in decoded or _CONTROL.search(decoded):
        return _outside(base, reference)
    path = posixpath.normpath(posixpath.join(posixpath.dirname(base.path), decoded))
    if path == ".." or path.startswith(("../", "/")):
        return _outside(base, reference)
    return path


def _outside(base: Place, reference: str) -> Finding:
    message = f"$ref {quoted(reference)} leads out of the workspace"
    return error("reference-outside-workspace", base, message, hint="write a path relative to this file, with '/'")


def _remote(base: Place, reference: str) -> Finding:
    message = f"$ref {quoted(reference)} is remote; apictl opens no connection"
    return error("reference-remote", base, message, hint="copy the document into the workspace and refer to that")


def _tokens(base: Place, reference: str, fragment: str) -> tuple[str, ...] | Finding:
    try:
        return split_pointer(decode_fragment(fragment))
    except PointerMalformed as cause:
        message = f"$ref {quoted(reference)} has no usable JSON Pointer after '#': {cause}"
        hint = f"write {quoted('#' + _repaired(fragment), 120)}"
        if _ANCHOR.fullmatch(fragment):
            hint = "anchors are not looked up; write the path of what it stands for, as '#/components/schemas/...'"
        return error("reference-pointer-malformed", base, message, hint=hint)


def _repaired(fragment: str) -> str:
    """Return the likeliest fragment that *fragment* was meant to be."""
    try:
        plain = decode_percent(fragment)
    except PointerMalformed:
        plain = fragment
    tokens = [re.sub(r"~(?![01])", "~0", token) for token in plain.removeprefix("/").split("/")]
    return encode_fragment(join_pointer(map(unescape_token, tokens)))
