"""Lines of documents for messages: the same as those of the whole text, wherever they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.findings import Place
from apictl.workspace import excerpts
from apictl.workspace.excerpts import text_excerpts

_PIECES = st.sampled_from(["a", "bc", "é", "😀", " ", "\n", "\r\n", "\r", "\x0b", "\u2028", "x" * 40])


def _place(line: int | None, path: str = "a.yaml") -> Place:
    return Place(path, "", line, 1)


@pytest.fixture(scope="module", autouse=True)
def _small_blocks() -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(excerpts, "_BLOCK", 7)
        yield


@given(st.lists(_PIECES, max_size=60).map("".join))
def test_each_line_is_that_of_the_whole_text(text: str) -> None:
    excerpt = text_excerpts({"a.yaml": text})
    lines = re.split("\r\n|\r|\n", text)

    assert [excerpt(_place(number)) for number in range(len(lines) + 2)] == [None, *lines, None]


def test_no_line_is_shown_of_what_is_on_none() -> None:
    assert text_excerpts({"a.yaml": "x"})(_place(None)) is None


def test_lines_of_a_file_are_without_its_mark_and_show_bytes_that_are_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(b"\xef\xbb\xbfa: 1\nb: \xff\n")
    excerpt = excerpts.excerpts(tmp_path)

    assert [excerpt(_place(number)) for number in (1, 2, 3, 4)] == ["a: 1", "b: \\xff", "", None]


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03binary", "a: 1\n".encode("utf-16")])
def test_what_is_no_text_has_no_lines(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_bytes(content)

    assert excerpts.excerpts(tmp_path)(_place(1)) == ""
    assert excerpts.excerpts(tmp_path)(_place(2)) is None
    assert excerpts.excerpts(tmp_path)(_place(1, "none.yaml")) == ""
