"""Forms as their encodings say, written from the specification and not by what is tested."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from apictl.contract.operation import Encoding, MediaType, RequestBody, Style
from apictl.contract.schema import JsonValue, Schema
from tests.emitters.contract_tests.contracts import PLACE, operation
from tests.emitters.contract_tests.test_cases import entry

FORM = "application/x-www-form-urlencoded"


def _valid(schema: JsonValue, encoding: Encoding | None) -> Any:
    """Return the valid request of an operation that takes *schema* as the property `scope` of a form."""
    form: Schema = {"type": "object", "required": ["scope"], "properties": {"scope": schema}}
    media = MediaType(FORM, form, PLACE, encodings={} if encoding is None else {"scope": encoding})
    single = dataclasses.replace(operation(), request_body=RequestBody((media,), PLACE, is_required=True))
    return entry(single)["valid"]


def _const(value: JsonValue) -> JsonValue:
    return {"const": value}


DEEP = Encoding(style=Style.DEEP_OBJECT)


@pytest.mark.parametrize(
    "value, encoding, text",
    [
        ({"type": "account"}, DEEP, "scope%5Btype%5D=account"),
        ({"by": {"id": 1, "no": None}}, DEEP, "scope%5Bby%5D%5Bid%5D=1"),
        (["a", "b"], DEEP, "scope%5B%5D=a&scope%5B%5D=b"),
        ([{"id": 1}], DEEP, "scope%5B0%5D%5Bid%5D=1"),
        ({"type": "account"}, Encoding(style=Style.FORM), "type=account"),
        ({"type": "account"}, None, "scope=%7B%22type%22%3A+%22account%22%7D"),
    ],
)
def test_objects_of_a_form_are_written_as_their_encoding_says(
    value: JsonValue, encoding: Encoding | None, text: str
) -> None:
    assert _valid(_const(value), encoding)["body"] == {"text": text}


@pytest.mark.parametrize("value", [{}, [], [""], {"by": {}}])
def test_what_brackets_cannot_say_is_no_request(value: JsonValue) -> None:
    assert _valid(_const(value), DEEP) is None


def test_a_body_with_more_in_it_is_taken_where_the_plainest_cannot_be_said() -> None:
    scope: JsonValue = {"type": "object", "properties": {"id": {"const": 7}}, "additionalProperties": False}

    assert _valid(scope, DEEP)["body"] == {"text": "scope%5Bid%5D=7"}
