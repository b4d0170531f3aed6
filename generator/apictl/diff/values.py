"""Where in a value something is, in words."""

from __future__ import annotations

import json
import re
from typing import Final

from apictl.contract.schema import JsonValue
from apictl.diff.schemas.difference import Step, ValuePath

_PLAIN: Final = re.compile(r"[A-Za-z_$][\w$-]*", re.ASCII)
_STEPS: Final = 6
_VALUE_LENGTH: Final = 40
_NAME_LENGTH: Final = 40


def where(root: str, part: str, path: ValuePath) -> str:
    """Return the words for what is at *path* in the value called *root* of *part* of an operation.

    "body.items[].kind of response 200", "status of query parameter 'filter'", "payload.id of message 'paid'".
    """
    if part.startswith((f"{root} of message ", f"{root} of reply message ")):
        return dotted(root, path) + part.removeprefix(root)
    if root != "body":
        return f"{dotted('', path).lstrip('.')} of {part}" if path else part
    inside = dotted(root, path)
    return inside if part.startswith("request body") else f"{inside} of {part}"


def dotted(root: str, path: ValuePath) -> str:
    """Return *path* below *root* as people write it; of a long one the beginning and the end."""
    steps = [_step(step) for step in path]
    if len(steps) > _STEPS:
        steps = [*steps[: _STEPS // 2], ".…", *steps[-(_STEPS // 2) :]]
    return root + "".join(steps)


def shown(value: JsonValue) -> str:
    """Return *value* for a sentence, cut when it is long."""
    text = repr(value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _VALUE_LENGTH else text[: _VALUE_LENGTH - 1] + "…"


def _step(step: str | int | Step) -> str:
    match step:
        case Step.ITEM:
            return "[]"
        case Step.OTHER:
            return ".*"
        case Step.KEY:
            return ".<key>"
        case int():
            return f"[{step}]"
        case str():
            return f".{step}" if _PLAIN.fullmatch(step) and len(step) <= _NAME_LENGTH else f"[{shown(step)}]"
