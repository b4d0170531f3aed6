"""YAML 1.2 core schema: what is read as what, and what is refused where."""

from __future__ import annotations

from pathlib import Path

import pytest

from apictl.findings import Severity
from apictl.source.parsing import parse
from tests.source.flaws import Told, only, told, tree


@pytest.mark.parametrize(
    "raw,flaw",
    [
        ("a:\n\tb: 1", Told("yaml-syntax", 2, 1)),
        ("a: [1, 2\nb: 3\n", Told("yaml-syntax", 1, 4)),
        ('a: "x\n', Told("yaml-syntax", 1, 4)),
        ("a: b: c", Told("yaml-syntax", 1, 5)),
        ("a: *nope", Told("alias-undefined", 1, 4)),
        ("a: 1\n---\nb: 2", Told("documents-several", 2, 1)),
        ("a: !Foo x", Told("tag-unknown", 1, 4)),
        ("a: !include x.yaml", Told("tag-unknown", 1, 4)),
        ("a: !!binary aGk=", Told("tag-unknown", 1, 4)),
        ("a: !!int x", Told("tag-unknown", 1, 4)),
        ("? [a, b]\n: 1\nc: 2", Told("key-not-a-string", 1, 3)),
        ("1.0: a", Told("key-not-a-string", 1, 1)),
        ("~: a", Told("key-not-a-string", 1, 1)),
        ("true: a", Told("key-not-a-string", 1, 1)),
        ("7: a", Told("key-not-a-string", 1, 1)),
        ("a: &z {y: *z}", Told("alias-recursive", 1, 11)),
        ("a:\n  <<: 1", Told("merge-not-a-mapping", 2, 3)),
        ("a: .inf", Told("number-not-finite", 1, 4)),
        ("a: -.Inf", Told("number-not-finite", 1, 4)),
        ("a: .NaN", Told("number-not-finite", 1, 4)),
        ("a: 1e999", Told("number-not-finite", 1, 4)),
        ("a: " + "1" * 6000, Told("number-too-large", 1, 4)),
        ('a: "\\ud800"', Told("control-character", 1, 7)),
    ],
)
def test_a_flaw_is_told_once_and_at_its_place(raw: str, flaw: Told) -> None:
    assert only(raw) == flaw


def test_nothing_of_a_tag_is_executed(tmp_path: Path) -> None:
    canary = tmp_path / "canary"

    flaws = told(f"a: !!python/object/apply:os.system ['touch {canary}']")

    assert flaws == [Told("tag-unknown", 1, 4)]
    assert not canary.exists()


def test_an_unclosed_bracket_is_told_where_it_opens_and_where_reading_stopped() -> None:
    _, (finding,) = parse("a.yaml", b"a: [1, 2\nb: 3\n")

    assert (finding.place.line, finding.place.column) == (1, 4)
    assert [(related.place.line, related.place.column) for related in finding.related] == [(2, 1)]


def test_a_duplicate_key_is_told_at_the_second_with_the_first_beside_it() -> None:
    _, (finding,) = parse("a.yaml", b"paths:\n  /a: 1\n  /b: 2\n  /a: 3\n")

    assert finding.rule == "key-duplicate"
    assert (finding.place.line, finding.place.column, finding.place.pointer) == (4, 3, "/paths/~1a")
    assert [(related.place.line, related.place.column) for related in finding.related] == [(2, 3)]


def test_an_integer_key_and_the_same_in_quotes_are_duplicates() -> None:
    assert told("200: a\n'200': b") == [Told("key-unquoted", 1, 1), Told("key-duplicate", 2, 1)]


def test_status_codes_as_keys_become_strings_with_one_note() -> None:
    document, findings = parse("a.yaml", b"200: a\n404: b\n")

    assert document is not None
    assert document.tree == {"200": "a", "404": "b"}
    assert [(finding.rule, finding.severity) for finding in findings] == [("key-unquoted", Severity.INFO)]


@pytest.mark.parametrize(
    "text,value",
    [
        ("2024-01-01", "2024-01-01"),
        ("12:30:45", "12:30:45"),
        ("1_000", "1_000"),
        ("0o17", 15),
        ("0x1F", 31),
        ("0b11", "0b11"),
        ("-0", 0),
        ("+1", 1),
        ("1.", 1.0),
        (".5", 0.5),
        (".", "."),
        ("1e3", 1000.0),
        ("12345678901234567890123", 12345678901234567890123),
        ("~", None),
        ("NULL", None),
        ("", None),
        ("nULL", "nULL"),
        ("True", True),
        ("FALSE", False),
        ("=", "="),
        ("<<", "<<"),
        ("'1'", "1"),
        ("! 1", "1"),
        ("!!str 1", "1"),
        ("!!int '1'", 1),
        ("!!float 1", 1.0),
        ("!!null ''", None),
        ('"\\u263A"', "\u263a"),
        ("|+\n  x\n\n", "x\n\n"),
        (">-\n  x\n  y\n", "x y"),
    ],
)
def test_scalars_are_read_by_the_core_schema(text: str, value: object) -> None:
    read = tree(f"a: {text}")

    assert read == {"a": value}
    assert isinstance(read, dict)
    assert type(read["a"]) is type(value)


def test_booleans_of_yaml_1_1_are_strings_with_one_note() -> None:
    document, findings = parse("a.yaml", b"a: [yes, no, on, off, y, n]")

    assert document is not None
    assert document.tree == {"a": ["yes", "no", "on", "off", "y", "n"]}
    assert [(finding.rule, finding.severity) for finding in findings] == [("boolean-word-unquoted", Severity.INFO)]


def test_a_leading_zero_makes_a_decimal_number_and_a_warning() -> None:
    document, (finding,) = parse("a.yaml", b"a: 0777")

    assert document is not None
    assert document.tree == {"a": 777}
    assert (finding.rule, finding.severity) == ("number-leading-zero", Severity.WARNING)


def test_a_yaml_1_1_directive_is_told_and_not_followed() -> None:
    document, (finding,) = parse("a.yaml", b"%YAML 1.1\n---\na: 2024-01-01")

    assert document is not None
    assert document.tree == {"a": "2024-01-01"}
    assert (finding.rule, finding.severity) == ("yaml-directive", Severity.WARNING)


def test_merge_keys_are_expanded_and_own_keys_win() -> None:
    text = "x: &x {a: 1, b: 2}\ny: &y {b: 3, c: 4}\nz: {<<: [*x, *y], a: 0}\nq: {'<<': 1}"

    assert tree(text) == {
        "x": {"a": 1, "b": 2},
        "y": {"b": 3, "c": 4},
        "z": {"a": 0, "b": 2, "c": 4},
        "q": {"<<": 1},
    }


def test_an_anchor_may_be_defined_anew() -> None:
    assert tree("a: &x 1\nb: *x\nc: &x 2\nd: *x") == {"a": 1, "b": 1, "c": 2, "d": 2}


def test_an_alias_may_be_a_key_if_it_stands_for_a_string() -> None:
    assert tree("a: &x name\n*x : 1") == {"a": "name", "name": 1}


def test_flaws_of_one_text_are_told_together() -> None:
    assert told("a: !x 1\nb: *nope\na: .inf\n") == [
        Told("tag-unknown", 1, 4),
        Told("alias-undefined", 2, 4),
        Told("key-duplicate", 3, 1),
        Told("number-not-finite", 3, 4),
    ]
