"""YAML as it comes over the wire: the values of JSON, read by YAML 1.2, and nothing that harms."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
import yaml12
from hypothesis import given, settings
from hypothesis import strategies as st

from apictl.support.yaml_documents import MAX_NESTING, is_yaml, read_yaml, write_yaml

TEXTS = (
    st.text() | st.from_regex(r"\A[-+0-9.:eExoynYN~<#&*!|>' _]{1,8}\Z") | st.sampled_from(["yes", "<<", "null", "="])
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(
    "media_type",
    ["application/yaml", "Application/YAML; charset=utf-8", "application/x-yaml", "text/yaml", "a/apply-patch+yaml"],
)
def test_media_types_of_yaml_are_told(media_type: str) -> None:
    assert is_yaml(media_type)
    assert not is_yaml(media_type.lower().replace("yaml", "json"))


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_what_is_written_is_read_as_the_same_value(value: Any) -> None:
    assert json.dumps(read_yaml(write_yaml(value))) == json.dumps(value)


@settings(max_examples=300, deadline=None)
@given(VALUES)
def test_json_is_read_as_it_is(value: Any) -> None:
    assert json.dumps(read_yaml(json.dumps([value]).encode())) == json.dumps([value])


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(TEXTS, TEXTS, max_size=3))
def test_another_reader_of_yaml_1_2_sees_the_same_texts(value: dict[str, str]) -> None:
    assert yaml12.parse_yaml(write_yaml(value).decode()) == value


@pytest.mark.parametrize(
    "text,value",
    [
        ("day: 2020-01-01\nat: 12:30:45\nis: yes", {"day": "2020-01-01", "at": "12:30:45", "is": "yes"}),
        ("a: 1e5\nb: 0o17\nc: 010\nd: 5.0", {"a": 1e5, "b": 15, "c": 10, "d": 5.0}),
        ("a: !!str 5\nb: ! 5\nc: !!int 5", {"a": "5", "b": "5", "c": 5}),
        ("200: ok\ntrue: yes", {"200": "ok", "true": "yes"}),
        ("a: &x [1]\nb: *x", {"a": [1], "b": [1]}),
        ("# nothing", None),
        ("'\u2028\x85'", "\u2028\x85"),
        ("a: 123456789012345678901234567890", {"a": 123456789012345678901234567890}),
    ],
)
def test_scalars_are_those_of_the_core_schema(text: str, value: Any) -> None:
    assert read_yaml(text.encode()) == value


def test_the_first_bytes_tell_the_encoding() -> None:
    assert [read_yaml("é: ü".encode(name)) for name in ("utf-8", "utf-8-sig", "utf-16")] == [{"é": "ü"}] * 3


@pytest.mark.parametrize(
    "text,reason",
    [
        ("a: 1\na: 2", "the key 'a' is there twice, at line 2, column 1"),
        ("{a: 1, 'a': 2}", "the key 'a' is there twice"),
        ("a: {", "at line 2, column 1"),
        ("a: \x01", "unacceptable character"),
        ("a\n---\nb", "a second document begins"),
        ("x: !!binary aGk=", "the tag 'tag:yaml.org,2002:binary' is not known"),
        ("x: !!python/object/apply:os.getpid []", "is not known"),
        ("x: !!int five", "does not fit its tag"),
        ("x: .inf", "a number that JSON does not have"),
        ("? [a]\n: b", "a key is no text"),
        ("<<: {a: 1}", "the merge key"),
        ("&a [*a]", "the alias 'a' has no node that ended before it"),
        ("*a", "the alias 'a'"),
        (f"x: {'9' * 5000}", "a number that JSON does not have"),
        ('"\\ud800"', ""),
    ],
)
def test_what_json_does_not_have_is_refused(text: str, reason: str) -> None:
    with pytest.raises(ValueError) as caught:  # noqa: PT011 - of the reason, below
        read_yaml(text.encode())

    assert reason in str(caught.value)


def test_bytes_that_are_no_text_are_refused() -> None:
    with pytest.raises(ValueError, match="utf-8"):
        read_yaml(b"\xff\xffa")


@pytest.mark.parametrize(
    "text",
    [
        "[" * (MAX_NESTING + 1) + "a" + "]" * (MAX_NESTING + 1),
        "[" * 500_000,
        "- " * 500_000,
        "a0: &a0 [x,x,x,x,x,x,x,x,x]\n" + "".join(f"a{i}: &a{i} [{f'*a{i - 1},' * 9}]\n" for i in range(1, 30)),
        "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, MAX_NESTING + 1)),
        f"a: &a {'x' * 1_000_000}\nb: [{'*a,' * 50_000}]",
        "{" + "? " * 200_000,
        "&a " * 200_000,
    ],
)
def test_hostile_documents_are_refused_soon(text: str) -> None:
    began = time.process_time()

    with pytest.raises(ValueError):  # noqa: PT011 - each by another limit
        read_yaml(text.encode())

    assert time.process_time() - began < 5


def test_a_value_that_is_there_twice_is_written_twice() -> None:
    shared = ["a"]

    assert write_yaml({"x": shared, "y": shared}) == b"x:\n- a\ny:\n- a\n"
