"""What a form in parts can't say: of some values nothing is sent, and one value is an array of one, too."""

from __future__ import annotations

import re
from typing import Any, Final

from schemathesis import Case

from .proofs import body_media, said

_PARTS: Final = "multipart/form-data"
_TOLD: Final = re.compile(
    r"Invalid component: (?:in body - )?(?P<name>[^\n:]+?): (?:Incorrect type|Invalid enum value)$",
    re.MULTILINE | re.IGNORECASE,
)
_VIOLATED: Final = re.compile(r"in body - violates `(?:type|enum)` at /properties/(?P<name>[^/\s]+)", re.IGNORECASE)


def is_one_part(message: str, case: Case[Any]) -> bool:
    """Whether *message* blames a part of *case* for being no array, though each part may be one of an array."""
    found = _TOLD.search(message) or _VIOLATED.search(message)
    if found is None or not isinstance(case.body, dict) or case.media_type != _PARTS:
        return False
    blamed = found["name"].replace("~1", "/").replace("~0", "~")
    parts = ((name, value) for name, value in case.body.items() if _is_told(blamed, name))
    # Null is sent as a text.
    return any(
        isinstance(value, str | int | float | dict | None) and _may_be_array(case, name) for name, value in parts
    )


def is_without_parts(case: Case[Any]) -> bool:
    """Whether a property of the form of *case* was to be an array of no items, for which no part is sent."""
    return isinstance(case.body, dict) and case.media_type == _PARTS and [] in case.body.values()


def _is_told(told: str, name: str) -> bool:
    """Whether schemathesis means *name* by *told*: it makes the first letter of a description small."""
    return told in {name, name[:1].lower() + name[1:]}


def _may_be_array(case: Case[Any], name: str) -> bool:
    media = body_media(case.operation.path, case.operation.method.lower(), _PARTS)
    declared = (each.get("properties", {}).get(name) for each in said(media.get("schema")))
    kinds = (each.get("type") for schema in declared for each in said(schema))
    return any("array" in (kind if isinstance(kind, list) else [kind]) for kind in kinds)
