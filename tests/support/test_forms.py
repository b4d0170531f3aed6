"""Forms: what one side writes the other reads, and so does anybody else."""

from __future__ import annotations

import email.parser
import email.policy
from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage
from typing import Any
from urllib.parse import parse_qsl, urlencode

import httpx2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from apictl.support.declarations import Content, Kind, Part
from apictl.support.files import File
from apictl.support.judge import Judge
from apictl.support.media import BodyRefused, decode_body, encode_body

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text(' %,;=.&/+|[]"\\:a5é\r\n-', max_size=8)
FORM_SCHEMA = {
    "type": "object",
    "properties": {
        "count": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "numbers": {"type": "array", "items": {"type": "number"}},
        "address": {"type": "object", "properties": {"zip": {"type": "string"}}},
        "rows": {"type": "array", "items": {"type": "object"}},
        "flag": {"type": "boolean"},
    },
    "additionalProperties": {"type": "string"},
}
UPLOAD_SCHEMA = {
    "type": "object",
    "properties": {
        "file": {"type": "string", "format": "binary", "maxLength": 1000},
        "files": {"type": "array", "items": {"type": "string", "contentMediaType": "application/octet-stream"}},
        "count": {"type": "integer"},
        "tags": {"type": "array", "items": {"type": "string"}},
        "meta": {"type": "object", "additionalProperties": {"type": "integer"}},
    },
    "additionalProperties": {"type": "string"},
}
JUDGE = Judge.of({"Form": FORM_SCHEMA, "Upload": UPLOAD_SCHEMA})
VALUES = st.builds(
    lambda fixed, rest: {**rest, **fixed},
    st.fixed_dictionaries(
        {},
        optional={
            "count": st.integers(),
            "tags": st.lists(TEXT, max_size=3).filter(lambda tags: tags != [""]),
            "numbers": st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=3),
            "address": st.fixed_dictionaries({"zip": TEXT}),
            "rows": st.lists(st.dictionaries(TEXT, st.integers(-5, 5), max_size=2), max_size=2),
            "flag": st.booleans(),
        },
    ),
    st.dictionaries(TEXT, TEXT, max_size=3),
)
FILES = st.builds(
    File, st.binary(max_size=40), TEXT.filter(bool), st.sampled_from(["image/png", "text/plain; charset=utf-8"])
)
UPLOADS = st.fixed_dictionaries(
    {},
    optional={
        "file": FILES,
        "files": st.lists(FILES, max_size=3),
        "count": st.integers(),
        "tags": st.lists(TEXT, max_size=3).filter(lambda tags: tags != [""]),
        "meta": st.dictionaries(TEXT, st.integers(-5, 5), max_size=2),
        "other": TEXT,
    },
)


def form(parts: Mapping[str, Part] | None = None, *, schema: str | None = "Form", type_: Any = Any) -> Content:
    return Content("application/x-www-form-urlencoded", Kind.FORM, type_, schema, parts or {})


def upload(parts: Mapping[str, Part] | None = None, *, schema: str | None = "Upload", type_: Any = Any) -> Content:
    return Content("multipart/form-data", Kind.MULTIPART, type_, schema, parts or {})


@settings(max_examples=60)
@given(VALUES)
def test_a_form_arrives_as_it_was_sent(value: dict[str, Any]) -> None:
    raw, content_type = encode_body(form(), value)

    assert decode_body(form(), raw, content_type, JUDGE) == value


@settings(max_examples=40)
@given(st.dictionaries(TEXT, TEXT, max_size=4))
def test_a_form_of_texts_is_what_the_standard_library_says(value: dict[str, str]) -> None:
    raw, _ = encode_body(form(schema=None), value)

    assert dict(parse_qsl(raw.decode(), keep_blank_values=True, strict_parsing=bool(raw))) == value
    assert (
        decode_body(
            form(),
            urlencode(value).encode(),
            "application/x-www-form-urlencoded",
            Judge.of({"Form": {"type": "object", "additionalProperties": {"type": "string"}}}),
        )
        == value
    )


def test_properties_are_written_in_their_styles() -> None:
    parts = {
        "tags": Part(style="form", explode=False),
        "numbers": Part(style="pipeDelimited", explode=False),
        "address": Part(style="deepObject"),
        "rows": Part(content_type="application/json"),
    }
    value = {"tags": ["a", "b,c"], "numbers": [1, 2.5], "address": {"zip": "1 2"}, "rows": [{"a": 1}]}

    raw, content_type = encode_body(form(parts), value)

    assert raw == b"tags=a,b%2Cc&numbers=1%7C2.5&address%5Bzip%5D=1+2&rows=%5B%7B%22a%22%3A1%7D%5D"
    assert decode_body(form(parts), raw, content_type, JUDGE) == value


def test_a_form_has_no_null_so_that_a_property_that_is_null_is_left_out() -> None:
    parts = {"address": Part(style="deepObject")}

    raw, _ = encode_body(form(parts), {"flag": None, "address": {"zip": None, "city": "x"}})

    assert raw == b"address%5Bcity%5D=x"


def test_what_brackets_cannot_say_is_not_sent() -> None:
    with pytest.raises(ValueError, match="leave it out"):
        encode_body(form({"address": Part(style="deepObject")}), {"address": {}})


def test_an_exploded_object_in_a_form_spreads() -> None:
    parts = {"address": Part(style="form")}

    raw, content_type = encode_body(form(parts), {"address": {"zip": "1"}, "flag": True})

    assert raw == b"zip=1&flag=true"
    assert decode_body(form(parts), raw, content_type, JUDGE) == {"address": {"zip": "1"}, "flag": True}


@pytest.mark.parametrize(
    "raw,reason",
    [
        (b"count=x", "refused"),
        (b"count=1&count=2", "refused"),
        (b"a=%FF", "malformed"),
        (b"a=\xff", "malformed"),
        (b"a&" * 20_000, "malformed"),
    ],
)
def test_a_bad_form_is_malformed_or_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(BodyRefused) as caught:
        decode_body(form(), raw, "application/x-www-form-urlencoded", JUDGE)

    assert caught.value.reason == reason


class Portrait(BaseModel):
    model_config = ConfigDict(extra="allow")

    file: File | None = None
    count: int | None = None
    meta: dict[str, int] | None = None


def test_models_carry_files() -> None:
    content = upload(type_=Portrait)
    portrait = Portrait(file=File(b"\xff\xd8", "me.jpg", "image/jpeg"), meta={"x": 5})

    raw, content_type = encode_body(content, portrait)

    assert decode_body(content, raw, content_type, JUDGE) == portrait


@settings(max_examples=60)
@given(UPLOADS)
def test_an_upload_arrives_as_it_was_sent(value: dict[str, Any]) -> None:
    raw, content_type = encode_body(upload(), value)

    assert decode_body(upload(), raw, content_type, JUDGE) == value


def test_the_same_upload_is_the_same_bytes() -> None:
    value = {"file": File(b"x"), "count": 1}

    assert encode_body(upload(), value) == encode_body(upload(), value)
    assert encode_body(upload(), value)[1] != encode_body(upload(), {"file": File(b"y"), "count": 1})[1]


def foreign(raw: bytes, content_type: str) -> list[EmailMessage]:
    """Return the parts as the standard library reads them."""
    parser = email.parser.BytesParser(policy=email.policy.HTTP)
    message = parser.parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + raw)
    return [part for part in message.iter_parts() if isinstance(part, EmailMessage)]


def test_an_upload_is_what_the_standard_library_reads() -> None:
    value = {
        "file": File(b"\x00\r\n--\xff", "a b.png", "image/png"),
        "tags": ["x", "y"],
        "meta": {"a": 1},
        "count": 5,
    }

    raw, content_type = encode_body(upload(), value)

    parts = foreign(raw, content_type)
    names = [part.get_param("name", header="content-disposition") for part in parts]
    assert names == ["file", "tags", "tags", "meta", "count"]
    assert [part.get_payload(decode=True) for part in parts] == [b"\x00\r\n--\xff", b"x", b"y", b'{"a":1}', b"5"]
    assert (parts[0].get_filename(), parts[0].get_content_type()) == ("a b.png", "image/png")
    assert parts[3].get_content_type() == "application/json"


@settings(max_examples=30)
@given(st.binary(max_size=60), st.text("abc é\"'", min_size=1, max_size=8), TEXT.filter(bool))
def test_what_a_foreign_client_uploads_is_read(content: bytes, filename: str, note: str) -> None:
    request = httpx2.Request(
        "POST", "http://test", files={"file": (filename, content, "image/png")}, data={"note": note, "tags": ["a", "b"]}
    )

    value = decode_body(upload(), request.read(), request.headers["content-type"], JUDGE)

    assert value == {"note": note, "tags": ["a", "b"], "file": File(content, filename, "image/png")}


def multipart(*parts: bytes, closing: bytes = b"--") -> bytes:
    return b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b" + closing + b"\r\n"


NAMED = b'Content-Disposition: form-data; name="%s"\r\n'


@pytest.mark.parametrize(
    "parts, value",
    [
        ([NAMED % b"address" + b'\r\n{"zip": "1"}'], {"address": {"zip": "1"}}),
        ([NAMED % b"address[zip]" + b"\r\n1"], {"address": {"zip": "1"}}),
        ([NAMED % b"rows" + b'\r\n{"a": 1}'], {"rows": [{"a": 1}]}),
        ([NAMED % b"rows" + b'\r\n{"a": 1}', NAMED % b"rows" + b"\r\n{}"], {"rows": [{"a": 1}, {}]}),
        ([NAMED % b"tags" + b"\r\n" + b"0" * 5000], {"tags": ["0" * 5000]}),
    ],
)
def test_objects_in_parts_are_in_brackets_or_documents_whatever_their_style(parts: list[bytes], value: Any) -> None:
    deep = {name: Part(style="deepObject") for name in ("address", "rows", "tags")}
    content = replace(upload(deep), schema="Form")

    assert decode_body(content, multipart(*parts), "multipart/form-data; boundary=b", JUDGE) == value


@pytest.mark.parametrize(
    "raw,content_type,reason",
    [
        (multipart(NAMED % b"count" + b"\r\nx"), "multipart/form-data; boundary=b", "refused"),
        (
            multipart(NAMED % b"count" + b"\r\n1", NAMED % b"count" + b"\r\n2"),
            "multipart/form-data; boundary=b",
            "refused",
        ),
        (multipart(NAMED % b"file" + b"\r\n" + b"x" * 1001), "multipart/form-data; boundary=b", "refused"),
        (multipart(NAMED % b"tags" + b"\r\n\xff"), "multipart/form-data; boundary=b", "refused"),
        (
            multipart(NAMED % b"meta" + b"Content-Type: application/json\r\n\r\n{"),
            "multipart/form-data; boundary=b",
            "malformed",
        ),
        (multipart(NAMED % b"count" + b"\r\n1", closing=b""), "multipart/form-data; boundary=b", "malformed"),
        (multipart(*[NAMED % b"tags" + b"\r\n1"] * 1001), "multipart/form-data; boundary=b", "malformed"),
        (b"", "multipart/form-data; boundary=b", "malformed"),
        (b"junk", "multipart/form-data; boundary=b", "malformed"),
        (multipart(), "multipart/form-data", "malformed"),
        (multipart(), "multipart/form-data; boundary=" + "b" * 300, "malformed"),
        (multipart(), 'multipart/form-data; boundary="é€"', "malformed"),
    ],
)
def test_a_bad_upload_is_malformed_or_refused(raw: bytes, content_type: str, reason: str) -> None:
    with pytest.raises(BodyRefused) as caught:
        decode_body(upload(), raw, content_type, JUDGE)

    assert caught.value.reason == reason


def test_a_part_must_have_a_declared_media_type() -> None:
    content = upload({"file": Part(content_type="image/png, image/jpeg")})
    raw, content_type = encode_body(upload(), {"file": File(b"x", "x.gif", "image/gif")})

    with pytest.raises(BodyRefused) as caught:
        decode_body(content, raw, content_type, JUDGE)

    assert (caught.value.reason, caught.value.refusals[0].pointer) == ("refused", "/file")


def test_a_part_has_the_declared_media_type_unless_the_file_says_otherwise() -> None:
    content = upload(
        {"file": Part(content_type="image/png, image/jpeg"), "count": Part(content_type="application/json")}
    )

    raw, content_type = encode_body(content, {"file": File(b"x"), "count": 5})

    parts = foreign(raw, content_type)
    assert [part.get_content_type() for part in parts] == ["image/png", "application/json"]
    assert decode_body(content, raw, content_type, JUDGE) == {"file": File(b"x", "file", "image/png"), "count": 5}


@pytest.mark.parametrize("text, value", [(b"null", None), (b"a", ["a"]), (b"", [])])
def test_list_that_may_be_null_is_so_when_it_says_null(text: bytes, value: Any) -> None:
    kinds = {"type": ["array", "null"], "items": {"enum": ["a"]}}
    content = Content("application/x-www-form-urlencoded", Kind.FORM, Any, "S")
    judge = Judge.of({"S": {"type": "object", "properties": {"kinds": kinds}}})

    assert decode_body(content, b"kinds=" + text, "application/x-www-form-urlencoded", judge) == {"kinds": value}


def test_name_that_ends_in_a_backslash_is_a_name_as_browsers_write_it() -> None:
    named = b'Content-Disposition: form-data; name="%s"\r\n\r\n1'
    raw = multipart(named % b"a\\", named % b"")
    schema = {"type": "object", "properties": {"count": {"type": "integer"}}}
    content = Content("multipart/form-data", Kind.MULTIPART, Any, "S")

    value = decode_body(content, raw, "multipart/form-data; boundary=b", Judge.of({"S": schema}))

    assert value == {"a\\": 1, "": 1}


def test_unnamed_parts_stand_for_the_properties_in_their_order() -> None:
    raw = multipart(b"Content-Type: image/png\r\n\r\nPNG", b"\r\n1")
    schema = {"type": "object", "properties": {"a": {"type": "string", "format": "binary"}, "b": {"type": "integer"}}}
    content = Content("multipart/mixed", Kind.MULTIPART, Any, "S")

    value = decode_body(content, raw, "multipart/mixed; boundary=b", Judge.of({"S": schema}))

    assert value == {"a": File(b"PNG", None, "image/png"), "b": 1}


@pytest.mark.parametrize("name", ["line\r\nbreak", 'quo"te', "back\\slash", "back\\\\slash", "semi;colon", "ünïcode"])
def test_no_name_can_smuggle_a_header(name: str) -> None:
    raw, content_type = encode_body(upload(), {name: "x"})

    assert raw.count(b"Content-Disposition") == 1
    assert raw.partition(b"\r\n\r\n")[0].count(b"\r\n") == 1
    assert decode_body(upload(), raw, content_type, JUDGE) == {name: "x"}


def test_alternative_that_knows_a_field_tells_what_its_text_means() -> None:
    nullable = {"oneOf": [{"type": "null"}, {"type": "integer"}]}
    known = {"type": "object", "properties": {"age": {"type": "integer"}}}
    knowing = {"type": "object", "properties": {"age": {"type": "integer"}, "kind": nullable}}
    judge = Judge.of({"Form": {"anyOf": [known, knowing]}})
    content = Content("application/x-www-form-urlencoded", Kind.FORM, Any, "Form")

    values = [decode_body(content, raw, content.media_type, judge) for raw in (b"age=1&kind=null", b"age=1&kind=x")]

    assert values == [{"age": 1, "kind": None}, {"age": 1, "kind": "x"}]
