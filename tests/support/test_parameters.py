"""What the server makes of parameters, and what it refuses."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from apictl.support.declarations import Header, Operation, Parameter, Style
from apictl.support.judge import Judge, Refused
from apictl.support.matching import PathPattern
from apictl.support.parameters import (
    Decoded,
    RawRequest,
    decode_header_value,
    decode_parameters,
    encode_header_value,
    encode_parameters,
)


def query(parameter: Parameter, text: str, schema: Any) -> Decoded:
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (parameter,))
    return decode_parameters(operation, RawRequest({}, text, []), Judge.of({"S": schema}))


@pytest.mark.parametrize(
    "schema,text,value",
    [
        ({"type": "string"}, "5", "5"),
        ({"type": "string"}, "null", "null"),
        ({"type": "integer"}, "5", 5),
        ({"type": "integer"}, "1.0", 1),
        ({"type": "integer"}, "-0", 0),
        ({"type": "integer"}, "9" * 30, int("9" * 30)),
        ({"type": "number"}, "1e3", 1000),
        ({"type": "boolean"}, "true", True),
        ({"type": ["string", "integer"]}, "5", 5),
        ({"type": ["string", "integer"]}, "007", "007"),
        ({"anyOf": [{"type": "string"}, {"type": "integer"}]}, "5", 5),
        ({"anyOf": [{"type": "string", "pattern": "^x"}, {"type": "integer"}]}, "5", 5),
        ({"type": ["integer", "null"]}, "null", None),
        ({"type": ["string", "null"]}, "null", "null"),
        ({"enum": [1, "a", None]}, "1", 1),
        ({"enum": [1, "a", None]}, "a", "a"),
        ({"const": True}, "true", True),
        ({"const": "true"}, "true", "true"),
        ({"enum": ["1", "2"]}, "1", "1"),
        ({"allOf": [{"type": ["string", "integer"]}, {"type": "string"}]}, "5", "5"),
        ({"oneOf": [{"$ref": "#/$defs/Id"}, {"const": "me"}]}, "5", 5),
        ({"oneOf": [{"$ref": "#/$defs/Id"}, {"const": "me"}]}, "me", "me"),
        ({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}, "a", "a"),
    ],
)
def test_the_schema_tells_what_text_means(schema: Any, text: str, value: Any) -> None:
    parameter = Parameter("q", "q", "query", "S", Any)
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (parameter,))
    judge = Judge.of({"S": schema, "Id": {"type": "integer"}})

    decoded = decode_parameters(operation, RawRequest({}, f"q={text}", []), judge)

    assert decoded.refusals == ()
    assert (decoded.values["q"], type(decoded.values["q"]) is bool) == (value, type(value) is bool)


@pytest.mark.parametrize(
    "schema,text,message",
    [
        ({"type": "integer"}, "q=007", '"007" is not of type "integer"'),
        ({"type": "integer"}, "q=1.5", '1.5 is not of type "integer"'),
        ({"type": "integer"}, "q=%205", '" 5" is not of type "integer"'),
        ({"type": "integer"}, "q=%D9%A3", '"٣" is not of type "integer"'),
        ({"type": "number"}, "q=NaN", '"NaN" is not of type "number"'),
        ({"type": "number"}, "q=1e999", '"1e999" is not of type "number"'),
        ({"type": "boolean"}, "q=True", '"True" is not of type "boolean"'),
        ({"type": "integer", "maximum": 3}, "q=5", "5 is greater than the maximum of 3"),
        ({"type": "integer"}, "q=1&q=2", '["1","2"] is not of type "integer"'),
        ({"type": "string"}, "q=1&q=2", '["1","2"] is not of type "string"'),
        ({"type": "integer"}, "q=", '"" is not of type "integer"'),
        ({"type": "array", "items": {"type": "integer"}}, "q=1&q=x", '/1 "x" is not of type "integer"'),
        ({"type": "array", "minItems": 1, "items": {"type": "integer"}}, "q=", "[] has less than 1 item"),
        ({"type": "string"}, "q=%FF", "holds bytes that are no UTF-8"),
        ({"type": "string"}, "", "is required"),
        ({"type": "string"}, "Q=5", "is required"),
    ],
)
def test_a_refusal_tells_the_reason(schema: Any, text: str, message: str) -> None:
    parameter = Parameter("q", "q", "query", "S", Any, is_required=True)

    decoded = query(parameter, text, schema)

    assert [(refusal.name, refusal.location, refusal.message) for refusal in decoded.refusals] == [
        ("q", "query", message)
    ]


def test_a_list_in_one_text_is_given_once() -> None:
    parameter = Parameter("q", "q", "query", "S", Any, explode=False)

    decoded = query(parameter, "q=a,b&q=c", {"type": "array"})

    assert [refusal.message for refusal in decoded.refusals] == ["is given 2 times"]


def test_unknown_parameters_are_nobodys_business() -> None:
    parameter = Parameter("q", "q", "query", "S", Any)

    assert query(parameter, "x=1&q=a&=&%FF=3", {"type": "string"}) == Decoded({"q": "a"}, ())


def test_an_absent_parameter_has_its_default() -> None:
    day = Parameter("day", "day", "query", "S", dt.date, default="2024-01-31")
    other = Parameter("other", "other", "query", "S", str | None)
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (day, other))

    decoded = decode_parameters(operation, RawRequest({}, "", []), Judge.of({"S": {}}))

    assert decoded.values == {"day": dt.date(2024, 1, 31), "other": None}


def test_what_the_type_cannot_hold_is_refused_and_never_raised() -> None:
    parameter = Parameter("q", "q", "query", "S", dt.date)

    decoded = query(parameter, "q=tomorrow", {"type": "string"})

    assert [refusal.name for refusal in decoded.refusals] == ["q"]


def test_an_exploded_object_takes_only_what_it_declares() -> None:
    parameter = Parameter("filter", "filter", "query", "S", Any)
    schema = {"type": "object", "properties": {"a": {"type": "integer"}, "tags": {"type": "array"}}}

    decoded = query(parameter, "a=1&tags=x&tags=y&utm_source=z", schema)

    assert decoded.values == {"filter": {"a": 1, "tags": ["x", "y"]}}


def test_an_open_exploded_object_takes_what_nobody_else_claims() -> None:
    page = Parameter("page", "page", "query", "Int", int)
    deep = Parameter("deep", "deep", "query", "Map", Any, style="deepObject")
    rest = Parameter("rest", "rest", "query", "Map", Any)
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (page, deep, rest))
    judge = Judge.of(
        {"Int": {"type": "integer"}, "Map": {"type": "object", "additionalProperties": {"type": "integer"}}}
    )

    decoded = decode_parameters(operation, RawRequest({}, "page=1&deep[x]=2&y=3", []), judge)

    assert decoded == Decoded({"page": 1, "deep": {"x": 2}, "rest": {"y": 3}}, ())


@pytest.mark.parametrize(
    "text",
    ["e[]=1&e[]=2", "e[0]=1&e[1]=2", "e=1&e=2", "e[1]=2&e[0]=1", "e[99999999999]=2&e[3]=1", "e%5B%5D=1&e%5B%5D=2"],
)
def test_arrays_in_brackets_are_read_in_every_usual_form(text: str) -> None:
    parameter = Parameter("e", "e", "query", "S", Any, style="deepObject")

    decoded = query(parameter, text, {"type": "array", "items": {"type": "integer"}})

    assert decoded.values == {"e": [1, 2]}


@pytest.mark.parametrize(
    "text,message",
    [
        ("e[a=1", "don't close"),
        ("e[a]b=1", "don't close"),
        ("e[a][[b]]=1", "don't close"),
        ("e" + "[a]" * 17 + "=1", "more than 16 brackets"),
        ("e[a]=1&e[a][b]=2", "both with and without brackets"),
    ],
)
def test_hostile_brackets_are_refused(text: str, message: str) -> None:
    parameter = Parameter("e", "e", "query", "S", Any, style="deepObject")

    (refusal,) = query(parameter, text, {"type": "object"}).refusals

    assert message in refusal.message


def test_headers_are_found_without_case_and_joined() -> None:
    parameter = Parameter("X-Ids", "ids", "header", "S", Any, style="simple", explode=False)
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (parameter,))
    raw = RawRequest({}, "", [("x-ids", " 1 ,2"), ("X-IDS", "3\t")])

    decoded = decode_parameters(operation, raw, Judge.of({"S": {"type": "array", "items": {"type": "integer"}}}))

    assert decoded.values == {"ids": [1, 2, 3]}


@pytest.mark.parametrize(
    "text,value", [("100%", "100%"), ("a,b", "a,b"), ("%FF", "%FF"), ("\xc3\xa9", "é"), ("\xe9", "é")]
)
def test_a_foreign_header_text_is_understood(text: str, value: str) -> None:
    header = Header("X-Text", "text", "S", str)

    assert decode_header_value(header, text, Judge.of({"S": {"type": "string"}})) == value


def test_a_header_cannot_smuggle_another_one() -> None:
    assert encode_header_value(Header("X", "x", "S", str), "a\r\nSet-Cookie: b") == "a%0D%0ASet-Cookie: b"


def test_a_refused_header_tells_the_reason() -> None:
    header = Header("Retry-After", "retry_after", "S", int)

    with pytest.raises(Refused, match="is not of type"):
        decode_header_value(header, "soon", Judge.of({"S": {"type": "integer"}}))


def test_cookies_are_read_from_every_line() -> None:
    session = Parameter("session", "session", "cookie", "S", str)
    theme = Parameter("theme", "theme", "cookie", "S", str)
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (session, theme))
    raw = RawRequest({}, "", [("cookie", 'a=1; session="x%20y"'), ("cookie", "theme=d=k; junk")])

    decoded = decode_parameters(operation, raw, Judge.of({"S": {"type": "string"}}))

    assert decoded.values == {"session": "x y", "theme": "d=k"}


def test_the_client_fills_in_the_whole_path() -> None:
    parameters = tuple(
        Parameter(name, name, "path", "S", str, style="simple", explode=False, is_required=True) for name in "ab"
    )
    operation: Operation[None] = Operation("read", "GET", "/x y/{a}:{b}/end", "read", (), parameters)

    assert encode_parameters(operation, {"a": "1/2", "b": "ü"}, Judge.of({})).path == "/x%20y/1%2F2:%C3%BC/end"


@pytest.mark.parametrize("arguments", [{}, {"q": None}])
def test_the_client_names_the_argument_that_is_missing(arguments: dict[str, Any]) -> None:
    parameter = Parameter("q", "q", "query", "S", str, is_required=True)
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (parameter,))

    with pytest.raises(ValueError, match="query parameter 'q' is required"):
        encode_parameters(operation, arguments, Judge.of({}))


@pytest.mark.parametrize(
    "kind,text,value",
    [("boolean", "q", True), ("boolean", "q=", True), ("boolean", "q=false", False), ("string", "q", "")],
)
def test_a_query_that_only_names_a_parameter_gives_none_where_that_is_allowed(kind: str, text: str, value: Any) -> None:
    parameter = Parameter("q", "q", "query", "S", Any, allow_empty=True, default=True)

    assert query(parameter, text, {"type": kind}).values == {"q": value}
    assert query(replace(parameter, is_required=True), "q", {"type": "boolean"}).refusals
    assert query(replace(parameter, allow_empty=False), "q", {"type": "boolean"}).refusals


def test_a_document_in_a_query_may_be_no_json() -> None:
    parameter = Parameter("q", "q", "query", "S", Any, media_type="application/json")

    (refusal,) = query(parameter, "q=%7B", {"type": "object"}).refusals

    assert refusal.message.startswith("is no JSON")


NULLABLE_TEXTS = {"type": "array", "items": {"type": ["string", "null"]}}
NULLABLE_NUMBERS = {"type": "object", "additionalProperties": {"type": ["integer", "null"]}}


@pytest.mark.parametrize(
    "style,schema,value",
    [
        ("form", NULLABLE_TEXTS, ["a", None]),
        ("pipeDelimited", NULLABLE_TEXTS, [None]),
        ("form", {"type": "object", "properties": {"a": {"type": "string"}}}, {"a": None}),
        ("deepObject", NULLABLE_NUMBERS, {"a": None}),
        ("deepObject", {"type": "object"}, {"a": [{"b": None}]}),
    ],
)
def test_a_null_that_would_arrive_as_something_else_is_not_sent(style: Style, schema: Any, value: Any) -> None:
    parameter = Parameter("q", "q", "query", "S", Any, style=style, explode=style != "pipeDelimited")
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (parameter,))

    with pytest.raises(ValueError, match=r"query parameter 'q'.*null"):
        encode_parameters(operation, {"q": value}, Judge.of({"S": schema}))


@pytest.mark.parametrize(
    "schema,arrives",
    [
        ({"type": "array", "items": {"type": "string"}, "minItems": 1}, r"\[''\]"),
        ({"anyOf": [{"type": "string"}, {"type": "array"}]}, "''"),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 1}, None),
        ({"type": "array"}, None),
    ],
)
def test_an_empty_array_that_would_arrive_as_something_else_is_not_sent(schema: Any, arrives: str | None) -> None:
    parameter = Parameter("q", "q", "query", "S", Any)
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (parameter,))

    if arrives is None:
        assert encode_parameters(operation, {"q": []}, Judge.of({"S": schema})).query == "q="
    else:
        with pytest.raises(ValueError, match=f"query parameter 'q': an empty array would arrive as {arrives}"):
            encode_parameters(operation, {"q": []}, Judge.of({"S": schema}))


def test_a_null_that_can_be_nothing_else_is_sent_by_its_name() -> None:
    parameter = Parameter("q", "q", "query", "S", Any, explode=False)
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (parameter,))

    sent = encode_parameters(operation, {"q": {"a": None, "b": 1}}, Judge.of({"S": NULLABLE_NUMBERS}))

    assert sent.query == "q=a,null,b,1"


@pytest.mark.parametrize(
    "other", [Parameter("b", "b", "query", "S", str), Parameter("b", "b", "query", "S", Any, "deepObject")]
)
def test_a_property_that_would_be_taken_for_another_parameter_is_not_sent(other: Parameter) -> None:
    parameter = Parameter("q", "q", "query", "S", Any)
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (parameter, other))

    with pytest.raises(ValueError, match="query parameter 'q': the property 'b"):
        encode_parameters(operation, {"q": {"a": "1", "b": "2"}}, Judge.of({"S": {"type": "object"}}))


@pytest.mark.parametrize(
    "path,a,is_clear", [("/{a};{b}", "x;y", True), ("/{a}.{b}", "x.y", False), ("/{a}{b}", "xy", False)]
)
def test_values_that_share_a_segment_arrive_as_they_were_or_are_not_sent(path: str, a: str, *, is_clear: bool) -> None:
    parameters = tuple(Parameter(name, name, "path", "S", str, "simple", explode=False) for name in "ab")
    operation: Operation[None] = Operation("read", "GET", path, "read", (), parameters)
    judge = Judge.of({"S": {"type": "string"}})

    if is_clear:
        sent = encode_parameters(operation, {"a": a, "b": "z"}, judge)
        found = PathPattern(path).match(sent.path)
        assert found is not None
        assert decode_parameters(operation, RawRequest(found, "", []), judge).values == {"a": a, "b": "z"}
    else:
        with pytest.raises(ValueError, match="can't be told apart"):
            encode_parameters(operation, {"a": a, "b": "z"}, judge)
