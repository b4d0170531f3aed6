"""`apictl-accepted.yaml`: breaking changes that were agreed on, read with their places and appended as text."""

from __future__ import annotations

import datetime as dt
import functools
import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, cast

import jsonschema_rs

from apictl.errors import ApictlError
from apictl.findings import Place, is_refused
from apictl.source.document import Document
from apictl.source.parsing import parse

ACCEPTED_NAME: Final = "apictl-accepted.yaml"
_SIZE_LIMIT: Final = 4_000_000
_INDENTS: Final = ("  ", "", "    ", "      ", " ")
"""Before a new entry; the first that makes it one with the others."""
_HEAD: Final = """\
# Breaking changes that were agreed on, for review. An entry ends with its date, and when its change is gone
# `apictl diff` says so. To add one: apictl diff --accept ID --reason WHY --expires DATE
accepted:
"""
_TEXT: Final[Mapping[str, Any]] = {"type": "string", "minLength": 1, "maxLength": 2000}
_SCHEMA: Final[Mapping[str, Any]] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "accepted": {
            "type": ["array", "null"],
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["service", "rule", "pointer", "change", "owner", "reason", "expires"],
                "properties": {
                    "service": _TEXT,
                    "rule": _TEXT,
                    "pointer": {"type": "string"},
                    "change": {"type": "string", "pattern": "^[0-9a-f]{32}$"},
                    "owner": _TEXT,
                    "reason": _TEXT,
                    "expires": {"type": "string", "format": "date"},
                },
            },
        },
    },
}
_UNPRINTABLE: Final = re.compile(
    r"[^\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010fffd]|[\u2028\u2029]"
)


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One change that was agreed on.

    Attributes:
        service: whose contract it is in.
        rule: that names it.
        pointer: of the place it is at, for people.
        change: hash of its content.
        owner: who answers for it.
        reason: why it may be.
        expires: the last day on which it counts.
        place: of the entry, with its line.
    """

    service: str
    rule: str
    pointer: str
    change: str
    owner: str
    reason: str
    expires: dt.date
    place: Place

    def has_expired(self, today: dt.date) -> bool:
        """Whether it does not count any more."""
        return self.expires < today


def read_acceptances(root: Path) -> tuple[Acceptance, ...]:
    """Return the entries of the workspace *root*, in the file's order; none when there is no such file.

    Raises:
        ApictlError: the file can't be read or says what it can't.
    """
    return acceptances_of(_raw(root))


def acceptances_text(root: Path) -> str:
    """Return the text of the file in *root*, for messages."""
    return _raw(root).decode("utf-8-sig", "backslashreplace")


def acceptances_of(raw: bytes) -> tuple[Acceptance, ...]:
    """Return the entries that *raw* holds.

    Raises:
        ApictlError: it is no YAML, or says what it can't.
    """
    if len(raw) > _SIZE_LIMIT:
        raise ApictlError(f"{ACCEPTED_NAME}: larger than {_SIZE_LIMIT} bytes")
    if _is_blank(raw):
        return ()
    document, findings = parse(ACCEPTED_NAME, raw)
    if document is None or is_refused(findings):
        first = next(finding for finding in findings if is_refused((finding,)))
        raise ApictlError(_told(first.place, first.message), hint=first.hint)
    for flaw in _validator().iter_errors(document.tree):
        place = document.locate(Place(ACCEPTED_NAME).child(*flaw.instance_path))
        raise ApictlError(_told(place, flaw.message[:200]))
    tree = cast("Mapping[str, Any]", document.tree)
    entries: Iterable[Mapping[str, Any]] = tree.get("accepted") or ()
    return tuple(_acceptance(entry, document, index) for index, entry in enumerate(entries))


def append_acceptance(root: Path, acceptance: Acceptance) -> None:
    """Add *acceptance* at the end of the file in *root*; nothing else of it changes.

    Raises:
        ApictlError: the file can't be written, or is shaped so that nothing can be appended.
    """
    path = root / ACCEPTED_NAME
    before = _raw(root)
    known = acceptances_of(before)
    entry = _entry(acceptance)
    for indent in _INDENTS:
        content = _extended(before, entry, indent=indent)
        if _holds(content, (*known, acceptance)):
            _write(path, content)
            return
    reason = f"{ACCEPTED_NAME}: nothing can be appended, `accepted` is not a list at its end; add by hand:"
    raise ApictlError("\n".join([reason, *(f"  {line}" for line in entry)]))


def _raw(root: Path) -> bytes:
    path = root / ACCEPTED_NAME
    try:
        if not path.is_file():
            return b""
        with path.open("rb") as stream:
            return stream.read(_SIZE_LIMIT + 1)
    except OSError as fault:
        raise ApictlError(f"{ACCEPTED_NAME} cannot be read: {fault.strerror}") from fault


def _extended(before: bytes, entry: Iterable[str], *, indent: str) -> bytes:
    end = "\r\n" if b"\r\n" in before else "\n"
    content = before
    if content and not content.endswith((b"\n", b"\r")):
        content += end.encode()
    if _is_blank(before):
        content += _HEAD.replace("\n", end).encode()
    return content + "".join(f"{indent}{line}{end}" for line in entry).encode()


def _is_blank(raw: bytes) -> bool:
    """Whether *raw* holds nothing but comments."""
    lines = raw.removeprefix(b"\xef\xbb\xbf").splitlines()
    return all(not line.strip() or line.lstrip().startswith(b"#") for line in lines)


def _write(path: Path, content: bytes) -> None:
    target = Path(os.path.realpath(path))
    if not target.is_relative_to(path.parent.resolve()):
        raise ApictlError(f"{ACCEPTED_NAME} is a symlink out of the workspace")
    draft = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(content)
        if target.exists():
            shutil.copymode(target, draft)
        draft.replace(target)
    except OSError as fault:
        draft.unlink(missing_ok=True)
        raise ApictlError(f"{ACCEPTED_NAME} cannot be written: {fault.strerror}") from fault


def _holds(content: bytes, wanted: tuple[Acceptance, ...]) -> bool:
    try:
        found = acceptances_of(content)
    except ApictlError:
        return False
    return [_content(each) for each in found] == [_content(each) for each in wanted]


def _content(acceptance: Acceptance) -> tuple[object, ...]:
    return (
        *(acceptance.service, acceptance.rule, acceptance.pointer, acceptance.change),
        *(acceptance.owner, acceptance.reason, acceptance.expires),
    )


def _entry(acceptance: Acceptance) -> list[str]:
    names = ("service", "rule", "pointer", "change", "owner", "reason", "expires")
    lines = [f"{name}: {_quoted(str(value))}" for name, value in zip(names, _content(acceptance), strict=True)]
    return [f"- {lines[0]}", *(f"  {line}" for line in lines[1:])]


def _quoted(text: str) -> str:
    """Return *text* as a scalar in double quotes (YAML 1.2, 5.7 and 7.3.1)."""
    plain = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\U{ord(found.group()):08x}", plain)


def _acceptance(entry: Mapping[str, Any], document: Document, index: int) -> Acceptance:
    place = document.locate(Place(ACCEPTED_NAME).child("accepted", index))
    try:
        expires = dt.date.fromisoformat(entry["expires"])
    except ValueError as fault:
        spot = document.locate(Place(ACCEPTED_NAME).child("accepted", index, "expires"))
        raise ApictlError(_told(spot, f"{entry['expires']!r} is no date, write YYYY-MM-DD")) from fault
    texts = {name: entry[name] for name in ("service", "rule", "pointer", "change", "owner", "reason")}
    return Acceptance(**texts, expires=expires, place=place)


def _told(place: Place, message: str) -> str:
    return f"{ACCEPTED_NAME}:{place.line or 1}:{place.column or 1}: {message}"


@functools.cache
def _validator() -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(dict(_SCHEMA))
