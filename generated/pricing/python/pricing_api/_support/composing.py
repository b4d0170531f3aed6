"""Bodies of errors, composed by the schema that declares them: properties are known by the names that APIs give them.

Nothing is made up: a body that needs what a failure does not tell is not composed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http import HTTPStatus
from typing import Any, Final

from .guidance import Branch, Guide
from .judge import Schema

_MESSAGE: Final = frozenset(
    {"message", "detail", "msg", "description", "errordescription", "errormessage", "reason", "text", "details", "err"}
)
_STATUS: Final = frozenset({"status", "statuscode", "httpstatus", "httpstatuscode", "httpcode", "errno"})
_CODE: Final = frozenset({"code", "errorcode", "kind", "slug", "key", "errortype"})
_TIME: Final = frozenset({"timestamp", "time", "date"})
_SUCCESS: Final = frozenset({"success", "ok", "successful"})
_DEPTH: Final = 4


@dataclass(frozen=True, slots=True)
class Fault:
    """What is known of a failure.

    Attributes:
        status: of the answer.
        detail: one line for the caller.
    """

    status: int
    detail: str

    @property
    def title(self) -> str:
        """The phrase of the status."""
        return HTTPStatus(self.status).phrase

    @property
    def code(self) -> str:
        """The phrase as a word: `not_found`."""
        return self.title.lower().replace(" ", "_").replace("-", "_").replace("'", "")


def composed(schema: Schema, fault: Fault, guide: Guide) -> Iterator[Any]:
    """Yield bodies that tell *fault* by *schema*, one for each of its branches; whether it accepts them is not sure."""
    return _composed((schema,), fault, guide, 0)


def _composed(schemas: tuple[Schema, ...], fault: Fault, guide: Guide, depth: int) -> Iterator[Any]:
    for branch in guide.branches(schemas) if depth < _DEPTH else ():
        kinds = guide.kinds(branch)
        if "object" in kinds:
            members = _members(branch, fault, guide, depth)
            if members:
                yield members
        elif kinds == {"array"}:
            yield from ([item] for item in _composed(guide.item(branch, 0), fault, guide, depth + 1))


def _members(branch: Branch, fault: Fault, guide: Guide, depth: int) -> dict[str, Any] | None:
    """Return an object of *branch*; None where it would tell nothing, or needs what is not known."""
    names = guide.declared(branch)
    required = {name for part in branch for name in part.get("required", ())}
    siblings = frozenset(map(_plain, names))
    members: dict[str, Any] = {}
    for name in sorted(names, key=_is_nested):
        schemas = guide.member(branch, name)
        is_wanted = name in required or (_is_nested(name) and not any(map(_tells, members)))
        inner = next(_composed(schemas, fault, guide, depth + 1), None) if is_wanted else None
        usual = _usual(_plain(name), fault, siblings) if is_wanted or _plain(name) not in _TIME else ()
        candidates = usual if inner is None else (inner, *usual)
        fitting = [value for value in candidates if all(guide.judge.fits(schema, value) for schema in schemas)]
        if fitting:
            members[name] = fitting[0]
        elif name in required and guide.allows(schemas, "null"):
            members[name] = None  # it must be there, and nothing is known of it
        elif name in required:
            return None
    return {name: members[name] for name in names if name in members} if any(map(_tells, members)) else None


def _is_nested(name: str) -> bool:
    """Whether *name* is what errors inside a body are called; they come last, when it is clear whether they matter."""
    return _plain(name) in {"error", "errors"}


def _tells(name: str) -> bool:
    """Whether *name* says what went wrong."""
    return _plain(name) in _MESSAGE | _CODE | {"title", "error", "errors"}


def _plain(name: str) -> str:
    return name.replace("_", "").replace("-", "").lower()


def _usual(name: str, fault: Fault, siblings: frozenset[str]) -> Iterator[Any]:
    codes = (fault.code, fault.code.upper(), _camel(fault.code), fault.title, str(fault.status), fault.status)
    if name in _MESSAGE:
        yield from (fault.detail, fault.title)
    elif name == "title":
        yield fault.title
    elif name in _STATUS:
        yield from (fault.status, str(fault.status), *codes)
    elif name in _CODE:
        yield from codes
    elif name == "type":
        yield from (("about:blank",) if "title" in siblings else codes)
    elif name == "error":
        yield from (codes if siblings & _MESSAGE else (fault.detail,))
        yield True
    elif name == "errors":
        yield [fault.detail]
    elif name in _TIME:
        yield datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    elif name in _SUCCESS:
        yield False


def _camel(code: str) -> str:
    first, *rest = code.split("_")
    return first + "".join(map(str.capitalize, rest))
