"""What contract tests know of forms: some values have no spelling, and some share one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import urlencode

import pytest

from apictl.support.contract_testing import proofs
from apictl.support.contract_testing.spelled_forms import is_spelled_right, is_unspelled

FILES: dict[str, Any] = {"type": "object", "properties": {"files": {"type": "array"}, "note": {"type": "string"}}}
SCHEMA: dict[str, Any] = {
    "properties": {
        "documents": {"anyOf": [{"$ref": "#/components/schemas/Documents"}, {"enum": [""]}]},
        "aliases": {"anyOf": [{"type": "array"}, {"enum": [""]}]},
        "transfer": {"type": "object", "properties": {"eu": {"type": "object", "required": ["country"]}}},
        "note": {"type": "string"},
    }
}
CONTRACT: dict[str, Any] = {
    "paths": {
        "/a": {
            "post": {
                "requestBody": {
                    "content": {
                        "application/x-www-form-urlencoded": {"schema": SCHEMA},
                        "multipart/form-data": {"schema": {"anyOf": [SCHEMA, {"type": "object"}]}},
                    }
                }
            }
        }
    },
    "components": {"schemas": {"Documents": {"properties": {"visa": FILES}}}},
}


@pytest.fixture(autouse=True)
def _contract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(proofs, "kept_contract", lambda: CONTRACT)
    monkeypatch.setattr("apictl.support.contract_testing.spelled_forms.kept_contract", lambda: CONTRACT)


def _case(body: object, media_type: str = "application/x-www-form-urlencoded") -> Any:
    operation = SimpleNamespace(path="/a", method="POST")
    return cast("Any", SimpleNamespace(body=body, media_type=media_type, operation=operation))


def _sent(*pairs: tuple[str, str]) -> Any:
    return cast("Any", SimpleNamespace(request=SimpleNamespace(body=urlencode(pairs))))


@pytest.mark.parametrize(
    "told, body, is_right",
    [
        ("in body - documents -> visa -> files: Incorrect type", {"documents": {"visa": {"files": True}}}, True),
        ("in body - documents -> visa -> files: Incorrect type", {"documents": {"visa": {"files": {"a": 1}}}}, False),
        ("in body - documents -> visa -> note: Incorrect type", {"documents": {"visa": {"note": 1}}}, False),
        ("in body - documents -> visa: Incorrect type", {"documents": {"visa": True}}, False),
        ("in body - aliases: Invalid enum value", {"aliases": -5}, True),
        ("in body - note: Invalid enum value", {"note": -5}, False),
        ("transfer -> eu -> Missing required property: country", {"transfer": {"type": "eu", "eu": {}}}, True),
        ("transfer -> eu -> Missing required property: country", {"transfer": {"eu": {"other": 1}}}, False),
        (
            "in body - violates `type` at /properties/documents/anyOf/0/properties/visa/properties/files",
            {"documents": {"visa": {"files": 5}}},
            True,
        ),
        ("in body - violates `maxLength` at /properties/aliases", {"aliases": 5}, False),
        ("in query - aliases: Incorrect type", {"aliases": 5}, False),
    ],
)
def test_one_value_in_brackets_spells_an_array_and_an_empty_object_nothing(
    told: str, body: object, *, is_right: bool
) -> None:
    message = f"Invalid data should have been rejected\nInvalid component: {told}"

    assert is_spelled_right(message, _case(body), _sent(("a[b]", "c"))) is is_right


@pytest.mark.parametrize(
    "body, is_right",
    [
        ({"aliases": {}}, True),
        ({"aliases": 1}, True),
        ({"aliases": None}, False),
        ({"note": {}, "aliases": []}, False),
    ],
)
def test_an_object_that_is_a_part_of_its_own_spells_an_array_of_it(body: object, *, is_right: bool) -> None:
    told = "Invalid component: in body - aliases: Incorrect type"

    assert is_spelled_right(told, _case(body, "multipart/form-data"), _sent()) is is_right


def test_an_empty_object_that_was_sent_in_json_is_there() -> None:
    told = "Invalid component: transfer -> Missing required property: eu"

    assert not is_spelled_right(told, _case({"transfer": {}}), _sent(("transfer", "{}")))
    assert is_spelled_right(told, _case({"transfer": {}}), _sent())


@pytest.mark.parametrize(
    "body, is_lost",
    [
        ({"a": {"b": {}}}, True),
        ({"a": {"b": [[]]}}, True),
        ({"a": {"b": None}}, True),
        ({"a": {"": "c"}}, True),
        ({"a": {"b[": "c"}}, True),
        ({"a": {"b": ["c", 1, False]}}, False),
        ({"sent": {"b": {}}}, False),
        ([], False),
    ],
)
def test_some_nested_values_have_no_spelling(body: object, *, is_lost: bool) -> None:
    assert is_unspelled(_case(body), _sent(("sent", '{"b": {}}'))) is is_lost


def test_schemas_that_lead_back_to_each_other_are_looked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    circle = {"anyOf": [{"$ref": "#/components/schemas/Circle"} for _ in range(20)] + [{"type": "array"}]}
    monkeypatch.setitem(CONTRACT["components"]["schemas"], "Circle", circle)
    monkeypatch.setitem(SCHEMA["properties"], "circle", {"$ref": "#/components/schemas/Circle"})

    assert is_spelled_right("Invalid component: in body - circle: Incorrect type", _case({"circle": 1}), _sent())
    assert not is_spelled_right("Invalid component: in body - note: Incorrect type", _case({"note": 1}), _sent())
