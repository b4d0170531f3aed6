"""What the contract tests send: forms whose objects arrive, and YAML whose text is text for everybody."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qsl

import pytest
import yaml
import yaml12
from hypothesis import example, given, settings
from hypothesis import strategies as st

from apictl.support.contract_testing import proofs
from apictl.support.contract_testing.sent_bodies import _Dumper, _form


def _context(monkeypatch: pytest.MonkeyPatch, made: Any) -> Any:
    content = {"application/x-www-form-urlencoded": {"encoding": {"deep": {"style": "deepObject"}, "flat": {}}}}
    contract = {"paths": {"/a": {"post": {"requestBody": {"content": content}}}}}
    monkeypatch.setattr(proofs, "kept_contract", lambda: contract)
    operation = SimpleNamespace(path="/a", method="POST")
    return cast("Any", SimpleNamespace(case=SimpleNamespace(body=made, operation=operation)))


@pytest.mark.parametrize(
    "made, styled, pairs",
    [
        ({"a": [{"b": None}]}, {"a": [{"b": "null"}]}, [("a", '{"b": null}')]),
        ({"a": {"b": True}}, {"a": {"b": "true"}}, [("a", '{"b": true}')]),
        ({"a": {"b": "c"}}, {"a[b]": "c"}, [("a[b]", "c")]),
        (
            {"a": ["b", 1, None, False]},
            {"a": ["b", 1, "null", "false"]},
            [("a", v) for v in ("b", "1", "null", "false")],
        ),
        ({"a": ["b", "c"]}, {"a": "b,c"}, [("a", "b,c")]),
        ({"a": None, "b": True}, {"a": "null", "b": "true"}, [("a", "null"), ("b", "true")]),
        ({"a": []}, {"a": []}, []),
    ],
)
def test_an_object_in_a_form_is_sent_as_it_was_made(
    monkeypatch: pytest.MonkeyPatch, made: Any, styled: Any, pairs: list[tuple[str, str]]
) -> None:
    sent = _form(_context(monkeypatch, made), styled)

    assert parse_qsl((sent or b"").decode(), keep_blank_values=True) == pairs


@pytest.mark.parametrize(
    "deep, pairs",
    [
        ({"b": {"c": [1, True, "d"]}}, [("deep[b][c][]", "1"), ("deep[b][c][]", "true"), ("deep[b][c][]", "d")]),
        ([{"b": 1.5}, {"b": None, "c": []}, {}], [("deep[0][b]", "1.5")]),
        ([[1], [2]], [("deep[0][]", "1"), ("deep[1][]", "2")]),
        ("text", [("deep", "text")]),
        ({}, []),
    ],
)
def test_a_deep_object_is_sent_in_brackets_to_its_ends(
    monkeypatch: pytest.MonkeyPatch, deep: Any, pairs: list[tuple[str, str]]
) -> None:
    styled = {"flat": 1, **({"deep": deep} if isinstance(deep, str) else {"deep[b]": "lost", "deep": "lost"})}

    sent = _form(_context(monkeypatch, {"flat": 1, "deep": deep}), styled)

    assert parse_qsl((sent or b"").decode(), keep_blank_values=True) == [("flat", "1"), *pairs]


def test_what_is_no_form_is_sent_all_the_same() -> None:
    context = cast("Any", SimpleNamespace(case=SimpleNamespace(body=[1])))

    assert [_form(context, value) for value in (None, "a=b", b"a", [1])] == [None, b"a=b", b"a", b"[1]"]


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"\A[-+0-9.:eExoynYN~ _]{1,8}\Z") | st.text("a \x85\u2028\ufeff\n\t'\"") | st.text(max_size=6))
@example("\x85  ")
def test_text_in_yaml_is_text_for_a_reader_of_yaml_1_2(text: str) -> None:
    assert yaml12.parse_yaml(yaml.dump([text], Dumper=_Dumper, allow_unicode=True)) == [text]
