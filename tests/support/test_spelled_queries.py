"""What contract tests know of queries: what was sent is read back by the styles, and may be right after all."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import quote

import pytest

from apictl.support.contract_testing import proofs, spelled_queries
from apictl.support.contract_testing.spelled_queries import is_query_right, is_query_wrong

TEXT = {"type": "string"}
FREE = {"anyOf": [{"$ref": "#/components/schemas/Metadata"}, {"type": "null"}]}
CLOSED = {"type": "object", "additionalProperties": False, "required": ["user"], "properties": {"user": TEXT}}
INTEGERS = {"type": "object", "additionalProperties": {"type": "integer"}}


def _judged(monkeypatch: pytest.MonkeyPatch, query: str, *parameters: Any) -> tuple[bool, bool]:
    """Return whether *query* is right after all, and whether it is wrong, where it is of *parameters*."""
    contract = {
        "paths": {"/a": {"parameters": parameters[:1], "get": {"parameters": [*parameters[1:], *parameters[:1]]}}},
        "components": {"schemas": {"Metadata": {"type": "object", "additionalProperties": TEXT}}},
    }
    case = SimpleNamespace(operation=SimpleNamespace(path="/a", method="GET"))
    response = SimpleNamespace(request=SimpleNamespace(url=f"http://service/a?{query}"))
    for module in (proofs, spelled_queries):
        monkeypatch.setattr(module, "kept_contract", lambda: contract)
    proofs._compiled.cache_clear()
    spelled_queries._parameters.cache_clear()
    exchange = cast("Any", case), cast("Any", response)
    return is_query_right(*exchange), is_query_wrong(*exchange)


def _query(name: str, schema: Any, **fields: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, **fields}


RIGHT, WRONG = (True, False), (False, True)


@pytest.mark.parametrize(
    "query, verdict",
    [
        ("metadata=true", RIGHT),
        ("a=1&b=&%5Bc%5D%5B0%5D=5", RIGHT),
        ("limit=5&metadata=true", RIGHT),
        ("limit=x&metadata=true", WRONG),
        ("", RIGHT),
    ],
)
def test_names_that_nothing_takes_are_properties_of_a_free_object(
    monkeypatch: pytest.MonkeyPatch, query: str, verdict: tuple[bool, bool]
) -> None:
    parameters = _query("metadata", FREE), _query("limit", {"type": "integer"})

    assert _judged(monkeypatch, query, *parameters) == verdict


@pytest.mark.parametrize(
    "query, verdict",
    [("a=1&b=-20", RIGHT), ("a=1&b=c", WRONG), ("a=1&a=2", WRONG), ("metadata=1", RIGHT), ("metadata=x", WRONG)],
)
def test_properties_of_a_free_object_have_its_type(
    monkeypatch: pytest.MonkeyPatch, query: str, verdict: tuple[bool, bool]
) -> None:
    assert _judged(monkeypatch, query, _query("metadata", INTEGERS)) == verdict


@pytest.mark.parametrize(
    "query, verdict",
    [
        ("type=x&user=1", RIGHT),
        ("type=x&user=1&other=2", RIGHT),  # a parameter that nobody declares
        ("type=x", WRONG),
        ("type=x&other=1", WRONG),
        ("user=1", WRONG),
    ],
)
def test_names_that_other_parameters_take_are_no_properties_of_a_closed_object(
    monkeypatch: pytest.MonkeyPatch, query: str, verdict: tuple[bool, bool]
) -> None:
    filtered = _query("filter", {"type": "object", "oneOf": [CLOSED]}, required=True, style="form", explode=True)

    assert _judged(monkeypatch, query, filtered, _query("type", TEXT, required=True)) == verdict


@pytest.mark.parametrize(
    "query, verdict",
    [
        ("", RIGHT),
        ("metadata[a]=-19&metadata[]=1.5", RIGHT),
        ("metadata[a][b]=1", WRONG),
        ("metadata[0][1]=1", WRONG),
        ("metadata=1", WRONG),
        ("metadata=null", RIGHT),
        ("metadata=1&metadata[a]=1", WRONG),
        ("metadata[a[b]=1", WRONG),
        ("metadata[a", WRONG),
        ("metadata" + "[a]" * 20 + "=1", WRONG),
        ("other=1", RIGHT),
    ],
)
def test_a_deep_object_is_read_by_its_brackets(
    monkeypatch: pytest.MonkeyPatch, query: str, verdict: tuple[bool, bool]
) -> None:
    deep = _query("metadata", FREE, style="deepObject", explode=True)

    assert _judged(monkeypatch, quote(query, safe="=&"), deep) == verdict


@pytest.mark.parametrize(
    "query, schema, verdict",
    [
        ("q[a][]=1&q[a][]=2&q[b][1]=x&q[b][0]=y", {"a": {"type": "integer"}, "b": TEXT}, RIGHT),
        ("q[a][]=1&q[a][]=x", {"a": {"type": "integer"}}, WRONG),
        ("q[a]=", {"a": TEXT}, RIGHT),
    ],
)
def test_arrays_stand_within_deep_objects(
    monkeypatch: pytest.MonkeyPatch, query: str, schema: Any, verdict: tuple[bool, bool]
) -> None:
    properties = {name: {"type": "array", "items": each} for name, each in schema.items()}
    deep = _query("q", {"type": "object", "properties": properties}, style="deepObject", required=True)

    assert _judged(monkeypatch, query, deep) == verdict


@pytest.mark.parametrize(
    "query, fields, verdict",
    [
        ("ids=1,2", {"explode": False}, RIGHT),
        ("ids=1%2C2", {"explode": False}, WRONG),
        ("ids=1%202", {"style": "spaceDelimited"}, RIGHT),
        ("ids=1|2", {"style": "pipeDelimited"}, RIGHT),
        ("ids=1&ids=2", {}, RIGHT),
        ("ids=1", {}, RIGHT),
        ("ids=", {}, RIGHT),
        ("ids=1&ids=x", {}, WRONG),
        ("", {"required": True}, WRONG),
        ("&".join(["ids=1"] * 300), {}, RIGHT),
    ],
)
def test_arrays_are_read_by_their_style(
    monkeypatch: pytest.MonkeyPatch, query: str, fields: Any, verdict: tuple[bool, bool]
) -> None:
    ids = _query("ids", {"type": "array", "items": {"type": "integer"}}, **fields)

    assert _judged(monkeypatch, query, ids) == verdict


def test_too_many_meanings_prove_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    even = _query("ids", {"type": "array", "items": {"type": "integer"}, "maxItems": 10})

    assert _judged(monkeypatch, "&".join(["ids=1"] * 30), even) == (False, False)


@pytest.mark.parametrize(
    "query, verdict", [("q=%7B%22user%22%3A%22a%22%7D", RIGHT), ("q=%7B%7D", WRONG), ("q=%7B", WRONG)]
)
def test_a_document_in_a_query_is_json(monkeypatch: pytest.MonkeyPatch, query: str, verdict: tuple[bool, bool]) -> None:
    content = {"name": "q", "in": "query", "content": {"application/json": {"schema": CLOSED}}}
    other = {"name": "q", "in": "query", "content": {"application/xml": {"schema": CLOSED}}}

    assert _judged(monkeypatch, query, content) == verdict
    assert _judged(monkeypatch, query, other) == (False, False)


def test_a_parameter_that_is_the_whole_query_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _judged(monkeypatch, "a=1", _query("a", TEXT) | {"in": "querystring"}) == (False, False)


def test_a_deep_object_is_read_by_its_schema_however_much_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    item = {"type": "object", "properties": {"amount": {"type": "integer"}}}
    deep = _query("items", {"type": "array", "items": item}, style="deepObject", explode=True)

    assert _judged(monkeypatch, "&".join(["items=", "items=null", "items=1"] * 20), deep) == WRONG
    assert _judged(monkeypatch, "&".join(["items[]=", "items[]=1"] * 20), deep) == WRONG
    assert _judged(monkeypatch, "&".join(f"items[{n}][amount]={n}" for n in range(40)), deep) == RIGHT
