"""What only the newest or the oldest version of OpenAPI writes on the wire."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.support.alphabets import FORM
from apictl.support.declarations import Operation, Parameter, Part
from apictl.support.forms import Form, read_form, write_field
from apictl.support.judge import Judge
from apictl.support.multipart import read_multipart
from apictl.support.parameters import RawRequest, decode_parameters, encode_parameters
from apictl.support.readings import guide_by, value_of

OBJECT = {
    "type": "object",
    "properties": {"a": {"type": "integer"}, "b": {"type": "array", "items": {"type": "string"}}},
}
CLOSED = OBJECT | {"additionalProperties": False}
URLENCODED = "application/x-www-form-urlencoded"


def operation(parameter: Parameter) -> Operation[None]:
    return Operation("read", "GET", "/", "read", (), (parameter,))


def whole(media_type: str, *, is_required: bool = True) -> Operation[None]:
    return operation(Parameter("q", "q", "querystring", "S", Any, is_required=is_required, media_type=media_type))


@pytest.mark.parametrize(
    "media_type,value,query",
    [
        ("application/json", {"a": 1}, "%7B%22a%22%3A1%7D"),
        (
            "application/json",
            {"a": 1, "b": ["x&y", "="]},
            "%7B%22a%22%3A1%2C%22b%22%3A%5B%22x%26y%22%2C%22%3D%22%5D%7D",
        ),
        (URLENCODED, {"a": 1, "b": ["x&y", "="]}, "a=1&b=x%26y&b=%3D"),
        (URLENCODED, {}, ""),
    ],
)
def test_whole_query_is_one_document_without_a_name(media_type: str, value: Any, query: str) -> None:
    judge = Judge.of({"S": CLOSED})

    sent = encode_parameters(whole(media_type), {"q": value}, judge)
    decoded = decode_parameters(whole(media_type), RawRequest({}, sent.query, []), judge)

    assert sent.query == query
    assert (decoded.values, decoded.refusals) == ({"q": value}, ())


@pytest.mark.parametrize(
    "media_type,query,message",
    [
        ("application/json", "a=1", "is no JSON"),
        ("application/json", "%FF", "holds bytes that are no UTF-8"),
        ("application/json", "%7B%22c%22%3A1%7D", "'c'"),
        (URLENCODED, "a=1&c=2", "'c'"),
        (URLENCODED, "a=x", "/a"),
    ],
)
def test_whole_query_that_breaks_its_schema_is_refused(media_type: str, query: str, message: str) -> None:
    decoded = decode_parameters(whole(media_type), RawRequest({}, query, []), Judge.of({"S": CLOSED}))

    (refusal,) = decoded.refusals
    assert message in refusal.message.replace('"', "'")


def test_whole_query_that_is_not_given_is_none_or_missing() -> None:
    judge = Judge.of({"S": OBJECT | {"required": ["a"]}})

    optional = decode_parameters(whole("application/json", is_required=False), RawRequest({}, "", []), judge)
    required = decode_parameters(whole(URLENCODED), RawRequest({}, "", []), judge)

    assert (optional.values, optional.refusals) == ({"q": None}, ())
    assert [refusal.message for refusal in required.refusals] == ["is required"]


@pytest.mark.parametrize(
    "explode,value,header",
    [(True, "a%41+b", "c=a%41+b"), (True, ["x", "y%2C"], "c=x; c=y%2C"), (False, ["x", "y"], "c=x,y")],
)
def test_style_cookie_escapes_nothing(*, explode: bool, value: Any, header: str) -> None:
    called = operation(Parameter("c", "c", "cookie", "S", Any, style="cookie", explode=explode))
    kind = {"type": "array", "items": {"type": "string"}} if isinstance(value, list) else {"type": "string"}
    judge = Judge.of({"S": kind})

    sent = encode_parameters(called, {"c": value}, judge)
    decoded = decode_parameters(called, RawRequest({}, "", list(sent.headers)), judge)

    assert sent.headers == (("Cookie", header),)
    assert decoded.values == {"c": value}


@pytest.mark.parametrize("value", ["a b", "a;b", 'a"b', "a\\b", "é", "a\r\nSet-Cookie: x"])
def test_style_cookie_carries_nothing_that_would_end_the_cookie(value: str) -> None:
    called = operation(Parameter("c", "c", "cookie", "S", Any, style="cookie"))

    with pytest.raises(ValueError, match="holds what no cookie can"):
        encode_parameters(called, {"c": value}, Judge.of({}))


@pytest.mark.parametrize("raw", [b"ids=a%2Cb", b"ids=a,b"])
def test_joined_items_of_a_field_are_told_apart_after_it_is_unescaped(raw: bytes) -> None:
    schema = {"type": "object", "properties": {"ids": {"type": "array", "items": {"type": "string"}}}}
    part = Part(style="simple", explode=False)
    guide = guide_by(Judge.of({"S": schema}))

    reading = read_form(raw, Form({"ids": part}, (schema,), guide))

    assert value_of(reading, (schema,), guide) == {"ids": ["a", "b"]}
    assert write_field("ids", ["a", "b"], part, FORM) == (("ids", "a%2Cb"),)


def test_joined_items_hold_no_delimiter() -> None:
    with pytest.raises(ValueError, match="has the delimiter ','"):
        write_field("ids", ["a,b"], Part(style="simple", explode=False), FORM)


def test_part_with_an_empty_name_stands_for_no_property() -> None:
    schema = {"type": "object", "properties": {"file": {"type": "string"}}, "required": ["file"]}
    guide = guide_by(Judge.of({"S": schema}))
    raw = b'--B\r\nContent-Disposition: form-data; name=""\r\n\r\nx\r\n--B--\r\n'

    reading = read_multipart(raw, "B", Form({}, (schema,), guide))

    assert value_of(reading, (schema,), guide) == {"": "x"}
