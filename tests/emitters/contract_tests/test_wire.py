"""Values in requests, against the table of the specification (OpenAPI 3.1.1, Style Examples)."""

from __future__ import annotations

import pytest

from apictl.contract.operation import Parameter, ParameterLocation, Style
from apictl.contract.schema import JsonValue
from apictl.emitters.contract_tests.wire import Unwritable, cookie_text, header_text, path_text, query_text
from apictl.findings import Place

PLACE = Place("openapi.yaml")
COLOURS: JsonValue = ["blue", "black", "brown"]
RGB: JsonValue = {"R": 100, "G": 200, "B": 150}


def parameter(location: ParameterLocation, style: Style, *, explode: bool) -> Parameter:
    return Parameter("color", location, {}, PLACE, style=style, explode=explode)


@pytest.mark.parametrize(
    "style, explode, value, text",
    [
        (Style.MATRIX, False, "blue", ";color=blue"),
        (Style.MATRIX, False, COLOURS, ";color=blue,black,brown"),
        (Style.MATRIX, True, COLOURS, ";color=blue;color=black;color=brown"),
        (Style.MATRIX, False, RGB, ";color=R,100,G,200,B,150"),
        (Style.MATRIX, True, RGB, ";R=100;G=200;B=150"),
        (Style.LABEL, False, COLOURS, ".blue,black,brown"),
        (Style.LABEL, True, COLOURS, ".blue.black.brown"),
        (Style.LABEL, True, RGB, ".R=100.G=200.B=150"),
        (Style.SIMPLE, False, COLOURS, "blue,black,brown"),
        (Style.SIMPLE, True, RGB, "R=100,G=200,B=150"),
        (Style.SIMPLE, False, "a/b c", "a%2Fb%20c"),
    ],
)
def test_path_values_are_written_as_the_specification_says(
    style: Style, *, explode: bool, value: JsonValue, text: str
) -> None:
    assert path_text(parameter(ParameterLocation.PATH, style, explode=explode), value) == text


@pytest.mark.parametrize(
    "style, explode, value, text",
    [
        (Style.FORM, True, "a&b", "color=a%26b"),
        (Style.FORM, True, COLOURS, "color=blue&color=black&color=brown"),
        (Style.FORM, False, COLOURS, "color=blue,black,brown"),
        (Style.FORM, True, RGB, "R=100&G=200&B=150"),
        (Style.FORM, False, RGB, "color=R,100,G,200,B,150"),
        (Style.SPACE_DELIMITED, False, COLOURS, "color=blue%20black%20brown"),
        (Style.PIPE_DELIMITED, False, COLOURS, "color=blue%7Cblack%7Cbrown"),
        (Style.DEEP_OBJECT, True, RGB, "color[R]=100&color[G]=200&color[B]=150"),
        (Style.DEEP_OBJECT, True, {"of": {"R": 1, "G": None}}, "color[of][R]=1"),
        (Style.DEEP_OBJECT, True, "blue", "color=blue"),
    ],
)
def test_query_values_are_written_as_the_specification_says(
    style: Style, *, explode: bool, value: JsonValue, text: str
) -> None:
    assert query_text(parameter(ParameterLocation.QUERY, style, explode=explode), value) == text


@pytest.mark.parametrize("value", ["", ".", ".."])
def test_path_value_that_names_another_path_is_not_written(value: str) -> None:
    with pytest.raises(Unwritable):
        path_text(parameter(ParameterLocation.PATH, Style.SIMPLE, explode=False), value)


@pytest.mark.parametrize("value", ["", " a", "a\r\nX-Injected: 1", "ä", "50%"])
def test_header_value_that_a_header_cannot_hold_is_not_written(value: str) -> None:
    with pytest.raises(Unwritable):
        header_text(parameter(ParameterLocation.HEADER, Style.SIMPLE, explode=False), value)


def test_cookie_is_a_single_pair() -> None:
    cookie = parameter(ParameterLocation.COOKIE, Style.FORM, explode=True)

    assert cookie_text(cookie, "a;b") == "color=a%3Bb"
    with pytest.raises(Unwritable):
        cookie_text(cookie, COLOURS)
