"""What contract tests know of forms: what was sent is read back, and may be right after all."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote

import pytest

from apictl.support.contract_testing import proofs
from apictl.support.contract_testing.read_forms import is_form_right

FILES: dict[str, Any] = {"type": "object", "properties": {"files": {"type": "array", "items": {"type": "string"}}}}
INTEGERS: dict[str, Any] = {"type": "array", "items": {"type": "integer"}}
SCHEMA: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "documents": {"anyOf": [{"$ref": "#/components/schemas/Documents"}, {"enum": [""]}]},
        "aliases": {"anyOf": [INTEGERS, {"enum": [""]}]},
        "metadata": {"type": "object", "additionalProperties": {"type": "string"}},
        "transfer": {"type": "object", "properties": {"eu": {"type": "object", "required": ["country"]}}},
        "count": {"type": "integer"},
        "expand[]": INTEGERS,
        "few": INTEGERS,
    },
}


def _verdict(
    monkeypatch: pytest.MonkeyPatch, body: str | bytes | None, schema: Any = SCHEMA, **encoding: Any
) -> bool | None:
    content = {"application/x-www-form-urlencoded": {"schema": schema, "encoding": encoding}}
    contract = {
        "paths": {"/a": {"post": {"requestBody": {"content": content}}}},
        "components": {"schemas": {"Documents": {"type": "object", "properties": {"visa": FILES}}}},
    }
    monkeypatch.setattr(proofs, "kept_contract", lambda: contract)
    proofs._compiled.cache_clear()
    operation = SimpleNamespace(path="/a", method="POST")
    case = SimpleNamespace(media_type="application/x-www-form-urlencoded", operation=operation)
    return is_form_right(cast("Any", case), cast("Any", SimpleNamespace(request=SimpleNamespace(body=body))))


@pytest.mark.parametrize(
    "body, is_right",
    [
        ("documents[visa][files]=a", True),
        ("documents[visa][files][]=a&documents[visa][files][]=b", True),
        ("documents[visa]=true", False),
        ("documents=", True),
        ("aliases=-5", True),
        ("aliases=-5&aliases=6", True),
        ("aliases=x", False),
        ("metadata[]=-1.6e%2B16&metadata[:a]=null", True),
        ("metadata[a][b]=1", False),
        ("transfer[type]=eu", True),
        ("transfer[eu][other]=1", False),
        ("transfer=%7B%22eu%22%3A%7B%7D%7D", False),
        ("count=1", True),
        ("count=1.0&aliases=", True),
        ("count=true", False),
        ("count=1&count=2", False),
        ("expand[]=1&expand[]=2", True),
        ("expand[]=x", False),
        ("undeclared=1", False),
        ("undeclared[=1", False),
        ("", True),
        (None, True),
        (b"count=1", True),
        (b"count=%FF\xff", False),
    ],
)
def test_a_form_is_right_where_it_has_a_meaning_that_is_accepted(
    monkeypatch: pytest.MonkeyPatch, body: str | bytes | None, *, is_right: bool
) -> None:
    sent = quote(body, safe="=&%[]") if isinstance(body, str) else body

    assert _verdict(monkeypatch, sent) is is_right


def test_items_stand_between_delimiters_where_the_encoding_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _verdict(monkeypatch, "few=1,2", few={"explode": False}) is True
    assert _verdict(monkeypatch, "few=1%202", few={"style": "spaceDelimited"}) is True
    assert _verdict(monkeypatch, "few=1,2") is False


def test_nothing_but_brackets_nests_a_deep_object(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = {"style": "deepObject", "explode": True}

    assert _verdict(monkeypatch, "transfer=%7B%22eu%22%3A%7B%22country%22%3A1%7D%7D") is True
    assert _verdict(monkeypatch, "transfer=%7B%22eu%22%3A%7B%22country%22%3A1%7D%7D", transfer=deep) is False
    assert _verdict(monkeypatch, "transfer[eu]=%7B%22country%22%3A1%7D") is False
    assert _verdict(monkeypatch, "transfer[eu][country]=1", transfer=deep) is True


def test_values_of_which_nothing_is_said_are_not_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "&".join(f"free{number}={number}" for number in range(40))
    schema = {"type": "object", "required": ["count"], "properties": {"count": {"type": "integer"}}}

    assert _verdict(monkeypatch, many, schema) is False
    assert _verdict(monkeypatch, f"{many}&count=1", schema) is True


def test_unions_are_read_by_their_branches(monkeypatch: pytest.MonkeyPatch) -> None:
    item = {"type": "object", "required": ["prices"], "properties": {"prices": INTEGERS, "on": {"type": "boolean"}}}
    products = {"anyOf": [{"type": "array", "items": item}, {"type": "string", "enum": [""]}]}
    schema = {"type": "object", "properties": {"products": products}}
    many = "&".join(f"products[{number}][prices][]=1&products[{number}][on]=true" for number in range(20))

    assert _verdict(monkeypatch, many, schema) is True
    assert _verdict(monkeypatch, f"{many}&products[20][on]=", schema) is False


def test_too_many_meanings_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "&".join(f"free{number}={number}" for number in range(40))
    even = {"type": "object", "maxProperties": 3, "additionalProperties": {"type": ["string", "integer"]}}

    assert _verdict(monkeypatch, many, even) is None


def test_a_body_that_is_no_form_or_has_no_schema_is_not_judged(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _verdict(monkeypatch, "count=x", {"$ref": "#/nowhere"}) is None
