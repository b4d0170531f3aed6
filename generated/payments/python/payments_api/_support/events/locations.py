"""Values within a message, by runtime expressions (AsyncAPI 3.0, Runtime Expression)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final, Literal

from ..pointers import unescape_token

_ABSENT: Final = object()


@dataclass(frozen=True, slots=True)
class Location:
    """Where in a message a value is: `$message.header#/correlationId`.

    Attributes:
        part: of the message.
        pointer: JSON Pointer into the part (RFC 6901); "" for the whole.
        steps: of the pointer, unescaped.
    """

    part: Literal["header", "payload"]
    pointer: str
    steps: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        steps = map(unescape_token, self.pointer.split("/")[1:])
        object.__setattr__(self, "steps", tuple(steps))

    def __str__(self) -> str:
        return f"$message.{self.part}#{self.pointer}"


def text_at(location: Location | None, headers: Any, payload: Any) -> str | None:
    """Return the scalar at *location* as text; None when nothing, null or no scalar is there."""
    if location is None:
        return None
    value = _value(headers if location.part == "header" else payload, location.steps)
    if value is _ABSENT:  # in most messages, and asked of each several times
        return None
    match value:
        case str() as text:
            return text
        case bool() as flag:
            return "true" if flag else "false"
        case int() | float() as number:
            return str(number)
        case _:
            return None


def completed(part: Any, location: Location, text: str) -> Any:
    """Return *part* with *text* at *location*, or *part* itself where something is there already.

    Raises:
        ValueError: something on the way is no object.
    """
    steps = location.steps
    if len(steps) == 1 and isinstance(part, dict):
        return part if part.get(steps[0]) is not None else {**part, steps[0]: text}
    return part if _value(part, steps) not in (_ABSENT, None) else overwritten(part, location, text)


def overwritten(part: Any, location: Location, value: str | int) -> Any:
    """Return *part* with *value* at *location*, whatever was there; objects on the way are made.

    Raises:
        ValueError: something on the way is no object.
    """
    return _overwritten(part, location.steps, value)


def _overwritten(part: Any, steps: tuple[str, ...], value: str | int) -> Any:
    if not steps:
        return value
    if part is not None and not isinstance(part, dict):
        # A ValueError like all that makes a message unfit to be sent.
        raise ValueError(f"there is no place for {steps[0]!r} in {type(part).__name__}")
    below = {} if part is None else part
    return {**below, steps[0]: _overwritten(below.get(steps[0]), steps[1:], value)}


def _value(part: Any, steps: tuple[str, ...]) -> Any:
    if len(steps) == 1 and isinstance(part, dict):
        return part.get(steps[0], _ABSENT)
    for step in steps:
        match part:
            case dict() if step in part:
                part = part[step]
            case list() if step.isascii() and step.isdigit() and int(step) < len(part):
                part = part[int(step)]
            case _:
                return _ABSENT
    return part
