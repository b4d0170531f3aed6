"""What holds for every text."""

from __future__ import annotations

import json
from typing import Literal, TypeAlias

import pytest
import yaml12
from hypothesis import given
from hypothesis import strategies as st

from apictl.findings import Finding, Place
from apictl.source import flaws
from apictl.source.json_scanner import scan_json
from apictl.source.json_spots import JsonSpots
from apictl.source.library import Library
from apictl.source.parsing import parse
from apictl.source.tree import JsonValue
from apictl.support.pointers import join_pointer
from tests.source.flaws import tree

Strategy: TypeAlias = st.SearchStrategy[JsonValue]

CONTROLS: tuple[Literal["Cc"]] = ("Cc",)
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=CONTROLS), max_size=20)
LEAVES: Strategy = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT
VALUES: Strategy = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=15,
)
MAPPINGS = st.dictionaries(TEXT, VALUES, max_size=5)
SIGNS = "[]{},#'\"é\n\t\x00\ufeff\u2028\ud7ff"
WORDS = ("a: ", "- ", "  ", "\\u", "*x", "&x ", "<<: ", "!t ", "? ", ": ", "200", "1e999", "null", "0777", "$ref")
LINES = ("---\n", "%YAML 1.1\n", "|\n")
FRAGMENTS = st.sampled_from([*SIGNS, *WORDS, *LINES])


@given(MAPPINGS, st.sampled_from([None, 2]))
def test_what_json_writes_is_read_as_json_and_as_yaml(value: dict[str, JsonValue], indent: int | None) -> None:
    for is_ascii in (True, False):
        assert tree(json.dumps(value, indent=indent, ensure_ascii=is_ascii), "a.json") == value
    # The leading key makes it no JSON, so that the composer reads it; libyaml wants pairs of surrogates unescaped.
    assert tree("x: " + json.dumps(value, ensure_ascii=False)) == {"x": value}


@given(MAPPINGS)
def test_the_scanner_finds_every_node_of_what_json_writes(value: dict[str, JsonValue]) -> None:
    text = json.dumps(value, indent=1)
    document, _ = parse("a.json", text.encode())
    assert document is not None
    spot, flaws = scan_json(text)

    assert flaws == []
    assert spot is not None
    for key, child in value.items():
        place = document.locate(Place("a.json", join_pointer([key])))
        assert place.line is not None
        assert place.column is not None
        rest = "\n".join(text.split("\n")[place.line - 1 :])[place.column - 1 :]
        assert json.JSONDecoder().raw_decode(rest)[0] == child


@given(st.dictionaries(st.from_regex(r"[a-z]{3,9}[0-9]", fullmatch=True), LEAVES, min_size=1, max_size=6))
def test_a_key_is_found_where_it_is_written(value: dict[str, JsonValue]) -> None:
    text = "".join(f"{key}: {json.dumps(child, ensure_ascii=False)}\n" for key, child in value.items())
    document, _ = parse("a.yaml", text.encode())

    assert document is not None
    for line, key in enumerate(value, 1):
        place = document.locate(Place("a.yaml", f"/{key}", on_key=True))
        assert (place.line, place.column) == (line, 1)
        assert document.locate(Place("a.yaml", f"/{key}")).column == len(key) + 3


@given(st.lists(FRAGMENTS, max_size=30).map("".join), st.sampled_from(["a.yaml", "a.json"]))
def test_no_mixture_of_signs_raises(text: str, path: str) -> None:
    judge(path, text.encode())


@given(st.binary(max_size=60), st.sampled_from(["a.yaml", "a.json"]))
def test_no_bytes_raise(raw: bytes, path: str) -> None:
    judge(path, raw)


@given(MAPPINGS, st.data())
def test_no_mutation_of_a_document_raises(value: dict[str, JsonValue], data: st.DataObject) -> None:
    raw = bytearray(json.dumps(value, indent=1).encode())
    at = data.draw(st.integers(0, len(raw)))
    raw[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))

    judge("a.json", bytes(raw))
    judge("a.yaml", bytes(raw))


def judge(path: str, raw: bytes) -> None:
    """Hold the laws of every answer: placed, short and printable; no document without a mapping."""
    document, findings = parse(path, raw)

    for finding in findings:
        assert finding.place.path == path
        assert finding.place.line is not None
        assert finding.place.line <= raw.count(b"\n") + raw.count(b"\r") + 1
        assert finding.place.column is not None
        assert len(finding.message) <= 200
        assert finding.message.isprintable()
    assert document is not None or findings
    if document is not None:
        json.dumps(document.tree, allow_nan=False, ensure_ascii=False).encode()
        document.locate(Place(path, "/a/0"))


@given(st.lists(FRAGMENTS, max_size=12).map("".join))
def test_what_is_read_without_a_word_is_read_alike_by_another_parser(text: str) -> None:
    document, findings = parse("a.yaml", text.encode())
    # Merge keys and anchors are ours to read; in the rest yaml12 has its own mind (a block scalar at the very end).
    if document is None or findings or any(sign in text for sign in ("<<", "&", "|", "\u2028", "\t", "\ufeff")):
        return

    assert yaml12.parse_yaml(text) == document.tree


@given(st.text(), st.text())
def test_no_reference_raises(reference: str, base: str) -> None:
    answer = Library(lambda _path: b"a: 1").resolve(Place("specs/a.yaml", join_pointer([base])), reference)

    if isinstance(answer, Finding):
        assert answer.message.isprintable()
    else:
        assert ".." not in answer.place.path.split("/")


@given(VALUES, st.sampled_from([None, 0, 3]))
def test_what_is_looked_into_when_asked_is_where_the_scanner_finds_it(value: JsonValue, indent: int | None) -> None:
    text = json.dumps({"a": value, "b": [value]}, indent=indent) + "\n"
    scanned, _ = scan_json(text)
    assert scanned is not None
    lazy = JsonSpots(text)

    waiting = [(lazy.root, scanned)]
    while waiting:
        found, expected = waiting.pop()
        assert (found.at, found.key_at) == (expected.at, expected.key_at)
        match lazy.below(found), expected.below:
            case dict() as ours, dict() as theirs:
                assert list(ours) == list(theirs)
                waiting += zip(ours.values(), theirs.values(), strict=True)
            case list() as ours, list() as theirs:
                waiting += zip(ours, theirs, strict=True)
            case ours, theirs:
                assert ours is None
                assert theirs is None


@pytest.mark.parametrize("text", ["", "{", "{a: 1}", '{"a" 1}', '{"a": 1,}', '{"a": 1]', "[1 2]", "[] []", '{1: "a"}'])
def test_what_is_no_json_has_no_places_of_json(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        JsonSpots(text)


@given(st.text("ab\r\n\u2028\x85", max_size=40), st.sampled_from([1, 3, 1 << 16]))
def test_lines_end_with_lf_cr_lf_or_cr_and_nothing_else(text: str, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flaws, "_BLOCK", block)
        lines = flaws.Lines(text)
        found = [lines.position(offset) for offset in range(len(text) + 1)]

    line, column, expected = 1, 1, []
    for index, sign in enumerate(text):
        expected.append((line, column))
        is_end = sign == "\n" or (sign == "\r" and text[index + 1 : index + 2] != "\n")
        line, column = (line + 1, 1) if is_end else (line, column + 1)
    assert found == [*expected, (line, column)]
