"""Values of parameters that can be written, and would arrive as others: they are not sent."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from .brackets import owns
from .declarations import Parameter
from .documents import is_form
from .faults import naming
from .judge import Judge
from .readings import Reading, guide_by, value_of


def refuse_lost(
    parameter: Parameter, value: list[Any] | dict[str, Any], judge: Judge, others: Iterable[Parameter]
) -> None:
    """Refuse the JSON value *value* of *parameter* when it would arrive as another, or be taken for one of *others*.

    Raises:
        ValueError: it would.
    """
    if parameter.media_type is not None and not is_form(parameter.media_type):
        return
    with naming(parameter):
        if parameter.style == "deepObject":
            _refuse_nulls(value)
            return
        if value == []:
            _refuse_emptiness(parameter, judge)
        _refuse_nulls_among_texts(parameter, value, judge)
        if isinstance(value, dict) and parameter.explode and parameter.location in {"query", "cookie"}:
            _refuse_claimed_names(parameter, value, others)


def _refuse_nulls(value: Any) -> None:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for part in parts:
        if part is None:
            raise ValueError("style deepObject can't carry null; leave the property out")
        _refuse_nulls(part)


def _refuse_emptiness(parameter: Parameter, judge: Judge) -> None:
    # It is written as an empty text, which is read as whatever the contract accepts.
    read = value_of(Reading(text="", items=()), (judge.schema(parameter.schema),), guide_by(judge))
    if read != []:
        raise ValueError(f"an empty array would arrive as {read!r}")


def _refuse_nulls_among_texts(parameter: Parameter, value: list[Any] | dict[str, Any], judge: Judge) -> None:
    # Deeper ones are safe: what is inside of an item or property is a JSON document.
    items = value.items() if isinstance(value, dict) else enumerate(value)
    lost = [key for key, item in items if item is None]
    if not lost:
        return
    guide = guide_by(judge)
    for branch in guide.branches((judge.schema(parameter.schema),)):
        for key in lost:
            inner = guide.member(branch, key) if isinstance(key, str) else guide.item(branch, key)
            if guide.allows(inner, "string"):
                raise ValueError(f"null at {key!r} would arrive as the text 'null'")


def _refuse_claimed_names(parameter: Parameter, value: dict[str, Any], others: Iterable[Parameter]) -> None:
    for other in others:
        if other is parameter or other.location != parameter.location:
            continue
        is_deep = other.media_type is None and other.style == "deepObject"
        for name in value:
            if owns(other.name, name) if is_deep else other.name == name:
                raise ValueError(f"the property {name!r} is the name of another parameter")
