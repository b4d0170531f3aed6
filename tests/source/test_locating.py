"""From a pointer to a line."""

from __future__ import annotations

import pytest

from apictl.findings import Place
from apictl.source.document import Document
from apictl.source.parsing import parse


def document(text: str, path: str = "a.yaml") -> Document:
    found, findings = parse(path, text.encode())
    assert found is not None, findings
    return found


YAML = """\
openapi: 3.1.0
paths:
  /a/{id}:
    get:
      tags: [x, "y"]
      responses:
        200: {description: ok}
"""
JSON = """\
{
  "openapi": "3.1.0",
  "paths": {"/a/{id}": {
    "get": {"tags": ["x", "y"]}
  }}
}
"""


@pytest.mark.parametrize(
    "pointer,on_key,line,column",
    [
        ("", False, 1, 1),
        ("/openapi", False, 1, 10),
        ("/openapi", True, 1, 1),
        ("/paths/~1a~1{id}", True, 3, 3),
        ("/paths/~1a~1{id}", False, 4, 5),
        ("/paths/~1a~1{id}/get/tags/1", False, 5, 17),
        ("/paths/~1a~1{id}/get/responses/200", True, 7, 9),
        ("/paths/~1a~1{id}/get/responses/200/description", False, 7, 28),
        ("/paths/~1a~1{id}/get/tags/9", False, 5, 13),
        ("/paths/~1a~1{id}/get/tags/9", True, 5, 13),
        ("/nope/at/all", False, 1, 1),
        ("no pointer", False, 1, 1),
    ],
)
def test_a_node_of_yaml_is_found(pointer: str, *, on_key: bool, line: int, column: int) -> None:
    place = document(YAML).locate(Place("a.yaml", pointer, on_key=on_key))

    assert (place.line, place.column, place.pointer, place.on_key) == (line, column, pointer, on_key)


@pytest.mark.parametrize(
    "pointer,on_key,line,column",
    [
        ("", False, 1, 1),
        ("/openapi", False, 2, 14),
        ("/openapi", True, 2, 3),
        ("/paths/~1a~1{id}/get", True, 4, 5),
        ("/paths/~1a~1{id}/get/tags/1", False, 4, 27),
        ("/paths/~1a~1{id}/put", False, 3, 24),
    ],
)
@pytest.mark.parametrize("path", ["a.json", "a.yaml"])
def test_a_node_of_json_is_found(path: str, pointer: str, *, on_key: bool, line: int, column: int) -> None:
    place = document(JSON, path).locate(Place(path, pointer, on_key=on_key))

    assert (place.line, place.column) == (line, column)


def test_a_place_with_a_line_stays_as_it_is() -> None:
    place = Place("a.yaml", "/openapi", 7, 7)

    assert document(YAML).locate(place) is place


def test_of_equal_keys_the_first_is_found() -> None:
    assert document("a: 1\na: 2").locate(Place("a.yaml", "/a")).line == 1
    assert document('{"a": 1,\n"a": 2}').locate(Place("a.yaml", "/a")).line == 1


def test_what_an_alias_stands_for_is_found_at_the_alias() -> None:
    place = document("a: &x {b: 1}\nc: *x\n").locate(Place("a.yaml", "/c/b"))

    assert (place.line, place.column) == (2, 4)


def test_a_key_longer_than_libyaml_allows_is_found_in_json() -> None:
    key = "k" * 2000

    place = document(f'{{"a": 1,\n "{key}": 2}}').locate(Place("a.yaml", f"/{key}", on_key=True))

    assert (place.line, place.column) == (2, 2)


def test_columns_are_counted_in_characters() -> None:
    assert document("{é😀: 1, b: 2}").locate(Place("a.yaml", "/b", on_key=True)).column == 9
