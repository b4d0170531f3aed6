"""What is safe is mended, and every other byte stays as it is."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from apictl.errors import ApictlError
from apictl.findings import Finding
from apictl.readers.read import read
from apictl.rules.lint.catalogue import lint_rules
from apictl.rules.lint.selection import selection
from apictl.source.library import Library
from apictl.workspace.fixing import mended, write_document
from apictl.workspace.linting import Linter, Subject, Text
from apictl.workspace.snapshots import Snapshot
from apictl.workspace.standard import Standard

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"


def findings(text: str, path: str = "a.yaml") -> tuple[Finding, ...]:
    """Return what is found in *text*, with lines."""
    linter = Linter(Standard(selection(("recommended",), lint_rules(), {})))
    folder = Snapshot("here", "", lambda _: text.encode())
    (linted,) = linter.linted([Subject("t", folder, (Text(path),))])
    return linted.findings


def fixed(text: str, path: str = "a.yaml") -> str:
    """Return *text* with what is found in it mended once."""
    return mended(path, text, findings(text, path)).text


@pytest.mark.parametrize(
    "before,after",
    [
        ("openapi: 3.1 # x\ninfo: {title: T}\n", "openapi: '3.1.0' # x\ninfo: {title: T}\n"),
        ("asyncapi: 3.0\n", "asyncapi: '3.0.0'\n"),
        (HEAD.replace("title", "titel"), HEAD),
        (HEAD.replace("title", "'titel'"), HEAD.replace("title", "'title'")),
        (HEAD.replace("'1'", "1.0"), HEAD.replace("'1'", "'1.0'")),
        (HEAD + "servers: [{url: 'https://a.dev/'}]\n", HEAD + "servers: [{url: 'https://a.dev'}]\n"),
        (HEAD + "servers:\n  - url: https://a.dev/ # é😀\n", HEAD + "servers:\n  - url: https://a.dev # é😀\n"),
        (HEAD + "x-a: [no, 'no', on, none]\n", HEAD + "x-a: ['no', 'no', 'on', none]\n"),
    ],
)
def test_what_leaves_no_choice_is_mended(before: str, after: str) -> None:
    assert fixed(before) == after


@pytest.mark.parametrize(
    "before,after",
    [
        ("{type: string, nullable: true}", "{type: [string, 'null']}"),
        ("{nullable: true, type: string}", "{type: [string, 'null']}"),
        ("{type: string, nullable: true, maxLength: 3}", "{type: [string, 'null'], maxLength: 3}"),
        ("{type: string, enum: [a], nullable: true}", "{type: string, enum: [a], nullable: true}"),
        ("{type: [string], nullable: true}", "{type: [string], nullable: true}"),
        ("{type: string, nullable: false}", "{type: string, nullable: false}"),
        (
            "\n      type: string\n      nullable: true\n      maxLength: 3",
            "\n      type: [string, 'null']\n      maxLength: 3",
        ),
        ("\n      type: string\n      nullable: true # why", "\n      type: string\n      nullable: true # why"),
    ],
)
def test_nullable_becomes_a_type(before: str, after: str) -> None:
    head = HEAD + "components:\n  schemas:\n    A: "

    assert fixed(f"{head}{before}\n") == f"{head}{after}\n"
    assert fixed(f"{head}{before}\n".replace("\n", "\r\n")) == f"{head}{after}\n".replace("\n", "\r\n")


def test_json_is_mended_as_json() -> None:
    text = dedent("""\
        {
          "openapi": "3.1.0",
          "info": {"titel": "T", "version": 1.0},
          "paths": {},
          "components": {"schemas": {"A": {
            "type": "string",
            "nullable": true
          }}}
        }
        """)

    once = fixed(text, "a.json")
    assert once == text.replace("titel", "title").replace("1.0}", '"1.0"}')
    assert fixed(once, "a.json") == once.replace('"string",\n    "nullable": true', '["string", "null"]')


def test_a_name_that_is_taken_is_not_given_again() -> None:
    text = HEAD.replace("title: T", "title: T, titel: U")

    assert fixed(text) == text


def test_text_that_is_no_document_stays_as_it_is() -> None:
    text = "openapi: 3.1.0\ninfo: {titel: T: U}\n"

    assert fixed(text) == text


def test_an_edit_that_changes_anything_else_is_not_made() -> None:
    text = HEAD + "servers: [{url: &a 'https://a.dev/'}, {url: *a}]\n"
    found = Library(lambda _: text.encode())

    assert read(found, "a.yaml", service="t").contract is not None
    assert fixed(text) == text


def test_document_keeps_its_mode_and_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    path.chmod(0o600)

    write_document(path, HEAD + "x-a: 1\n", old=HEAD)

    assert path.read_bytes() == b"\xef\xbb\xbf" + (HEAD + "x-a: 1\n").encode()
    assert path.stat().st_mode & 0o777 == 0o600
    assert [*tmp_path.iterdir()] == [path]
    with pytest.raises(ApictlError, match="was changed"):
        write_document(path, HEAD, old=HEAD)
