"""The specification's own examples of styles."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.support.declarations import Location, Operation, Parameter, Style
from apictl.support.judge import Judge
from apictl.support.parameters import RawRequest, decode_parameters, encode_parameters

SCHEMAS: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "array": {"type": "array", "items": {"type": "string"}},
    "object": {"type": "object", "properties": {name: {"type": "integer"} for name in "RGB"}},
}
BLUE = "blue"
COLORS = ["blue", "black", "brown"]
RGB = {"R": 100, "G": 200, "B": 150}

# OpenAPI 3.1.1, Style Examples: every cell that is not "n/a".
TABLE: list[tuple[Location, Style, bool, Any, str]] = [
    ("path", "matrix", False, BLUE, ";color=blue"),
    ("path", "matrix", False, "", ";color"),
    ("path", "matrix", False, COLORS, ";color=blue,black,brown"),
    ("path", "matrix", False, RGB, ";color=R,100,G,200,B,150"),
    ("path", "matrix", True, BLUE, ";color=blue"),
    ("path", "matrix", True, "", ";color"),
    ("path", "matrix", True, COLORS, ";color=blue;color=black;color=brown"),
    ("path", "matrix", True, RGB, ";R=100;G=200;B=150"),
    ("path", "label", False, BLUE, ".blue"),
    ("path", "label", False, COLORS, ".blue,black,brown"),
    ("path", "label", False, RGB, ".R,100,G,200,B,150"),
    ("path", "label", True, BLUE, ".blue"),
    ("path", "label", True, COLORS, ".blue.black.brown"),
    ("path", "label", True, RGB, ".R=100.G=200.B=150"),
    ("path", "simple", False, BLUE, "blue"),
    ("path", "simple", False, COLORS, "blue,black,brown"),
    ("path", "simple", False, RGB, "R,100,G,200,B,150"),
    ("path", "simple", True, BLUE, "blue"),
    ("path", "simple", True, COLORS, "blue,black,brown"),
    ("path", "simple", True, RGB, "R=100,G=200,B=150"),
    ("header", "simple", False, "", ""),
    ("header", "simple", False, COLORS, "blue,black,brown"),
    ("header", "simple", True, RGB, "R=100,G=200,B=150"),
    ("query", "form", False, "", "color="),
    ("query", "form", False, BLUE, "color=blue"),
    ("query", "form", False, COLORS, "color=blue,black,brown"),
    ("query", "form", False, RGB, "color=R,100,G,200,B,150"),
    ("query", "form", True, "", "color="),
    ("query", "form", True, BLUE, "color=blue"),
    ("query", "form", True, COLORS, "color=blue&color=black&color=brown"),
    ("query", "form", True, RGB, "R=100&G=200&B=150"),
    ("query", "spaceDelimited", False, COLORS, "color=blue%20black%20brown"),
    ("query", "spaceDelimited", False, RGB, "color=R%20100%20G%20200%20B%20150"),
    ("query", "pipeDelimited", False, COLORS, "color=blue%7Cblack%7Cbrown"),
    ("query", "pipeDelimited", False, RGB, "color=R%7C100%7CG%7C200%7CB%7C150"),
    ("query", "deepObject", True, RGB, "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150"),
    ("cookie", "form", False, COLORS, "color=blue,black,brown"),
    ("cookie", "form", False, RGB, "color=R,100,G,200,B,150"),
    ("cookie", "form", True, BLUE, "color=blue"),
]


def operation_of(parameter: Parameter) -> Operation[None]:
    path = f"/{{{parameter.name}}}" if parameter.location == "path" else "/"
    return Operation("read", "GET", path, "read", (), (parameter,))


def kind_of(value: Any) -> str:
    match value:
        case str():
            return "string"
        case list():
            return "array"
        case _:
            return "object"


@pytest.mark.parametrize("location,style,explode,value,text", TABLE)
def test_a_value_is_written_as_the_specification_shows(
    location: Location, style: Style, value: Any, text: str, *, explode: bool
) -> None:
    parameter = Parameter("color", "color", location, kind_of(value), Any, style=style, explode=explode)

    encoded = encode_parameters(operation_of(parameter), {"color": value}, Judge.of(SCHEMAS))

    written = {"path": encoded.path[1:], "query": encoded.query}.get(location) or dict(encoded.headers).get(
        "Cookie" if location == "cookie" else "color", ""
    )
    assert written == text


@pytest.mark.parametrize("location,style,explode,value,text", TABLE)
def test_what_the_specification_shows_is_read(
    location: Location, style: Style, value: Any, text: str, *, explode: bool
) -> None:
    parameter = Parameter("color", "color", location, kind_of(value), Any, style=style, explode=explode)
    raw = RawRequest(
        path_values={"color": text} if location == "path" else {},
        query=text if location == "query" else "",
        headers=[("Cookie" if location == "cookie" else "COLOR", text)] if location in {"header", "cookie"} else [],
    )

    decoded = decode_parameters(operation_of(parameter), raw, Judge.of(SCHEMAS))

    assert decoded.refusals == ()
    assert decoded.values == {"color": value}


@pytest.mark.parametrize(
    "style,query",
    [
        ("deepObject", "color[R]=100&color[G]=200&color[B]=150"),
        ("pipeDelimited", "color=R|100|G|200|B|150"),
        ("spaceDelimited", "color=R+100+G+200+B+150"),
    ],
)
def test_delimiters_are_also_read_unescaped(style: Style, query: str) -> None:
    parameter = Parameter("color", "color", "query", "object", Any, style=style, explode=style == "deepObject")

    decoded = decode_parameters(operation_of(parameter), RawRequest({}, query, []), Judge.of(SCHEMAS))

    assert decoded.values == {"color": RGB}


@pytest.mark.parametrize("text,wire", [("50%", "50%"), ('W/"5%x"', 'W/"5%x"'), ("%41", "%2541"), ("5% ä", "5% %C3%A4")])
def test_header_says_what_it_is_given_wherever_that_can_be_read(text: str, wire: str) -> None:
    parameter = Parameter("color", "color", "header", "string", Any, style="simple", explode=False)

    encoded = encode_parameters(operation_of(parameter), {"color": text}, Judge.of(SCHEMAS))

    assert dict(encoded.headers) == {"color": wire}
    decoded = decode_parameters(operation_of(parameter), RawRequest({}, "", encoded.headers), Judge.of(SCHEMAS))
    assert decoded.values == {"color": text}
