"""What the contract tests send: forms whose objects arrive, and YAML whose text is text for everybody."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast
from urllib.parse import parse_qsl

import pytest
import yaml
import yaml12
from hypothesis import given, settings
from hypothesis import strategies as st

from apictl.support.contract_testing.sent_bodies import _Dumper, _form


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
def test_an_object_in_a_form_is_sent_as_it_was_made(made: Any, styled: Any, pairs: list[tuple[str, str]]) -> None:
    context = cast("Any", SimpleNamespace(case=SimpleNamespace(body=made)))

    sent = _form(context, styled)

    assert parse_qsl((sent or b"").decode(), keep_blank_values=True) == pairs


def test_what_is_no_form_is_sent_all_the_same() -> None:
    context = cast("Any", SimpleNamespace(case=SimpleNamespace(body=[1])))

    assert [_form(context, value) for value in (None, "a=b", b"a", [1])] == [None, b"a=b", b"a", b"[1]"]


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"\A[-+0-9.:eExoynYN~ _]{1,8}\Z") | st.text(max_size=6))
def test_text_in_yaml_is_text_for_a_reader_of_yaml_1_2(text: str) -> None:
    assert yaml12.parse_yaml(yaml.dump([text], Dumper=_Dumper, allow_unicode=True)) == [text]
