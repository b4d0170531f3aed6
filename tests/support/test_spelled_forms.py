"""What contract tests know of forms in parts: some values leave none, and one part may be one of an array."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from apictl.support.contract_testing import proofs
from apictl.support.contract_testing.spelled_forms import is_one_part, is_without_parts

SCHEMA: dict[str, Any] = {
    "properties": {
        "aliases": {"anyOf": [{"type": "array"}, {"enum": [""]}]},
        "transfer": {"type": "object", "properties": {"tags": {"type": "array"}}},
        "note": {"type": "string"},
        "Tags": {"type": ["array", "null"]},
    }
}
CONTENT = {"multipart/form-data": {"schema": {"anyOf": [SCHEMA, {"type": "object"}]}}}
CONTRACT: dict[str, Any] = {
    "paths": {"/a": {"post": {"requestBody": {"content": CONTENT}}}},
    "components": {"schemas": {}},
}


@pytest.fixture(autouse=True)
def _contract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "kept_contract", lambda: CONTRACT)


def _case(body: object, media_type: str = "multipart/form-data") -> Any:
    operation = SimpleNamespace(path="/a", method="POST")
    return cast("Any", SimpleNamespace(body=body, media_type=media_type, operation=operation))


@pytest.mark.parametrize(
    "told, body, is_right",
    [
        ("in body - aliases: Incorrect type", {"aliases": {}}, True),
        ("in body - aliases: Incorrect type", {"aliases": 1}, True),
        ("in body - aliases: Incorrect type", {"aliases": None}, True),
        ("in body - aliases: Incorrect type", {"note": {}, "aliases": []}, False),
        ("in body - aliases: Invalid enum value", {"aliases": -5}, True),
        ("in body - note: Invalid enum value", {"note": -5}, False),
        ("in body - violates `maxLength` at /properties/aliases", {"aliases": 5}, False),
        ("in query - aliases: Incorrect type", {"aliases": 5}, False),
        ("in body - tags: Incorrect type", {"Tags": 1.5}, True),
        ("in body - tags: Incorrect type", {"Tags": {}}, True),
        ("in body - violates `type` at /properties/Tags (was array)", {"Tags": "a"}, True),
        ("in body - tags: Incorrect type", {"Tags": ["a"]}, False),
        ("in body - note: Incorrect type", {"Tags": "a", "note": 1}, False),
        ("in body - transfer -> tags: Incorrect type", {"transfer": {"tags": 1}}, False),
        ("in body - aliases: Incorrect type", [], False),
    ],
)
def test_one_part_may_be_one_of_an_array(told: str, body: object, *, is_right: bool) -> None:
    message = f"Invalid data should have been rejected\nInvalid component: {told}"

    assert is_one_part(message, _case(body)) is is_right


@pytest.mark.parametrize(
    "media_type, body, is_lost",
    [
        ("multipart/form-data", {"Tags": []}, True),
        ("application/x-www-form-urlencoded", {"Tags": []}, False),
        ("multipart/form-data", {"Tags": ["a"], "note": {"empty": []}}, False),
        ("application/json", {"Tags": []}, False),
        ("multipart/form-data", [], False),
    ],
)
def test_for_an_array_of_no_items_no_part_is_sent(media_type: str, body: object, *, is_lost: bool) -> None:
    assert is_without_parts(_case(body, media_type)) is is_lost


def test_one_value_in_json_is_no_array() -> None:
    assert not is_one_part(
        "Invalid component: in body - tags: Incorrect type", _case({"Tags": "a"}, "application/json")
    )


def test_schemas_that_lead_back_to_each_other_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    circle = {"anyOf": [{"$ref": "#/components/schemas/Circle"} for _ in range(20)] + [{"type": "array"}]}
    monkeypatch.setitem(CONTRACT["components"]["schemas"], "Circle", circle)
    monkeypatch.setitem(SCHEMA["properties"], "circle", {"$ref": "#/components/schemas/Circle"})

    assert is_one_part("Invalid component: in body - circle: Incorrect type", _case({"circle": 1}))
    assert not is_one_part("Invalid component: in body - note: Incorrect type", _case({"note": 1}))
