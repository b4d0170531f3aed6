"""Bytes → text: UTF-8, with or without a byte order mark, and nothing else."""

from __future__ import annotations

import codecs
import re

from apictl.findings import Finding, Place, error
from apictl.source.flaws import Lines
from apictl.source.limits import MAX_BYTES

# The four-byte marks come first: the UTF-32 LE mark begins with the UTF-16 LE one.
_OTHER_ENCODINGS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_BINARY_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
# Text encoded as UTF-16 without a mark: every other byte of its first, always ASCII, characters is zero.
_BARE_UTF16 = re.compile(rb"(?:\x00[\x01-\x7f]){2}|(?:[\x01-\x7f]\x00){2}")
_SAMPLE_BYTES = 1024
_BINARY_SHARE = 10
_FEW_CONTROLS = 3
_RESAVE = "re-save the file as UTF-8"


def decode(path: str, raw: bytes, *, max_bytes: int = MAX_BYTES) -> str | Finding:
    """Return the text of *raw* without its byte order mark, or why it has none."""
    start = Place(path, "", 1, 1)
    if len(raw) > max_bytes:
        return error("size-limit", start, f"document has {len(raw)} bytes, more than the limit of {max_bytes}")
    for mark, name in _OTHER_ENCODINGS:
        if raw.startswith(mark):
            return error("encoding-not-utf8", start, f"document is encoded as {name}, not UTF-8", hint=_RESAVE)
    if _BARE_UTF16.match(raw):
        return error("encoding-not-utf8", start, "document is encoded as UTF-16, not UTF-8", hint=_RESAVE)
    body = raw.removeprefix(codecs.BOM_UTF8)
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as cause:
        return _undecodable(path, body, cause.start)
    if _is_mostly_controls(body[:_SAMPLE_BYTES]):
        return _not_text(path, body)
    return text


def is_binary(path: str, raw: bytes) -> bool:
    """Whether *raw* is no text that a person could be shown, be it in another encoding."""
    if not _BINARY_CONTROL.search(raw[: _SAMPLE_BYTES + len(codecs.BOM_UTF8)]):
        return False
    found = decode(path, raw)
    return isinstance(found, Finding) and (found.rule == "not-text" or b"\x00" in raw[:_SAMPLE_BYTES])


def _undecodable(path: str, body: bytes, offset: int) -> Finding:
    if _BINARY_CONTROL.search(body[:_SAMPLE_BYTES]):
        return _not_text(path, body)
    # What comes before the offending byte is valid, so that its characters can be counted.
    before = body[:offset].decode("utf-8")
    line, column = Lines(before).position(len(before))
    message = f"byte 0x{body[offset]:02x} at offset {offset} is not UTF-8"
    return error("encoding-not-utf8", Place(path, "", line, column), message, hint=_RESAVE)


def _is_mostly_controls(sample: bytes) -> bool:
    # One or two are a slip of the keyboard, which is told with its line.
    controls = len(_BINARY_CONTROL.findall(sample))
    return controls > _FEW_CONTROLS and controls * _BINARY_SHARE > len(sample)


def _not_text(path: str, body: bytes) -> Finding:
    control = _BINARY_CONTROL.search(body)
    offset = control.start() if control else 0
    try:
        body[:offset].decode("utf-8")
    except UnicodeDecodeError as cause:
        offset = cause.start
    message = f"not a text document: byte 0x{body[offset]:02x} at offset {offset}"
    return error("not-text", Place(path, "", 1, 1), message)
