"""What one side of the wire writes, the other side reads: for every style, location and shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apictl.support.declarations import Header, Location, Operation, Parameter, Style
from apictl.support.judge import Judge
from apictl.support.parameters import (
    RawRequest,
    decode_header_value,
    decode_parameters,
    encode_header_value,
    encode_parameters,
)

TEXT = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
    | st.text(" %,;=.&/+|[]\"'\\?#:a5é\n", max_size=8)
    | st.sampled_from(["%41", "100%", "%252C", "a%2Cb", "%FF", "null", "true", "5", "[1]", "{}"])
)
NUMBER = st.floats(allow_nan=False, allow_infinity=False)
SHAPES: dict[str, tuple[dict[str, Any], st.SearchStrategy[Any]]] = {
    "string": ({"type": "string"}, TEXT),
    "integer": ({"type": "integer"}, st.integers()),
    "number": ({"type": "number"}, NUMBER),
    "boolean": ({"type": "boolean"}, st.booleans()),
    "strings": ({"type": "array", "items": {"type": "string"}}, st.lists(TEXT, max_size=4)),
    "integers": ({"type": "array", "items": {"type": "integer"}}, st.lists(st.integers(), max_size=4)),
    "nested": (
        {"type": "array", "items": {"type": "array", "items": {"type": "string"}}},
        st.lists(st.lists(TEXT.filter(bool), max_size=3), max_size=3),
    ),
    "object": (
        {
            "type": "object",
            "properties": {"id": {"type": "integer"}, "flag": {"type": "boolean"}},
            "additionalProperties": {"type": "string"},
        },
        st.builds(
            lambda fixed, rest: {**rest, **fixed},
            st.fixed_dictionaries({}, optional={"id": st.integers(), "flag": st.booleans()}),
            st.dictionaries(TEXT, TEXT, max_size=3),
        ),
    ),
}
PLACES: list[tuple[Location, Style, bool]] = [
    *(("path", style, explode) for style in ("simple", "label", "matrix") for explode in (False, True)),
    *(
        ("query", style, explode)
        for style in ("form", "spaceDelimited", "pipeDelimited", "deepObject")
        for explode in (False, True)
    ),
    *(("header", "simple", explode) for explode in (False, True)),
    *(("cookie", "form", explode) for explode in (False, True)),
]


def wire(parameter: Parameter, value: Any, schema: dict[str, Any]) -> Any:
    """Return what the service sees of *value*."""
    template = f"/{{{parameter.name}}}" if parameter.location == "path" else "/"
    operation: Operation[None] = Operation("read", "GET", template, "read", (), (parameter,))
    judge = Judge.of({"S": schema})
    encoded = encode_parameters(operation, {"value": value}, judge)
    assert encoded.query.isascii()
    assert not set(encoded.query) & set(' #"<>[]')
    assert encoded.path.count("/") == 1
    assert encoded.path.isascii()
    assert all(text.isascii() and text.isprintable() for _, text in encoded.headers)
    raw = RawRequest({parameter.name: encoded.path[1:]}, encoded.query, encoded.headers)
    decoded = decode_parameters(operation, raw, judge)
    assert decoded.refusals == ()
    return decoded.values["value"]


def is_unwritable(value: Any, parameter: Parameter) -> bool:
    """Return whether the style can't carry *value*, as its documentation says."""
    if value == [""]:
        return True
    match parameter:
        case Parameter(location="path", style="simple") if value in ("", [], {}):
            return True
        case Parameter(location="path", style="matrix", explode=True) if value == {}:
            return True
        case Parameter(style="spaceDelimited" | "pipeDelimited", explode=False) if isinstance(value, list | dict):
            delimiter = " " if parameter.style == "spaceDelimited" else "|"
            parts = value if isinstance(value, list) else [*value, *value.values()]
            texts = (part if isinstance(part, str) else json.dumps(part, separators=(",", ":")) for part in parts)
            return any(delimiter in text for text in texts)
        case Parameter(style="deepObject") if isinstance(value, dict):
            return any("[" in name or "]" in name for name in value)
        case _:
            return False


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("location,style,explode", PLACES)
def test_a_value_arrives_as_it_was_sent(location: Location, style: Style, shape: str, *, explode: bool) -> None:
    schema, values = SHAPES[shape]
    # An object without properties leaves no trace in some styles; where it is required it is known to be there.
    parameter = Parameter("a.b", "value", location, "S", Any, style=style, explode=explode, is_required=True)

    @settings(max_examples=12, deadline=None, database=None)
    @given(values)
    def round_trip(value: Any) -> None:
        if is_unwritable(value, parameter):
            with pytest.raises(ValueError, match=r"a\.b"):
                wire(parameter, value, schema)
        else:
            assert wire(parameter, value, schema) == value

    round_trip()


@pytest.mark.parametrize("location,style,explode", PLACES)
@pytest.mark.parametrize(
    "value", [["", ""], ["."], ["", "", ""], {"": ""}, {"a": "", "": "b"}, {"a.b": "a.b"}], ids=repr
)
def test_emptiness_arrives_as_it_was_sent(location: Location, style: Style, value: Any, *, explode: bool) -> None:
    schema, _ = SHAPES["object" if isinstance(value, dict) else "strings"]
    parameter = Parameter("a.b", "value", location, "S", Any, style=style, explode=explode, is_required=True)

    assert wire(parameter, value, schema) == value


@settings(max_examples=60, deadline=None, database=None)
@given(TEXT)
@example("..")
@example(".")
@example("a/../b")
def test_no_text_in_a_path_becomes_a_step(text: str) -> None:
    parameter = Parameter("id", "value", "path", "S", str, style="simple", explode=False, is_required=True)
    operation: Operation[None] = Operation("read", "GET", "/items/{id}/parts", "read", (), (parameter,))
    if not text:
        return

    steps = encode_parameters(operation, {"value": text}, Judge.of({})).path.split("/")

    assert len(steps) == 4
    assert steps[2] not in {".", ".."}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.just(2**80 + 1) | NUMBER | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
).filter(lambda value: value is not None)


@pytest.mark.parametrize("location", ["path", "query", "header", "cookie"])
def test_a_parameter_that_is_a_document_arrives_as_it_was_sent(location: Location) -> None:
    style: Style = "simple" if location in {"path", "header"} else "form"
    parameter = Parameter("filter", "value", location, "S", Any, style=style, media_type="application/json")

    @settings(max_examples=40, deadline=None, database=None)
    @given(JSON)
    def round_trip(value: Any) -> None:
        assert wire(parameter, value, {}) == value

    round_trip()


DEEP = st.recursive(
    TEXT.filter(bool),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text("abc. %&=é", min_size=1, max_size=3), inner, min_size=1, max_size=3)
    ),
    max_leaves=8,
)


@settings(max_examples=80, deadline=None, database=None)
@given(st.dictionaries(st.text("xyz", min_size=1), DEEP, min_size=1, max_size=3))
def test_deep_objects_nest_in_any_depth(value: Any) -> None:
    parameter = Parameter("q", "value", "query", "S", Any, style="deepObject")
    tree = {
        "anyOf": [
            {"type": "string"},
            {"type": "array", "items": {"$ref": "#/$defs/S"}},
            {"type": "object", "additionalProperties": {"$ref": "#/$defs/S"}},
        ]
    }

    assert wire(parameter, value, tree) == value


@settings(max_examples=60, deadline=None, database=None)
@given(TEXT)
def test_reserved_characters_stay_as_they_are_where_allowed(text: str) -> None:
    parameter = Parameter("q", "value", "query", "S", str, allow_reserved=True)

    assert wire(parameter, text, {"type": "string"}) == text


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("explode", [False, True])
def test_a_response_header_arrives_as_it_was_sent(shape: str, *, explode: bool) -> None:
    schema, values = SHAPES[shape]
    header = Header("X-Value", "value", "S", Any, explode=explode)

    @settings(max_examples=20, deadline=None, database=None)
    @given(values.filter(lambda value: value != [""]))
    def round_trip(value: Any) -> None:
        text = encode_header_value(header, value)

        assert text == text.strip()
        assert decode_header_value(header, text, Judge.of({"S": schema})) == value

    round_trip()
