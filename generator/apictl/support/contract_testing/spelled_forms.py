"""What a form can't say: of some values nothing is sent, and what is sent of others spells another value, too.

Of nested values OpenAPI 3.1.1 (Style Examples) leaves the spelling open; names in brackets, one within the other, are
what everybody writes. They know no empty array or object, no null, and no name that is empty or has brackets itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final
from urllib.parse import parse_qsl

from schemathesis import Case, Response

from .proofs import body_schema, kept_contract

_FORM: Final = "application/x-www-form-urlencoded"
_PARTS: Final = "multipart/form-data"
_ARROW: Final = " -> "
_TOLD: Final = re.compile(
    r"Invalid component: (?:in body - )?(?P<path>[^\n:]+?)"
    r"(?:: (?:Incorrect type|Invalid enum value)| -> Missing required property: [^\n]+)$",
    re.MULTILINE | re.IGNORECASE,
)
_VIOLATED: Final = re.compile(
    r"in body - violates `(?:type|enum|required)` at (?P<pointer>/properties/\S+)", re.IGNORECASE
)
_COMPONENTS: Final = "#/components/schemas/"


def is_spelled_right(message: str, case: Case[Any], response: Response) -> bool:
    """Whether what *message* blames in the form of *case* was not sent, or was sent as one item of an array spells.

    A value in brackets of which nothing is sent is not there at all.
    """
    blamed = _blamed(message)
    if not isinstance(case.body, dict) or not blamed:
        return False
    if case.media_type == _PARTS:  # an object that is a part of its own is one item, too
        parts = ((name, value) for name, value in case.body.items() if is_told(blamed[0], name))
        is_item = (
            isinstance(value, str | int | float | dict) and _may_be_array(case, (name,)) for name, value in parts
        )
        return len(blamed) == 1 and any(is_item)
    if case.media_type != _FORM:
        return False
    sent = _sent_names(response)
    for name in (each for each in case.body if is_told(blamed[0], each)):
        found, steps = case.body[name], blamed[1:]
        for step in steps:
            found = found.get(step) if isinstance(found, dict) else None
        if found in ({}, []) and name not in sent:
            return True
        if isinstance(found, str | int | float) and _may_be_array(case, (name, *steps)):
            return True
    return False


def is_unspelled(case: Case[Any], response: Response) -> bool:
    """Whether a part of the form of *case* has no spelling of its own, so that another value arrived."""
    if case.media_type != _FORM or not isinstance(case.body, dict):
        return False
    sent = _sent_names(response)  # as one value, an object is sent in JSON, which loses nothing
    return any(_has_no_spelling(value) for name, value in case.body.items() if name not in sent)


def _has_no_spelling(value: Any) -> bool:
    match value:
        case dict():
            names_fit = all(name and not {"[", "]"} & set(name) for name in value)
            return not value or not names_fit or any(map(_has_no_spelling, value.values()))
        case list():
            return not value or any(map(_has_no_spelling, value))
        case _:
            return value is None


def _sent_names(response: Response) -> frozenset[str]:
    body = response.request.body
    text = body.decode("utf-8", "replace") if isinstance(body, bytes) else str(body or "")
    return frozenset(name for name, _ in parse_qsl(text, keep_blank_values=True))


def _blamed(message: str) -> tuple[str, ...]:
    """Return the names that lead to what *message* blames in a body; none where it blames something else."""
    if (found := _TOLD.search(message)) is not None:
        return tuple(found["path"].split(_ARROW))
    if (found := _VIOLATED.search(message)) is None:
        return ()
    steps = iter(found["pointer"].split("/")[1:])
    return tuple(next(steps, "").replace("~1", "/").replace("~0", "~") for step in steps if step == "properties")


def is_told(told: str, name: str) -> bool:
    """Whether schemathesis means *name* by *told*: it makes the first letter of a description small."""
    return told in {name, name[:1].lower() + name[1:]}


def _may_be_array(case: Case[Any], steps: tuple[str, ...]) -> bool:
    """Whether the schema that *steps*, names of properties, lead to allows an array."""
    schemas = [*_said(body_schema(case.operation.path, case.operation.method.lower(), str(case.media_type)))]
    for step in steps:
        schemas = [found for each in schemas for found in _said(each.get("properties", {}).get(step))]
    return any("array" in (kinds if isinstance(kinds := each.get("type"), list) else [kinds]) for each in schemas)


def _said(schema: Any) -> Iterator[Mapping[str, Any]]:
    """Yield *schema* and what it says by references and branches, each once: they may lead back to it."""
    named = kept_contract().get("components", {}).get("schemas", {})
    waiting, seen = [schema], set[int]()
    while waiting:
        each = waiting.pop()
        if not isinstance(each, dict) or id(each) in seen:
            continue
        seen.add(id(each))
        yield each
        waiting.append(named.get(str(each.get("$ref", "")).removeprefix(_COMPONENTS)))
        waiting.extend(branch for keyword in ("allOf", "anyOf", "oneOf") for branch in each.get(keyword, ()))
