"""Which content a body or a caller asks for, and what bytes say in it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from apictl.support.binary import Binary
from apictl.support.declarations import Content, Kind
from apictl.support.files import File
from apictl.support.judge import Judge
from apictl.support.media import BodyRefused, choose_content, decode_body, encode_body, negotiate


def contents(*media_types: str) -> tuple[Content, ...]:
    return tuple(Content(media_type, Kind.JSON, Any) for media_type in media_types)


@pytest.mark.parametrize(
    "declared,given,chosen",
    [
        (("application/json",), "application/json", "application/json"),
        (("application/json",), "Application/JSON; charset=UTF-8", "application/json"),
        (("Application/Json",), "application/json", "Application/Json"),
        (("application/json",), "application/json;", "application/json"),
        (("application/json",), "text/plain", None),
        (("application/json",), "application/*", None),
        (("application/json",), "json", None),
        (("application/json",), 'application/json; a="unclosed', None),
        (("*/*", "image/*", "image/png"), "image/png", "image/png"),
        (("*/*", "image/*", "image/png"), "image/gif", "image/*"),
        (("*/*", "image/*", "image/png"), "text/plain", "*/*"),
        (("application/*+json",), "application/merge-patch+json", "application/*+json"),
        (("application/json; version=1", "application/json; version=2"), 'application/json;version="2"', "version=2"),
        (("application/json", "application/json; version=2"), "application/json; version=2", "version=2"),
        (("application/json; version=1",), "application/json", None),
        (("application/json; charset=utf-8",), "application/json", "charset=utf-8"),
        (("application/json; charset=utf-8",), "application/json; charset=utf-16", None),
        (("application/octet-stream",), "", "application/octet-stream"),
        (("application/octet-stream",), None, "application/octet-stream"),
        (("application/json",), None, None),
    ],
)
def test_the_most_specific_content_holds_a_body(
    declared: tuple[str, ...], given: str | None, chosen: str | None
) -> None:
    content = choose_content(contents(*declared), given)

    assert (content is None) if chosen is None else (content is not None and content.media_type.endswith(chosen))


@pytest.mark.parametrize(
    "offered,accept,chosen",
    [
        ("a/b c/d", None, "a/b"),
        ("a/b c/d", "", "a/b"),
        ("a/b c/d", "*/*", "a/b"),
        ("a/b c/d", "c/d", "c/d"),
        ("a/b c/d", "C/D", "c/d"),
        ("a/b c/d", "a/b;q=0.1, c/d;q=0.9", "c/d"),
        ("a/b c/d", "c/d;q=0, */*;q=0.1", "a/b"),
        ("a/b c/d", "a/b;q=0, c/*;q=0", None),
        ("a/b c/d", "a/*, c/d;q=0.5", "a/b"),
        ("a/b c/d", "*/*;q=0.5, c/*", "c/d"),
        ("a/b c/d", "x/y", None),
        ("a/b c/d", "nonsense", "a/b"),
        ("a/b c/d", "nonsense, c/d", "c/d"),
        ("a/b c/d", "c/d;q=nan, a/b;q=0.1", "a/b"),
        ("a/b c/d", "a/b;charset=utf-8", "a/b"),
        ("a/b c/d", 'x/y;p=",c/d", a/b', "a/b"),
        ("image/* c/d", "image/png", "image/*"),
        ("a/b;v=1 a/b;v=2", "a/b;v=2", "a/b;v=2"),
        ("a/b", "a/b;v=2", None),
        ("application/json", "application/xml, application/json;q=0.001", "application/json"),
    ],
)
def test_the_caller_gets_what_it_likes_best(offered: str, accept: str | None, chosen: str | None) -> None:
    content = negotiate(contents(*offered.split()), accept)

    assert (content and content.media_type) == chosen


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=30) | st.text('a/b;q=01.,*" \\', max_size=40))
def test_no_header_is_too_odd(text: str) -> None:
    declared = contents("a/b", "a/*")

    assert negotiate(declared, text) in (None, *declared)
    assert choose_content(declared, text) in (None, *declared)


class Order(BaseModel):
    amount: int
    note: str | None = None


JUDGE = Judge.of(
    {
        "Order": {
            "type": "object",
            "properties": {"amount": {"type": "integer"}, "note": {"type": ["string", "null"]}},
            "required": ["amount"],
        },
        "Count": {"type": "integer"},
        "Bytes": {"type": "string", "format": "binary", "maxLength": 3},
    }
)
ORDER = Content("application/json", Kind.JSON, Order, "Order")


@pytest.mark.parametrize(
    "raw,amount",
    [(b'{"amount": 5}', 5), (b'{"amount": 5.0}', 5), (b'{"amount": 340282366920938463463}', 340282366920938463463)],
)
def test_a_json_body_becomes_a_model(raw: bytes, amount: int) -> None:
    assert decode_body(ORDER, raw, "application/json", JUDGE) == Order(amount=amount)


@pytest.mark.parametrize(
    "raw,reason",
    [
        (b"", "malformed"),
        (b"{", "malformed"),
        (b'{"amount": NaN}', "malformed"),
        (b'{"amount": 1, "x": 12345678901234567890, "y": NaN}', "malformed"),
        (b'{"amount": 1e999}', "malformed"),
        (b'{"amount": 5, "note": "\\ud800"}', "malformed"),
        (b'{"amount": 5, "note": "\xff"}', "malformed"),
        ('{"amount": 5}'.encode("utf-16"), "malformed"),
        (b"[" * 100_000, "malformed"),
        (b'{"amount": ' + b"9" * 5000 + b"}", "malformed"),
        (b'{"amount": "5"}', "refused"),
        (b'{"amount": true}', "refused"),
        (b'{"amount": 5.5}', "refused"),
        (b"{}", "refused"),
        (b"null", "refused"),
    ],
)
def test_a_bad_json_body_is_malformed_or_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(BodyRefused) as caught:
        decode_body(ORDER, raw, "application/json", JUDGE)

    assert caught.value.reason == reason
    assert all(len(refusal.message) <= 200 for refusal in caught.value.refusals)


def test_no_digit_of_a_long_number_is_lost() -> None:
    content = Content("application/json", Kind.JSON, int, "Long")
    judge = Judge.of({"Long": {"const": 2**80 + 1}})

    assert decode_body(content, b"%d" % (2**80 + 1), "application/json", judge) == 2**80 + 1
    with pytest.raises(BodyRefused):
        decode_body(content, b"%d" % 2**80, "application/json", judge)


def test_what_the_model_cannot_hold_is_refused_with_its_place() -> None:
    content = Content("application/json", Kind.JSON, Order)

    with pytest.raises(BodyRefused) as caught:
        decode_body(content, b'{"amount": "many"}', "application/json", JUDGE)

    assert (caught.value.reason, caught.value.refusals[0].pointer) == ("refused", "/amount")


def test_what_was_never_set_is_not_written() -> None:
    assert encode_body(ORDER, Order(amount=5)) == (b'{"amount":5}', "application/json")
    assert encode_body(ORDER, Order(amount=5, note=None)) == (b'{"amount":5,"note":null}', "application/json")


@pytest.mark.parametrize(
    "media_type,charset", [("text/plain", "utf-8"), ("text/plain; charset=utf-16", "utf-16"), ("text/*", "utf-8")]
)
def test_text_keeps_its_charset(media_type: str, charset: str) -> None:
    content = Content(media_type, Kind.TEXT, str)

    raw, content_type = encode_body(content, "größe")

    assert raw == "größe".encode(charset)
    assert content_type == f"text/plain; charset={charset}"
    assert decode_body(content, raw, content_type, JUDGE) == "größe"


def test_text_of_a_number_is_a_number() -> None:
    content = Content("text/plain", Kind.TEXT, int, "Count")

    assert decode_body(content, b"5", "text/plain", JUDGE) == 5
    assert encode_body(content, 5) == (b"5", "text/plain; charset=utf-8")
    with pytest.raises(BodyRefused, match="is not of type"):
        decode_body(content, b"five", "text/plain", JUDGE)


@pytest.mark.parametrize("charset", ["punycode", "hex", "idna", "nonsense", "utf-7"])
def test_an_unknown_charset_is_malformed(charset: str) -> None:
    with pytest.raises(BodyRefused, match=charset):
        decode_body(Content("text/plain", Kind.TEXT, str), b"a", f"text/plain; charset={charset}", JUDGE)


def test_bytes_stay_bytes_and_only_their_number_is_judged() -> None:
    content = Content("application/pdf", Kind.BINARY, bytes, "Bytes")

    assert decode_body(content, b"\xff\x00", "application/pdf", JUDGE) == b"\xff\x00"
    assert encode_body(content, b"\xff\x00") == (b"\xff\x00", "application/pdf")
    with pytest.raises(BodyRefused, match="longer than 3"):
        decode_body(content, b"\xff" * 4, "application/pdf", JUDGE)


@pytest.mark.parametrize("value", [Binary(b"x", "image/gif"), File(b"x", media_type="image/gif")])
def test_bytes_of_a_range_bring_their_media_type(value: Any) -> None:
    content = Content("image/*", Kind.BINARY, Binary)

    raw, media_type = encode_body(content, value)

    assert (raw, media_type) == (b"x", "image/gif")
    assert decode_body(content, raw, media_type, JUDGE) == Binary(b"x", "image/gif")
