"""Text of a contract stays text, whatever it is."""

from __future__ import annotations

import ast
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.pages.nodes import (
    CommentText,
    DocText,
    DottedName,
    Expression,
    Identifier,
    Literal,
    TomlString,
    UnsafeText,
    finalize,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda children: st.lists(children) | st.dictionaries(st.text(), children),
    max_leaves=8,
)


@given(JSON)
def test_a_literal_reads_back_as_the_same_value(value: object) -> None:
    assert ast.literal_eval(str(Literal(value))) == value


@given(st.text(), st.sampled_from([0, 4, 8]))
def test_a_docstring_neither_ends_nor_escapes_early(text: str, indent: int) -> None:
    node = DocText(text, indent)
    margin = " " * indent

    tree = ast.parse(f'class A:\n{margin or "    "}"""{node}"""\n')

    (definition,) = tree.body
    assert isinstance(definition, ast.ClassDef)
    assert len(definition.body) == 1
    assert isinstance(ast.get_docstring(definition), str)


@pytest.mark.parametrize("payload", ['"""', "\\", 'a"', '\\"""', "x\\", '""""', "\r import os", "\u2028exec", "{x}"])
def test_hostile_docstrings_keep_their_words(payload: str) -> None:
    tree = ast.parse(f'"""{DocText(payload, 0)}"""')

    assert len(tree.body) == 1
    assert isinstance(tree.body[0], ast.Expr)


@given(st.text())
def test_a_comment_stays_on_its_line(text: str) -> None:
    tree = ast.parse(f"# {CommentText(text)}\nx = 1\n")

    assert len(tree.body) == 1


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_toml_string_reads_back_as_the_same_text(text: str) -> None:
    assert tomllib.loads(f"x = {TomlString(text)}")["x"] == text


@pytest.mark.parametrize("name", ["class", "a b", "a-b", "", "1a", "é", "a\n", "a.b"])
def test_what_is_no_identifier_is_refused(name: str) -> None:
    with pytest.raises(UnsafeText):
        Identifier(name)


@pytest.mark.parametrize(
    "text", ["lambda: 0", "a; b", "[x for x in y]", "(yield)", "a := 1", "f'{x}'", "a if b else c"]
)
def test_an_expression_holds_no_more_than_types_and_constants(text: str) -> None:
    with pytest.raises(UnsafeText):
        Expression(text)


def test_a_dotted_name_is_made_of_identifiers() -> None:
    assert str(DottedName("a.b_c")) == "a.b_c"
    with pytest.raises(UnsafeText):
        DottedName("a..b")


@pytest.mark.parametrize("value", ["text", 1, None, ["x"]])
def test_a_template_prints_nodes_only(value: object) -> None:
    with pytest.raises(UnsafeText):
        finalize(value)
