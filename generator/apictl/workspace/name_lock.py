"""`apictl.lock`: what generated code calls things, kept so that names outlive what is around them.

A line says `service kind key name`, sorted, so that a merge takes lines of both sides. It is input: anybody may have
written it.
"""

from __future__ import annotations

import keyword
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote, unquote

from apictl.errors import ApictlError
from apictl.pages.python.keeping import NameKey, NameKind
from apictl.workspace.naming import service_name

LOCK_NAME: Final = "apictl.lock"

_HEADER: Final = (
    "# Names that apictl gave to what contracts describe: service, kind, what it is, name. Commit this file.\n"
    "# After a merge keep the lines of both sides and run `apictl generate`.\n"
)
_SIZE_LIMIT: Final = 100_000_000
_SHOWN: Final = 60
_SAFE: Final = "/~!$&'()*+,;=:@?{}[]|^<>\"`"
"""What stands in a key as it is, beside letters and digits; blanks, `%` and what is not ASCII are percent-encoded."""

_CLASS: Final = re.compile(r"[A-Z][A-Za-z0-9_]*")
_CONSTANT: Final = re.compile(r"[A-Z][A-Z0-9_]*")
_OTHER: Final = re.compile(r"[a-z][a-z0-9_]*")
_FORMS: Final[Mapping[NameKind, re.Pattern[str]]] = {
    NameKind.ANSWER: _CLASS,
    NameKind.CLASS: _CLASS,
    NameKind.CLIENT: _CLASS,
    NameKind.COMPANION: _OTHER,
    NameKind.CONSTANT: _CONSTANT,
    NameKind.EVENT_CONSTANT: _CONSTANT,
    NameKind.EVENT_METHOD: _OTHER,
    NameKind.EVENT_PARAMETER: _OTHER,
    NameKind.FIELD: _OTHER,
    NameKind.GROUP: _OTHER,
    NameKind.GROUP_CLASS: _CLASS,
    NameKind.HEADER: _OTHER,
    NameKind.MEMBER: _CONSTANT,
    NameKind.METHOD: _OTHER,
    NameKind.PARAMETER: _OTHER,
    NameKind.SCHEME: _OTHER,
    NameKind.STEM: _CLASS,
}
_WITHIN: Final = frozenset(
    {NameKind.EVENT_PARAMETER, NameKind.FIELD, NameKind.HEADER, NameKind.MEMBER, NameKind.PARAMETER}
)
"""What has its name within something else."""

_SINGLE: Final = _WITHIN | {NameKind.CLASS}
"""Of these no two are called alike; of others they may be, in different modules or classes."""

_LONGEST: Final = 250
_MARKS: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")

Lines = tuple[tuple[int, str], ...]
"""What the file says of one service: lines with their numbers."""


def read_lock(path: Path) -> Mapping[str, Lines]:
    """Return what the file at *path* says, by service; nothing where there is none.

    Raises:
        ApictlError: it can't be read, or a line is of no service.
    """
    if path.is_symlink():
        raise ApictlError(f"{path} is a symlink", hint="replace it by what it leads to")
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as fault:
        raise ApictlError(f"{path} cannot be read: {fault.strerror}") from fault
    return lock_lines(raw)


def lock_lines(raw: bytes) -> Mapping[str, Lines]:
    """Return what *raw*, a whole file, says, by service.

    Raises:
        ApictlError: a line is of no service.
    """
    if len(raw) > _SIZE_LIMIT:
        raise ApictlError(f"{LOCK_NAME}: larger than {_SIZE_LIMIT} bytes")
    found: dict[str, list[tuple[int, str]]] = {}
    for number, line in enumerate(raw.decode("ascii", "replace").split("\n"), start=1):
        if line.startswith("#") or not line.strip():
            continue
        if line.startswith(_MARKS):
            hint = "keep the lines of both sides, without the marks, and run `apictl generate`"
            raise _fault(number, "a merge has left its mark here", hint=hint)
        service = line.partition(" ")[0]
        if service not in found and service_name(service) != service:
            raise _fault(number, f"{service[:_SHOWN]!r} is no service")
        found.setdefault(service, []).append((number, line.removesuffix("\r")))
    return {service: tuple(lines) for service, lines in found.items()}


def section_text(lines: Iterable[tuple[int, str]]) -> str:
    """Return what *lines* say, whatever their numbers and order."""
    return "".join(f"{line}\n" for line in sorted(line for _, line in lines))


def parsed_names(lines: Iterable[tuple[int, str]]) -> Mapping[NameKey, str]:
    """Return the names that *lines*, all of one service, keep.

    Raises:
        ApictlError: a line says nothing that apictl could have written; two of them contradict each other.
    """
    names: dict[NameKey, str] = {}
    numbers: dict[NameKey, int] = {}
    owners: dict[tuple[NameKind, str, str], int] = {}
    for number, line in lines:
        kind, key, name = _entry(number, line)
        if names.setdefault((kind, key), name) != name:
            raise _fault(number, f"line {numbers[kind, key]} says another name of the same", hint="keep one of them")
        scope = (kind, key.rpartition("/")[0] if kind in _WITHIN else "", name)
        if kind in _SINGLE and (kind, key) not in numbers and scope in owners:
            raise _fault(number, f"{name!r} is the name of what line {owners[scope]} keeps, too", hint="remove one")
        numbers.setdefault((kind, key), number)
        owners.setdefault(scope, number)
    return names


def _entry(number: int, line: str) -> tuple[NameKind, str, str]:
    match line.split(" "):
        case [_, word, key, name]:
            pass
        case _:
            raise _fault(number, "not a service, a kind, what it is, and a name, with one blank between")
    try:
        kind = NameKind(word)
    except ValueError as fault:
        kinds = ", ".join(kind.value for kind in NameKind)
        raise _fault(number, f"{word[:_SHOWN]!r} has no names, known are {kinds}") from fault
    is_name = _FORMS[kind].fullmatch(name) and len(name) <= _LONGEST and not keyword.iskeyword(name)
    if not is_name or not key:
        raise _fault(number, f"{name[:_SHOWN]!r} can't be the name of a {kind.value}")
    return kind, unquote(key, errors="surrogatepass"), name


def _fault(number: int, message: str, *, hint: str | None = None) -> ApictlError:
    hint = hint or "take the line back from version control, or remove it: a name is then chosen anew"
    return ApictlError(f"{LOCK_NAME}:{number}: {message}", hint=hint)


def service_text(service: str, names: Mapping[NameKey, str]) -> str:
    """Return the lines that keep *names* of *service*, sorted."""
    lines = (
        f"{service} {kind.value} {quote(key, safe=_SAFE, errors='surrogatepass')} {name}\n"
        for (kind, key), name in names.items()
    )
    return "".join(sorted(lines))


def lock_bytes(sections: Mapping[str, str]) -> bytes:
    """Return the file of *sections*, each what `service_text` gives; empty when nothing is kept."""
    lines = sorted(line for text in sections.values() for line in text.splitlines(keepends=True))
    return (_HEADER + "".join(lines)).encode("ascii") if lines else b""
