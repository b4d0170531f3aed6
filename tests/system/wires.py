"""Parameters in every style, place and shape: the contract that declares them, and what can't be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta, timezone
from typing import Any, Final, TypeAlias

from hypothesis import strategies as st

Spot: TypeAlias = tuple[str, str, bool]
"""Location, style and explode."""

PLACES: Final = (
    *(("path", style, explode) for style in ("simple", "label", "matrix") for explode in (False, True)),
    *(("query", style, explode) for style in ("form", "spaceDelimited", "pipeDelimited") for explode in (False, True)),
    ("query", "deepObject", True),
    ("query", "reserved", False),
    ("query", "reserved", True),
    ("header", "simple", False),
    ("header", "simple", True),
    ("cookie", "form", False),
    ("cookie", "form", True),
    *((location, "content", False) for location in ("path", "query", "header", "cookie")),
)

UNDEFINED: Final = {
    "spaceDelimited or pipeDelimited, one value": "as `form`: there is nothing to delimit",
    "spaceDelimited or pipeDelimited, exploded": "as `form`: each item or property stands by itself",
    "deepObject, one value": "as `form`: there is no property to name",
    "deepObject, an array": "`a[]=1`, the usual convention",
    "any style, an array or object within": "a JSON document; `deepObject` nests by the usual convention",
    "an exploded or deep object that is empty and may be missing": "it leaves no trace, so that it is missing",
    "any style, null within": "`null`, and refused where that may be a text",
}
"""What the table of Style Examples (OpenAPI 3.1.1) calls n/a or is silent about, and what it is taken for."""

TEXT: Final = (
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
    | st.text(" %,;=.&/+|[]\"'\\?#:a5é\n\0", max_size=6)
    | st.sampled_from(["", "%41", "%2F", "a/b", "..", ".", "100%", "%FF", "null", "true", "5", "[1]", "{}", "🚲", "+"])
)
CHOICES: Final = ["a,b", "c d", "e|f", "g/h", "i=j&k", "%2F", "..", "+"]
TIMES: Final = st.datetimes(timezones=st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30))])).filter(
    lambda time: 1 < time.year < 9999
)
INTEGER_OR_NULL: Final = st.none() | st.integers()
TEXT_OR_NULL: Final = st.none() | TEXT


@dataclass(frozen=True)
class Shape:
    """Values of one kind, and how a contract declares them."""

    kind: str
    schema: dict[str, Any]
    values: st.SearchStrategy[Any]
    model: str = ""


def array(items: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def members(**optional: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Return objects with some of these properties."""
    return st.fixed_dictionaries({}, optional=optional)


SHAPES: Final = {
    "Text": Shape("scalar", {"type": "string"}, TEXT),
    "Choice": Shape("scalar", {"type": "string", "enum": CHOICES}, st.sampled_from(CHOICES)),
    "Whole": Shape("scalar", {"type": "integer"}, st.integers()),
    "Number": Shape("scalar", {"type": "number"}, st.floats(allow_nan=False, allow_infinity=False)),
    "Flag": Shape("scalar", {"type": "boolean"}, st.booleans()),
    "Time": Shape("scalar", {"type": "string", "format": "date-time"}, TIMES),
    "Texts": Shape("array", array({"type": "string"}), st.lists(TEXT, max_size=4)),
    "Days": Shape("array", array({"type": "string", "format": "date"}), st.lists(st.dates(), max_size=3)),
    "Wholes": Shape("array", array({"type": "integer", "nullable": True}), st.lists(INTEGER_OR_NULL, max_size=4)),
    "Names": Shape("array", array({"type": "string", "nullable": True}), st.lists(TEXT_OR_NULL, max_size=3)),
    "Lists": Shape("array", array(array({"type": "string"})), st.lists(st.lists(TEXT, max_size=2), max_size=3)),
    "Closed": Shape(
        "object",
        {
            "type": "object",
            "properties": {
                "a.b": {"type": "string"},
                "whole": {"type": "integer", "nullable": True},
                "name": {"type": "string", "nullable": True},
            },
            "additionalProperties": False,
        },
        members(**{"a.b": TEXT, "whole": INTEGER_OR_NULL, "name": TEXT_OR_NULL}),
        "Closed",
    ),
    "Open": Shape(
        "object",
        {
            "type": "object",
            "properties": {"id": {"type": "integer"}, "flag": {"type": "boolean"}},
            "additionalProperties": {"type": "string"},
        },
        st.builds(
            lambda rest, fixed: {**rest, **fixed},
            st.dictionaries(TEXT, TEXT, max_size=3),
            members(id=st.integers(), flag=st.booleans()),
        ),
        "Open",
    ),
}


TOGETHER: Final = {
    "first": (("path", "simple", False), "Text"),
    "second": (("path", "matrix", True), "Wholes"),
    "third": (("path", "label", False), "Choice"),
    "open": (("query", "form", True), "Open"),
    "closed": (("query", "deepObject", True), "Closed"),
    "ids[]": (("query", "form", True), "Texts"),
    "since": (("query", "form", True), "Time"),
    "X-Days": (("header", "simple", False), "Days"),
    "X-Open": (("header", "simple", True), "Open"),
    "c-texts": (("cookie", "form", True), "Texts"),
    "c.lists": (("cookie", "form", False), "Lists"),
}
"""Parameters of one request; all but those of the path may be missing."""

EVERYTHING: Final = st.fixed_dictionaries(
    {name: SHAPES[shape].values for name, (place, shape) in TOGETHER.items() if place[0] == "path"},
    optional={name: SHAPES[shape].values for name, (place, shape) in TOGETHER.items() if place[0] != "path"},
)


def name_of(place: Spot, shape: str) -> str:
    """Return the `operationId` of a parameter of *shape* in *place*, which is the name of the method, too."""
    location, style, explode = place
    return "_".join([location, style, *(["exploded"] if explode else []), shape]).lower()


def contract(version: str) -> dict[str, Any]:
    """Return a contract with an operation for each place and shape."""
    paths = {}
    for place in PLACES:
        for name, shape in SHAPES.items():
            called = name_of(place, name)
            path = f"/{called}/{{a.b}}/end" if place[0] == "path" else f"/{called}"
            paths[path] = {
                "get": {
                    "operationId": called,
                    "parameters": [parameter(place, shape)],
                    "responses": {"204": {"description": "It came."}},
                }
            }
    paths["/together/{first};{second},{third}"] = {
        "get": {
            "operationId": "together",
            "parameters": [
                parameter(place, SHAPES[shape], name) | {"required": place[0] == "path"}
                for name, (place, shape) in TOGETHER.items()
            ],
            "responses": {"204": {"description": "All came."}},
        }
    }
    schemas = {shape.model: shape.schema for shape in SHAPES.values() if shape.model}
    whole = {
        "openapi": version,
        "info": {"title": "Wire", "version": "1"},
        "paths": paths,
        "components": {"schemas": schemas},
    }
    return whole if version.startswith("3.0") else modern(whole)


def parameter(place: Spot, shape: Shape, name: str = "a.b") -> dict[str, Any]:
    """Return the declaration of a required parameter."""
    location, style, explode = place
    schema = {"$ref": f"#/components/schemas/{shape.model}"} if shape.model else shape.schema
    declared = {"name": name, "in": location, "required": True}
    if style == "content":
        return {**declared, "content": {"application/json": {"schema": schema}}}
    styled = {"style": "form", "allowReserved": True} if style == "reserved" else {"style": style}
    return {**declared, **styled, "explode": explode, "schema": schema}


def modern(node: Any) -> Any:
    """Return *node* with `nullable` as OpenAPI 3.1 says it."""
    if isinstance(node, list):
        return [modern(item) for item in node]
    if not isinstance(node, dict):
        return node
    read = {key: modern(value) for key, value in node.items() if key != "nullable"}
    return {**read, "type": [node["type"], "null"]} if node.get("nullable") is True else read


def is_unwritable(place: Spot, shape: Shape, value: Any) -> bool:
    """Return whether *place* can't carry *value*, so that the client has to say so."""
    location, style, explode = place
    if style == "content":
        return False
    match value:
        case [""]:  # written as the empty array is
            return True
        case [*_] | {"name": None} if shape is SHAPES["Closed"] or (shape is SHAPES["Names"] and None in value):
            return True  # written as the text `null` is
        case _:
            pass
    match style:
        case "simple" | "label" | "matrix" if location == "path":
            return is_no_segment(style, value, explode=explode)
        case "spaceDelimited" | "pipeDelimited" if not explode and isinstance(value, list | dict):
            delimiter = " " if style == "spaceDelimited" else "|"
            return any(delimiter in part for part in texts(value))
        case "deepObject" if isinstance(value, dict):
            return None in value.values() or any("[" in name or "]" in name for name in value)
        case "deepObject" if isinstance(value, list):
            return None in value or [""] in value
        case _:
            return False


def is_no_segment(style: str, value: Any, *, explode: bool) -> bool:
    """Return whether *value* would be nothing in a path, or a step in it."""
    match style:
        case "simple":
            return value in ("", [], {}, ".", "..", ["."], [".."])
        case "label":
            return value in ("", [], {}, ".", ["."]) or (explode and value == ["", ""])
        case _:
            return value == {} and explode


def texts(value: Any) -> Iterator[str]:
    """Yield the texts in *value*, names included; an inner list is one that JSON writes without spaces."""
    match value:
        case str():
            yield value
        case list() | dict():
            for part in [*value, *value.values()] if isinstance(value, dict) else value:
                yield from texts(part)
        case _:
            pass


def declared(name: str) -> tuple[Spot, Shape]:
    """Return place and shape of one of the parameters of `together`."""
    place, shape = TOGETHER[name]
    return place, SHAPES[shape]
