"""Bytes → text: what is no UTF-8 text is refused with its place."""

from __future__ import annotations

import codecs

import pytest

from apictl.source.parsing import parse
from tests.source.flaws import Told, only, told


@pytest.mark.parametrize("raw", [b"", b"  \n", b"# nothing here\n", b"---\n", b"---\n# c\n...\n", codecs.BOM_UTF8])
def test_a_document_without_content_is_empty(raw: bytes) -> None:
    assert only(raw) == Told("document-empty", 1, 1)


@pytest.mark.parametrize(
    "raw,kind",
    [(b"hello", "a string"), (b"- a\n", "a list"), (b"42", "a number"), (b"null", "null"), (b"[1]", "a list")],
)
def test_a_document_that_is_no_mapping_says_what_it_is(raw: bytes, kind: str) -> None:
    document, findings = parse("a.yaml", raw)

    assert document is None
    assert [(finding.rule, finding.place.line, finding.place.column) for finding in findings] == [
        ("not-a-mapping", 1, 1)
    ]
    assert findings[0].message.endswith(f"found {kind}")


@pytest.mark.parametrize(
    "raw,offset",
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", 0),
        (b"\x1f\x8b\x08\x00rest\xff", 0),
        (b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00", 4),
    ],
)
def test_a_binary_file_is_not_text_and_is_not_echoed(raw: bytes, offset: int) -> None:
    document, findings = parse("a.yaml", raw)

    assert document is None
    assert [finding.rule for finding in findings] == ["not-text"]
    assert findings[0].message.endswith(f"at offset {offset}")
    assert findings[0].message.isprintable()


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_other_unicode_encodings_are_refused_with_the_fix(encoding: str) -> None:
    document, findings = parse("a.yaml", "openapi: 3.1.0".encode(encoding))

    assert document is None
    assert [finding.rule for finding in findings] == ["encoding-not-utf8"]
    assert findings[0].hint == "re-save the file as UTF-8"


def test_a_byte_order_mark_changes_nothing() -> None:
    with_mark, _ = parse("a.yaml", codecs.BOM_UTF8 + b"a: 1\na: 2")
    without, _ = parse("a.yaml", b"a: 1\na: 2")

    assert with_mark is not None
    assert without is not None
    assert (with_mark.tree, with_mark.text) == (without.tree, without.text)
    assert told(codecs.BOM_UTF8 + b"a: 1\na: 2") == told(b"a: 1\na: 2") == [Told("key-duplicate", 2, 1)]


def test_a_byte_that_is_no_utf8_is_placed() -> None:
    assert only("é: 1\nb: caf".encode() + b"\xe9\n") == Told("encoding-not-utf8", 2, 7)


@pytest.mark.parametrize(
    "raw,column", [(b'a: "x\x00y"', 6), (b'{"a": "x\x01y"}', 9), (b"a: x\x7f", 5), ("a: \x9b1m".encode(), 4)]
)
def test_a_control_character_is_placed(raw: bytes, column: int) -> None:
    assert only(raw) == Told("control-character", 1, column)


def test_every_line_break_counts_as_one_line() -> None:
    assert only(b"a: 1\r\nb: 2\rc: 3\na: 4") == Told("key-duplicate", 4, 1)


def test_separators_of_yaml_1_1_break_no_line() -> None:
    document, _ = parse("a.yaml", "a: x\u2028y\u0085z\nb: 1\nb: 2".encode())

    assert document is not None
    assert document.tree == {"a": "x\u2028y\u0085z", "b": 1}
    assert only("a: x\u2028y\nb: 1\nb: 2".encode()) == Told("key-duplicate", 3, 1)
