"""What is remembered of an operation is remembered of that one only."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from typing import Any

import pytest

from apictl.contract.operation import Header, MediaType, Operation, Parameter, ParameterLocation, RequestBody, Response
from apictl.pages.memory import Memory
from apictl.pages.python.remembering import remembering
from apictl.pages.python.spell import spell
from apictl.pages.python.spelling import SpelledContract
from apictl.pages.python.types import MapOf
from tests.pages.python.contracts import PLACE, contract

_DECLARED = (Operation, Parameter, Header, MediaType, Response)


def _operation() -> Operation:
    text = MediaType("application/json", {"type": "array", "items": {"type": "string"}}, PLACE)
    events = MediaType("text/event-stream", None, PLACE, item_schema={"type": "string"})
    return Operation(
        "listPets",
        "POST",
        "/pets",
        PLACE,
        parameters=(Parameter("page", ParameterLocation.QUERY, {"type": "integer"}, PLACE),),
        request_body=RequestBody((text,), PLACE),
        responses=(
            Response("200", PLACE, contents=(text, events), headers=(Header("X-Count", {"type": "integer"}, PLACE),)),
            Response("404", PLACE, contents=(text,)),
        ),
    )


def _spelled() -> SpelledContract:
    return spell(contract(_operation()))


def _changed(value: Any, *steps: str) -> Iterator[tuple[str, Any]]:
    """Yield *value* with another value in one place within it, for each place that is not the document's own."""
    if isinstance(value, _DECLARED) or value == ():
        return
    if isinstance(value, tuple) and any(map(dataclasses.is_dataclass, value)):
        for index, each in enumerate(value):
            for where, other in _changed(each, *steps, str(index)):
                yield where, (*value[:index], other, *value[index + 1 :])
    elif dataclasses.is_dataclass(value) and not isinstance(value, type) and "type" not in steps[-1:]:
        for field in dataclasses.fields(value):
            for where, other in _changed(getattr(value, field.name), *steps, field.name):
                yield where, dataclasses.replace(value, **{field.name: other})
    else:
        yield "/".join(steps), MapOf(value) if steps[-1:] == ("type",) else ["another", value]


def _key(whole: SpelledContract, operation: Any) -> str:
    (group,) = whole.groups
    other = dataclasses.replace(whole, groups=(dataclasses.replace(group, operations=(operation,)),))
    return remembering(other, Memory()).keys["listPets"]


def test_whatever_is_spelled_otherwise_is_another_operation() -> None:
    whole = _spelled()
    (operation,) = whole.operations
    others = dict(_changed(operation))
    assert {"function", "parameters/0/annotation", "answers/0/body/contents/1/item", "body/contents/0/type"} <= {
        *others
    }

    keys = {where: _key(whole, other) for where, other in others.items()}

    assert len({_key(whole, operation), *keys.values()}) == len(keys) + 1


@pytest.mark.parametrize(
    "change",
    [
        {"summary": "Another."},
        {"responses": (Response("200", PLACE),)},
        {"parameters": ()},
        {"is_deprecated": True},
    ],
)
def test_whatever_is_declared_otherwise_is_another_operation(change: dict[str, Any]) -> None:
    whole = _spelled()
    (operation,) = whole.operations
    other = dataclasses.replace(operation, operation=dataclasses.replace(operation.operation, **change))

    assert _key(whole, other) != _key(whole, operation)


def test_the_same_operation_is_remembered_as_the_same() -> None:
    whole, again = _spelled(), _spelled()

    assert _key(whole, whole.operations[0]) == _key(again, again.operations[0])
