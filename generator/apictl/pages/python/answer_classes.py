"""Classes that carry answers: which answers have one, and under which name."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final, TypeAlias

from apictl.contract.operation import Operation, Response
from apictl.findings import Finding, info
from apictl.pages.python import formats
from apictl.pages.python.identities import operation_key
from apictl.pages.python.keeping import NameKind, Names, Scope
from apictl.pages.python.statuses import RANGES, phrase, successes

_IMPORTED: Final = frozenset({*formats.STANDARD, *formats.INSTALLED, *formats.SUPPORT})
_RAISED_FROM: Final = frozenset({"Body", "DeclaredError", "DeclaredStatusError"})
_OF_STATUSES: Final = frozenset(map(phrase, [*(str(int(each)) for each in HTTPStatus), *RANGES, "default"]))
"""What classes of `errors.py` are called that belong to no single operation, be they there or not."""
_ENDING: Final = re.compile(rf"(?:{'|'.join(map(re.escape, sorted({*_OF_STATUSES, 'Response'})))})\Z")
"""The longest of these words that a name ends with, as it is the first to be found."""
_SHOWN: Final = 60


class Role(enum.Enum):
    """How a call ends with an answer."""

    PLAIN = "plain"
    """Its body is returned as it is; no class."""
    RESULT = "result"
    """A class of `results.py` is returned, which carries body and headers."""
    ERROR = "error"
    """A class of `errors.py` is raised."""


AnswerKey: TypeAlias = "tuple[str, str]"
"""Operation id and status as declared."""


@dataclass(frozen=True, slots=True)
class AnswerClasses:
    """The classes of one contract.

    Attributes:
        roles: by answer.
        names: by answer; none for a plain one.
        findings: about names that met.
    """

    roles: Mapping[AnswerKey, Role]
    names: Mapping[AnswerKey, str]
    findings: tuple[Finding, ...]


def answer_classes(
    operations: Sequence[Operation], stems: Mapping[str, str], kept: Names | None = None
) -> AnswerClasses:
    """Return the classes for the answers of *operations*, whose names begin with *stems*, by operation id."""
    responses = {(operation.id, each.status): each for operation in operations for each in operation.responses}
    roles = {key: role for operation in operations for key, role in _roles(operation)}
    wanted = {key: f"{stems[key[0]]}{_ending(key[1], role)}" for key, role in roles.items() if role is not Role.PLAIN}
    keys = {
        f"{operation_key(operation)}/{each.status}": (operation.id, each.status)
        for operation in operations
        for each in operation.responses
    }

    def is_owner(wire: str, name: str) -> bool:
        """Whether *name* is made of the operation's stem and the longest word for a status that it ends with."""
        found = _ENDING.search(name)
        ending = found[0] if found else ""
        # No two operations have the same stem.
        return wanted[keys[wire]] == name and ending == _ending(keys[wire][1], roles[keys[wire]])

    scope = Scope(NameKind.ANSWER, is_owner, lambda wire: wire)
    chosen: dict[AnswerKey, str] = {}
    for role, reserved in ((Role.RESULT, _IMPORTED), (Role.ERROR, _IMPORTED | _RAISED_FROM | _OF_STATUSES)):
        of_role = {wire: wanted[key] for wire, key in keys.items() if roles[key] is role}
        named = (kept or Names()).apart(scope, of_role, reserved=reserved)
        chosen |= {keys[wire]: name for wire, name in named.items()}
    return AnswerClasses(roles, chosen, tuple(_findings(wanted, chosen, responses)))


def _roles(operation: Operation) -> Iterable[tuple[AnswerKey, Role]]:
    good = successes(operation.responses)
    for response in operation.responses:
        role = Role.ERROR
        if response in good:
            says_more = len(good) > 1 or response.headers or response.status in RANGES
            role = Role.RESULT if says_more else Role.PLAIN
        yield (operation.id, response.status), role


def _ending(status: str, role: Role) -> str:
    return "Response" if status == "default" and role is Role.RESULT else phrase(status)


def _findings(
    wanted: Mapping[AnswerKey, str], chosen: Mapping[AnswerKey, str], responses: Mapping[AnswerKey, Response]
) -> Iterable[Finding]:
    for key, name in wanted.items():
        if chosen[key] != name:
            message = f"class name {name[:_SHOWN]!r} is taken, the class of this answer is {chosen[key][-_SHOWN:]!r}"
            yield info("name-clash", responses[key].place, message)
