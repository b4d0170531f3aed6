"""JSON Pointers: escapes, fragments, and the way through a tree."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.source.tree import (
    JsonValue,
    PointerMalformed,
    PointerMissing,
    decode_fragment,
    encode_fragment,
    lookup,
    split_pointer,
)
from apictl.support.pointers import join_pointer

# The document and the answers of RFC 6901, section 5.
EXAMPLE: JsonValue = {
    "foo": ["bar", "baz"],
    "": 0,
    "a/b": 1,
    "c%d": 2,
    "e^f": 3,
    "g|h": 4,
    "i\\j": 5,
    'k"l': 6,
    " ": 7,
    "m~n": 8,
}


@pytest.mark.parametrize(
    "pointer,node",
    [
        ("", EXAMPLE),
        ("/foo", ["bar", "baz"]),
        ("/foo/0", "bar"),
        ("/", 0),
        ("/a~1b", 1),
        ("/c%d", 2),
        ("/e^f", 3),
        ("/g|h", 4),
        ("/i\\j", 5),
        ('/k"l', 6),
        ("/ ", 7),
        ("/m~0n", 8),
    ],
)
def test_pointers_of_the_rfc_find_their_nodes(pointer: str, node: object) -> None:
    assert lookup(EXAMPLE, pointer) == node


@pytest.mark.parametrize("pointer", ["/foo/2", "/foo/01", "/foo/-", "/foo/-1", "/foo/٣", "/foo/0/x", "/nope"])
def test_a_pointer_to_nothing_is_missing(pointer: str) -> None:
    with pytest.raises(PointerMissing):
        lookup(EXAMPLE, pointer)


def test_a_missing_pointer_tells_how_far_it_came() -> None:
    with pytest.raises(PointerMissing) as caught:
        lookup({"a": {"b": 1}}, "/a/c/d")

    assert (caught.value.found, caught.value.missing, caught.value.parent) == (("a",), "c", {"b": 1})


@pytest.mark.parametrize("pointer", ["foo", "/a~2", "/a~", "#/a"])
def test_a_text_that_is_no_pointer_is_malformed(pointer: str) -> None:
    with pytest.raises(PointerMalformed):
        split_pointer(pointer)


@pytest.mark.parametrize("fragment", ["/%zz", "/%4", "/%ff", "/a b", "/{id}", "/a#b"])
def test_a_fragment_that_is_no_uri_is_malformed(fragment: str) -> None:
    with pytest.raises(PointerMalformed):
        decode_fragment(fragment)


@given(st.lists(st.text()))
def test_tokens_survive_the_way_into_a_pointer_and_back(tokens: list[str]) -> None:
    assert split_pointer(join_pointer(tokens)) == tuple(tokens)


@given(st.lists(st.text(st.characters(codec="utf-8"))))
def test_pointers_survive_the_way_into_a_fragment_and_back(tokens: list[str]) -> None:
    pointer = join_pointer(tokens)

    assert decode_fragment(encode_fragment(pointer)) == pointer
