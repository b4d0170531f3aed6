"""Text of others in CommonMark, read back by another parser."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from apictl.report.commonmark import cell, code, fenced, prose
from apictl.report.text import printable
from tests.report.told import HOSTILE

PARSER = MarkdownIt("gfm-like", {"linkify": False})
SIGNS = st.text(alphabet="`|'\"\\<>@#!*_~[]() \n\r\t\x1bab1:./&-", max_size=60)
HARMLESS = re.compile(r"[A-Za-z0-9 ,;:.()'…]*")


def inside(markup: str) -> list[Token]:
    """Return what the one paragraph *markup* holds."""
    tokens = PARSER.parse(f"- {markup}")
    (inline,) = [token for token in tokens if token.type == "inline"]
    return inline.children or []


@pytest.mark.parametrize(
    "text,markup",
    [
        ("maximum of body.seats is 6, it was 8", "maximum of `body.seats` is 6, it was 8"),
        (
            "POST /quotes no longer accepts 'gift' for body.kind",
            "POST `/quotes` no longer accepts `gift` for `body.kind`",
        ),
        ("it can't be (and 1 more operation)", "it can't be (and 1 more operation)"),
        ("'' and ' x '", "`''` and `' x '`"),
        ("ask @team, or #1", "ask `@team`, or `#1`"),
    ],
)
def test_what_is_no_plain_word_is_code(text: str, markup: str) -> None:
    assert prose(text) == markup


@pytest.mark.parametrize("text", HOSTILE[:5] + HOSTILE[6:])
def test_hostile_prose_is_words_and_code(text: str) -> None:
    for token in inside(f"x {prose(text)}"):
        assert token.type in {"text", "code_inline"}
        assert token.type == "code_inline" or HARMLESS.fullmatch(token.content)


@settings(max_examples=300, deadline=None)
@given(SIGNS | st.text(max_size=40))
def test_prose_loses_nothing_but_blanks_and_quotes(text: str) -> None:
    tokens = inside(f"x {prose(text)}")

    assert {token.type for token in tokens} <= {"text", "code_inline"}
    assert all(token.type == "code_inline" or HARMLESS.fullmatch(token.content) for token in tokens)
    told = "".join(token.content for token in tokens)
    assert re.sub(r"[\s'\"]", "", told) == re.sub(r"[\s'\"]", "", "x" + printable(text))


@settings(max_examples=300, deadline=None)
@given(SIGNS | st.text(max_size=40))
def test_code_is_one_span_with_the_text(text: str) -> None:
    (token,) = inside(code(text))

    assert token.type == "code_inline"
    assert token.content.strip() == printable(text).strip()


@settings(max_examples=300, deadline=None)
@given(st.lists(SIGNS | st.text(max_size=40), max_size=4))
@example(["a", "```", "b"])
@example(["`````  ", "~~~"])
def test_fence_is_closed_by_its_end_alone(lines: list[str]) -> None:
    tokens = PARSER.parse("\n".join([*fenced(lines, "text"), "after"]))

    assert [token.type for token in tokens] == ["fence", "paragraph_open", "inline", "paragraph_close"]
    assert tokens[0].content == "".join(f"{printable(line)}\n" for line in lines)


@settings(max_examples=200, deadline=None)
@given(SIGNS)
def test_cell_of_a_table_stays_one_cell(text: str) -> None:
    tokens = PARSER.parse(f"| a | b |\n| --- | --- |\n| {cell(code(text))} | end |\n")

    cells = [token for token, before in zip(tokens[1:], tokens, strict=False) if before.type == "td_open"]
    assert [each.content for each in cells][1:] == ["end"]
    assert [each.type for each in cells[0].children or []] == ["code_inline"]
