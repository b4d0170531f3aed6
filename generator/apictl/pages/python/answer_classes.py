"""Classes that carry answers: which answers have one, and under which name."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from apictl.contract.operation import Operation, Response
from apictl.findings import Finding, info
from apictl.pages.python import formats, names
from apictl.pages.python.statuses import phrase, successes

_IMPORTED: Final = frozenset({*formats.STANDARD, *formats.INSTALLED, *formats.SUPPORT})
_RAISED_FROM: Final = frozenset({"DeclaredError", "DeclaredStatusError"})
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


def answer_classes(operations: Sequence[Operation], stems: Mapping[str, str]) -> AnswerClasses:
    """Return the classes for the answers of *operations*, whose names begin with *stems*, by operation id."""
    responses = {(operation.id, each.status): each for operation in operations for each in operation.responses}
    roles = {key: role for operation in operations for key, role in _roles(operation)}
    wanted = {key: f"{stems[key[0]]}{_ending(key[1], role)}" for key, role in roles.items() if role is not Role.PLAIN}
    results = names.apart(_of(Role.RESULT, wanted, roles), _identity, reserved=_IMPORTED)
    errors = names.apart(_of(Role.ERROR, wanted, roles), _identity, reserved=_IMPORTED | _RAISED_FROM)
    chosen = {**results, **errors}
    return AnswerClasses(roles, chosen, tuple(_findings(wanted, chosen, responses)))


def _roles(operation: Operation) -> Iterable[tuple[AnswerKey, Role]]:
    good = successes(operation.responses)
    for response in operation.responses:
        role = Role.ERROR
        if response in good:
            role = Role.RESULT if len(good) > 1 or response.headers else Role.PLAIN
        yield (operation.id, response.status), role


def _ending(status: str, role: Role) -> str:
    return "Response" if status == "default" and role is Role.RESULT else phrase(status)


def _of(role: Role, wanted: Mapping[AnswerKey, str], roles: Mapping[AnswerKey, Role]) -> dict[AnswerKey, str]:
    """Return the names that classes of one module want."""
    return {key: name for key, name in wanted.items() if roles[key] is role}


def _identity(key: AnswerKey) -> str:
    return " ".join(key)


def _findings(
    wanted: Mapping[AnswerKey, str], chosen: Mapping[AnswerKey, str], responses: Mapping[AnswerKey, Response]
) -> Iterable[Finding]:
    for key, name in wanted.items():
        if chosen[key] != name:
            message = f"class name {name[:_SHOWN]!r} is taken, the class of this answer is {chosen[key][-_SHOWN:]!r}"
            yield info("name-clash", responses[key].place, message)
