"""Which bodies are right after all, whatever schemathesis says of them."""

from __future__ import annotations

from enum import Enum
from types import SimpleNamespace
from typing import Any, cast

import pytest

from apictl.support.contract_testing import proofs

ITEM = {"oneOf": [{"$ref": "#/components/schemas/Call"}, {"$ref": "#/components/schemas/Reference"}]}
CALL = {"type": "object", "required": ["id", "call"], "properties": {"type": {"const": "call"}}}
REFERENCE = {
    "type": "object",
    "required": ["id"],
    "properties": {"type": {"anyOf": [{"const": "r"}, {"type": "null"}]}},
}


class _Part(Enum):
    BODY = "body"
    QUERY = "query"


def _contract(version: str) -> dict[str, Any]:
    form = {"type": "object", "properties": {"at": {"format": "date-time"}, "item": ITEM}}
    contents = {
        "application/json": {"schema": {"type": "array", "items": ITEM}},
        "multipart/form-data": {"schema": form},
    }
    body = {"content": contents}
    return {
        "openapi": version,
        "paths": {"/items": {"post": {"requestBody": {"$ref": "#/components/requestBodies/Items"}}}},
        "components": {"requestBodies": {"Items": body}, "schemas": {"Call": CALL, "Reference": REFERENCE}},
    }


def _judged(
    monkeypatch: pytest.MonkeyPatch, sent: Any, *, wrong: tuple[str, ...] = ("body",), version: str = "3.1.0"
) -> tuple[bool, bool]:
    """Return whether *sent*, the bytes of JSON or the value of a form, is right after all, and whether it is wrong."""
    parts = {part: SimpleNamespace(mode=SimpleNamespace(is_negative=part.value in wrong)) for part in _Part}
    case = SimpleNamespace(
        meta=SimpleNamespace(components=parts),
        operation=SimpleNamespace(path="/items", method="POST"),
        body=sent,
    )
    content_type = "application/json; charset=utf-8" if isinstance(sent, bytes) else "multipart/form-data; boundary=b"
    wire = sent if isinstance(sent, bytes) else b"--b--"
    response = SimpleNamespace(request=SimpleNamespace(headers={"content-type": content_type}, body=wire))
    proofs._validator.cache_clear()
    monkeypatch.setattr(proofs, "kept_contract", lambda: _contract(version))
    exchange = cast("Any", case), cast("Any", response)
    return proofs.is_right_after_all(*exchange), proofs.is_wrong_after_all(*exchange)


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
        ({"item": {"id": "1", "type": 5}}, (False, True)),
        ({"at": b"file"}, (False, False)),
    ],
)
def test_a_form_is_judged_as_it_was_made(
    monkeypatch: pytest.MonkeyPatch, sent: dict[str, Any], verdict: tuple[bool, bool]
) -> None:
    assert _judged(monkeypatch, sent) == verdict


def test_a_right_body_excuses_no_wrong_parameter(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _judged(monkeypatch, b"[]", wrong=("body", "query")) == (False, False)


def test_schemas_before_3_1_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _judged(monkeypatch, b"[]", version="3.0.3") == (False, False)
