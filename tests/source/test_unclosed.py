"""Brackets and quotes that nobody closed are told where they open."""

from __future__ import annotations

import pytest

from apictl.source.parsing import parse

PRETTY = """\
{
  "openapi": "3.1.0",
  "info": {
    "title": "T"
  },
  "paths": {
    "/a": {
      "get": {}
    }
  },
  "tags": [
    {"name": "x"}
  ]
}
"""


@pytest.mark.parametrize(
    "line, opener",
    [(5, (3, 11)), (9, (7, 11)), (10, (6, 12)), (13, (11, 11)), (14, (1, 1))],
)
def test_indent_tells_which_bracket_of_json_lacks_its_partner(line: int, opener: tuple[int, int]) -> None:
    lines = PRETTY.splitlines(keepends=True)
    lines[line - 1] = lines[line - 1].replace("}", "", 1).replace("]", "", 1)

    _, (finding,) = parse("a.json", "".join(lines).encode())

    assert finding.rule == "json-syntax"
    assert (finding.place.line, finding.place.column) == opener
    assert "is not closed" in finding.message


def test_json_whose_lines_are_not_indented_is_told_where_it_ends() -> None:
    _, (finding,) = parse("a.json", b'{\n"a": {\n"b": 1\n,\n"c": 2\n}\n')

    assert (finding.place.line, finding.related[0].place.line) == (1, 7)


@pytest.mark.parametrize(
    "text, line, column",
    [
        ("a: {b: 1\nc: 2\n", 1, 4),
        ("a:\n  - [x, y\n  - z\n", 2, 5),
        ("a: [\n  {b: 1},\n  {c: 2\n]\n", 3, 3),
        ("a: [b: [\n\nc:\n  - d\n", 1, 8),
        ("a: 'b\nc: d\n", 1, 4),
        ("a:\n  b: 'c\n  d: 'e'\n", 2, 6),
        ('a:\n  b: "c\n  d: e\nf: "g"\n', 2, 6),
    ],
)
def test_yaml_that_is_not_closed_is_told_where_it_opens(text: str, line: int, column: int) -> None:
    _, findings = parse("a.yaml", text.encode())

    assert [(each.rule, each.place.line, each.place.column) for each in findings] == [("yaml-syntax", line, column)]
    assert "is not closed" in findings[0].message


@pytest.mark.parametrize(
    "text",
    [
        'a: "b\n  c"\n',
        "a:\n  b: 'c\n\n    d'\n",
        "- 'a\n  b'\n",
        '{a: "b\nc"}\n',
        "a: [\n  b,\n]\n",
        'a:\n  "b\n   c"\n',
    ],
)
def test_texts_and_lists_over_several_lines_are_fine(text: str) -> None:
    _, findings = parse("a.yaml", text.encode())

    assert [each.rule for each in findings if each.rule != "not-a-mapping"] == []


@pytest.mark.parametrize(
    "text, message",
    [
        ("a:\n\tb: 1\n", "a tab indents this line"),
        ("a: @b\n", "no plain value begins with '@'"),
        ("a: b: c\n", "a second ':' in one value"),
    ],
)
def test_syntax_is_told_in_words_of_people(text: str, message: str) -> None:
    _, (finding,) = parse("a.yaml", text.encode())

    assert finding.message == message


def test_direction_of_writing_is_told_once_with_how_often_it_turns() -> None:
    document, (finding,) = parse("a.yaml", 'a: "x\u202ey\u202d"\n'.encode())

    assert document is not None
    assert (finding.rule, finding.place.line, finding.place.column) == ("direction-override", 1, 6)
    assert finding.message.endswith("(and 1 more like it)")
