"""JSON that is indented as usual is read and located as any other JSON is, only quicker."""

from __future__ import annotations

import json
import random
from typing import Any

import orjson
import pytest

from apictl.findings import Place
from apictl.source.document import Document
from apictl.source.indented import read_indented
from apictl.source.parsing import parse
from apictl.support.pointers import join_pointer

_WORDS = ("a", "b", "", "0", "/", "~1", "é", "😀", '"', "\\", "a: ", "{", "}", "\n  }", "\u2028", "x" * 90)
_SCALARS = (None, True, False, 0, -7, 2**63, 1.5, 1e300, "", "é\n", "\t", "]", "}", '"a": 1', "\\")


def _indented(tree: object) -> bytes:
    return orjson.dumps(tree, option=orjson.OPT_INDENT_2)


def _value(chance: random.Random, depth: int) -> Any:
    kind = chance.randrange(4) if depth else 3
    if kind == 0:
        return {chance.choice(_WORDS): _value(chance, depth - 1) for _ in range(chance.randrange(5))}
    if kind == 1:
        return [_value(chance, depth - 1) for _ in range(chance.randrange(5))]
    return chance.choice(_SCALARS)


def _pointers(value: Any, *tokens: str) -> list[str]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    below = [each for name, child in children for each in _pointers(child, *tokens, str(name))]
    return [join_pointer(tokens), join_pointer((*tokens, "none")), join_pointer((*tokens, "9")), *below]


@pytest.mark.parametrize("seed", range(60))
def test_every_place_is_where_it_is_in_the_text(seed: int) -> None:
    chance = random.Random(seed)
    tree = {"openapi": "3.1.0"} | {word: _value(chance, 5) for word in chance.sample(_WORDS, 4)}
    raw = _indented(tree) + chance.choice([b"", b"\n"])
    quick = read_indented(raw)

    assert quick == tree
    for pointer in _pointers(tree):
        for on_key in (False, True):
            place = Place("a.json", pointer, on_key=on_key)
            found, expected = (
                Document("a.json", tree, raw).locate(place),
                Document("a.json", tree, raw.decode()).locate(place),
            )
            assert found == expected


def test_what_is_asked_for_often_is_found_in_the_same_place() -> None:
    tree = {"items": [{"name": number} for number in range(99)]}
    document, _ = parse("a.json", _indented(tree))
    assert document is not None

    lines = [document.locate(Place("a.json", f"/items/{number}/name")).line for number in range(99)]

    assert lines == [4 + 3 * number for number in range(99)]


@pytest.mark.parametrize(
    "text",
    [
        '{\n  "a": 1,\n  "a": 1\n}',
        '{\n  "a": {\n    "b": 1,\n    "b": 1\n  }\n}',
        '{\n  "a": 1e999\n}',
        '{\n  "a": NaN\n}',
        '{\n  "a": 100000000000000000000\n}',
        '{\n  "a": 1.0e3\n}',
        '{\n  "a": "\\ud800"\n}',
        '{\n  "a": "\\u00e9"\n}',
        '{\n  "a": 1,\n}',
        '{\n  "a": 1\n} // end',
        '{\n  "a": 1\n}\n\n',
        '{"a": 1}',
        "{}",
        "[]",
        "",
    ],
)
def test_other_text_is_left_to_the_strict_reader(text: str) -> None:
    assert read_indented(text.encode()) is None


def test_what_is_nested_too_deeply_is_left_to_the_strict_reader() -> None:
    tree: dict[str, Any] = {}
    for _ in range(220):
        tree = {"a": tree}

    _, findings = parse("a.json", _indented(tree))

    assert [each.rule for each in findings] == ["nesting-limit"]


def test_text_that_turns_the_direction_of_writing_is_told() -> None:
    document, findings = parse("a.json", _indented({"a": "\u202e"}))

    assert document is not None
    assert [(each.rule, each.place.line) for each in findings] == [("direction-override", 2)]


def test_its_text_is_there_for_who_wants_it() -> None:
    raw = _indented({"a": "é"})
    document, _ = parse("a.yaml", raw)

    assert document is not None
    assert document.tree == json.loads(raw)
    assert document.text == raw.decode()


def test_a_document_over_the_limit_is_refused_all_the_same() -> None:
    _, findings = parse("a.json", _indented({"a": "é"}), max_bytes=10)

    assert [each.rule for each in findings] == ["size-limit"]
