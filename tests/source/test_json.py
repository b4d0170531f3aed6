"""JSON: strict where the name or the content says so, and every flaw at its place."""

from __future__ import annotations

import pytest

from apictl.source.parsing import parse
from tests.source.flaws import Told, only, tree


@pytest.mark.parametrize(
    "raw,flaw",
    [
        ('{"a": 1,}', Told("json-syntax", 1, 9)),
        ('{"a": [1,\n]}', Told("json-syntax", 2, 1)),
        ('{ // c\n"a": 1}', Told("json-syntax", 1, 3)),
        ('// c\n{"a": 1}', Told("json-syntax", 1, 1)),
        ("{'a': 1}", Told("json-syntax", 1, 2)),
        ('{"a" 1}', Told("json-syntax", 1, 6)),
        ('{"a": 1 "b": 2}', Told("json-syntax", 1, 9)),
        ('{"a": 01}', Told("json-syntax", 1, 7)),
        ('{"a": 1', Told("json-syntax", 1, 1)),
        ('{"a": "x', Told("json-syntax", 1, 9)),
        ('{"a": "x\ny"}', Told("json-syntax", 1, 9)),
        ('{"a": "\\x"}', Told("json-syntax", 1, 8)),
        ('{"a": tru}', Told("json-syntax", 1, 7)),
        ('{"a": 1} x', Told("json-syntax", 1, 10)),
        ('{"a": NaN}', Told("number-not-finite", 1, 7)),
        ('{"a": [-Infinity]}', Told("number-not-finite", 1, 8)),
        ('{"a": 1e999}', Told("number-not-finite", 1, 7)),
        ('{"a": ' + "1" * 6000 + "}", Told("number-too-large", 1, 7)),
        ('{"a": 1,\n "a": 2}', Told("key-duplicate", 2, 2)),
        ('{"a": 1, "\\u0061": 2}', Told("key-duplicate", 1, 10)),
        ('{"a": "\\ud800"}', Told("control-character", 1, 8)),
        ('{"a": "\\udc00\\ud800"}', Told("control-character", 1, 8)),
        ('{"\\ud83d": 1}', Told("control-character", 1, 3)),
        ('{"a": "\t"}', Told("control-character", 1, 8)),
    ],
)
def test_a_flaw_is_told_once_and_at_its_place(raw: str, flaw: Told) -> None:
    assert only(raw, "a.json") == flaw


def test_a_trailing_comma_is_told_with_the_fix() -> None:
    _, (finding,) = parse("a.json", b'{"a": 1,}')

    assert finding.hint == "remove the trailing comma"


def test_an_unclosed_object_is_told_where_it_opens_and_where_the_text_ends() -> None:
    _, (finding,) = parse("a.json", b'{"a":\n {"b": 1')

    assert (finding.place.line, finding.place.column) == (2, 2)
    assert [(related.place.line, related.place.column) for related in finding.related] == [(2, 9)]


@pytest.mark.parametrize("path", ["a.json", "a.yaml", "a"])
def test_json_is_read_under_any_name(path: str) -> None:
    text = '{"a": ["\\ud83d\\ude00", 1, 1.5, -0, true, null, "\\\\ud800"]}'

    assert tree(text, path) == {"a": ["😀", 1, 1.5, 0, True, None, "\\ud800"]}


def test_yaml_is_read_under_the_name_of_json() -> None:
    assert tree("a: yes\n", "a.json") == {"a": "yes"}


def test_flow_yaml_that_is_no_json_is_yaml_unless_the_name_says_json() -> None:
    assert tree("{a: 1, b: [x,],}", "a.yaml") == {"a": 1, "b": ["x"]}
    assert only("{a: 1}", "a.json") == Told("json-syntax", 1, 2)


def test_the_first_of_equal_keys_counts_in_both_languages() -> None:
    assert tree('{"a": 1, "b": 2, "a": 3}', "a.json") == tree("a: 1\nb: 2\na: 3") == {"a": 1, "b": 2}
