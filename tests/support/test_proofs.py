"""Which bodies are right after all, whatever schemathesis says of them."""

from __future__ import annotations

import copy
from types import SimpleNamespace
from typing import Any, cast

import pytest

from apictl.support.contract_testing import proofs
from apictl.support.contract_testing.json_schemas import say_in_json_schema

NULL = {"type": "null"}
ITEM = {"oneOf": [{"$ref": "#/components/schemas/Call"}, {"$ref": "#/components/schemas/Reference"}]}
CALL = {"type": "object", "required": ["id", "call"], "properties": {"type": {"const": "call"}}}
REFERENCE = {
    "type": "object",
    "required": ["id"],
    "properties": {"type": {"anyOf": [{"const": "r"}, {"type": "null"}]}},
}


def _contract() -> dict[str, Any]:
    form = {
        "type": "object",
        "properties": {"at": {"format": "date-time"}, "item": ITEM, "price": {"format": "decimal"}},
    }
    contents = {
        "application/json": {"schema": {"type": "array", "items": ITEM}},
        "multipart/form-data": {"schema": form},
    }
    body = {"content": contents}
    return {
        "openapi": "3.1.0",
        "paths": {"/items": {"post": {"requestBody": {"$ref": "#/components/requestBodies/Items"}}}},
        "components": {"requestBodies": {"Items": body}, "schemas": {"Call": CALL, "Reference": REFERENCE}},
    }


def _judged(monkeypatch: pytest.MonkeyPatch, sent: Any) -> tuple[bool, bool]:
    """Return whether *sent*, the bytes of JSON or the value of a form, is right after all, and whether it is wrong."""
    case = SimpleNamespace(operation=SimpleNamespace(path="/items", method="POST"), body=sent)
    content_type = "application/json; charset=utf-8" if isinstance(sent, bytes) else "multipart/form-data; boundary=b"
    wire = sent if isinstance(sent, bytes) else b"--b--"
    response = SimpleNamespace(request=SimpleNamespace(headers={"content-type": content_type}, body=wire))
    proofs._compiled.cache_clear()
    monkeypatch.setattr(proofs, "kept_contract", _contract)
    exchange = cast("Any", case), cast("Any", response)
    return proofs.is_body_right(*exchange), proofs.is_body_wrong(*exchange)


def test_what_another_branch_accepts_is_right(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _judged(monkeypatch, b'[{"id": "1", "type": null, "call": 1}]') == (True, False)


@pytest.mark.parametrize("sent", [b'[{"type": null}]', b'[{"id": "1", "type": 5}]', b'[{"id": "1", "call": 1}]'])
def test_what_no_branch_or_more_than_one_accepts_is_wrong(monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    assert _judged(monkeypatch, sent) == (False, True)


@pytest.mark.parametrize("sent", [b"[{", b""])
def test_what_is_no_json_proves_nothing(monkeypatch: pytest.MonkeyPatch, sent: bytes) -> None:
    assert _judged(monkeypatch, sent) == (False, False)


@pytest.mark.parametrize(
    "sent, verdict",
    [
        ({"at": "2026-11-21T00:00:00Z"}, (True, False)),
        ({"at": ""}, (False, True)),
        ({"price": "-1.50"}, (True, False)),
        ({"price": 1.5}, (True, False)),
        ({"price": ""}, (False, True)),
        ({"item": {"id": "1", "type": 5}}, (False, True)),
        ({"at": b"file"}, (False, False)),
    ],
)
def test_a_form_is_judged_as_it_was_made(
    monkeypatch: pytest.MonkeyPatch, sent: dict[str, Any], verdict: tuple[bool, bool]
) -> None:
    assert _judged(monkeypatch, sent) == verdict


@pytest.mark.parametrize(
    "written, said",
    [
        ({"type": "string", "nullable": True}, {"type": ["string", "null"]}),
        ({"type": "string", "nullable": False}, {"type": "string"}),
        ({"minimum": 1, "exclusiveMinimum": True, "maximum": 2}, {"exclusiveMinimum": 1, "maximum": 2}),
        ({"maximum": 2, "exclusiveMaximum": False}, {"maximum": 2}),
        ({"items": [{"type": "string", "nullable": True}]}, {"prefixItems": [{"type": ["string", "null"]}]}),
        ({"$ref": "#/components/schemas/Call", "nullable": True}, {"$ref": "#/components/schemas/Call"}),
        ({"allOf": [{"type": "object"}], "nullable": True}, {"anyOf": [{"allOf": [{"type": "object"}]}, NULL]}),
        ({"properties": {"nullable": {"nullable": True}}}, {"properties": {"nullable": {}}}),
    ],
)
def test_schemas_of_3_0_are_said_in_json_schema(written: dict[str, Any], said: dict[str, Any]) -> None:
    contract = {"openapi": "3.0.3", "components": {"schemas": {"Thing": copy.deepcopy(written)}}}
    newer = {"openapi": "3.1.0", "components": {"schemas": {"Thing": copy.deepcopy(written)}}}

    say_in_json_schema(contract)
    say_in_json_schema(newer)

    assert contract["components"] == {"schemas": {"Thing": said}}
    assert newer["components"] == {"schemas": {"Thing": written}}
