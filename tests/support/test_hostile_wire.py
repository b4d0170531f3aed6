"""Whatever comes over the wire is read or refused; nothing else happens."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.support.declarations import Content, Kind, Operation, Parameter
from apictl.support.judge import Judge, Refusal
from apictl.support.media import BodyRefused, decode_body
from apictl.support.parameters import RawRequest, decode_parameters

JUDGE = Judge.of(
    {
        "Node": {
            "type": "object",
            "properties": {"next": {"$ref": "#/$defs/Node"}, "n": {"type": "integer"}, "f": {"format": "binary"}},
            "additionalProperties": {
                "type": "array",
                "items": {"anyOf": [{"type": "number"}, {"$ref": "#/$defs/Node"}]},
            },
        },
        "Loop": {"allOf": [{"$ref": "#/$defs/Loop"}], "type": "object"},
        "Wide": {"allOf": [{"anyOf": [{"type": "integer"}, {"type": "string"}] * 8}] * 8},
        "Many": {"type": "array", "items": {"type": "integer"}},
    }
)
WIRE = st.text("%5BFfeE[]{}=&;,.|+ \"'0-9a\x00é\n", max_size=40)
PARAMETERS = (
    Parameter("a", "path", "path", "Many", Any, style="matrix"),
    Parameter("b", "label", "path", "Node", Any, style="label"),
    Parameter("a", "form", "query", "Node", Any),
    Parameter("e", "deep", "query", "Node", Any, style="deepObject"),
    Parameter("0", "wide", "query", "Wide", Any, style="pipeDelimited", explode=False),
    Parameter("5", "document", "query", "Node", Any, media_type="application/json"),
    Parameter("a", "header", "header", "Many", Any, style="simple", explode=False),
    Parameter("a", "cookie", "cookie", "Node", Any),
)
OPERATION: Operation[None] = Operation("read", "GET", "/{a}{b}", "read", (), PARAMETERS)


@given(WIRE, WIRE, WIRE)
def test_any_request_is_read_or_refused(path: str, query: str, header: str) -> None:
    raw = RawRequest({"a": path, "b": path}, query, [("a", header), ("Cookie", header)])

    decoded = decode_parameters(OPERATION, raw, JUDGE)

    assert set(decoded.values) <= {parameter.argument for parameter in PARAMETERS}
    assert all(refusal.message for refusal in decoded.refusals)


def refusals_of(content: Content, raw: bytes, content_type: str) -> tuple[Refusal, ...]:
    try:
        decode_body(content, raw, content_type, JUDGE)
    except BodyRefused as refused:
        return refused.refusals
    return ()


@pytest.mark.parametrize("kind", Kind)
@given(st.data())
def test_any_body_is_read_or_refused(kind: Kind, data: st.DataObject) -> None:
    content = Content("a/b", kind, Any if kind is not Kind.BINARY else bytes, "Node")
    head = b'--b\r\nContent-Disposition: form-data; name="n"\r\n'
    raw = data.draw(
        st.binary(max_size=40) | WIRE.map(str.encode) | st.binary(max_size=20).map(lambda tail: head + tail)
    )

    content_type = data.draw(st.sampled_from(["a/b; boundary=b", "a/b", "", "ä"]))

    refusals = refusals_of(content, raw, content_type)

    assert all(len(refusal.message) <= 200 for refusal in refusals)


@pytest.mark.parametrize(
    "query",
    [
        "e" + "[a]" * 20_000 + "=1",
        "&".join(f"e[{number}]=1" for number in range(6000)),
        "e[]=" * 1 + "&e[]=1" * 10_000,
        "a=" + "1" * 60_000,
        "a=" + "[" * 60_000,
        "0=" + "|" * 60_000,
        "5=" + "[" * 60_000,
        "n=" + "9" * 60_000,
        "next=" + '{"next":' * 200 + "1" + "}" * 200,
        "=" * 60_000,
        "&" * 60_000,
        "%" * 60_000,
    ],
    ids=lambda query: query[:8],
)
def test_a_query_as_large_as_servers_take_is_refused_in_time(query: str) -> None:
    decoded = decode_parameters(OPERATION, RawRequest({}, query, []), JUDGE)

    assert all(len(refusal.message) <= 300 for refusal in decoded.refusals)


def test_a_schema_that_refers_to_itself_ends() -> None:
    parameter = Parameter("q", "q", "query", "Loop", Any)
    operation: Operation[None] = Operation("read", "GET", "/", "read", (), (parameter,))

    decoded = decode_parameters(
        operation,
        RawRequest({}, "q=1&x=2", []),
        Judge.of({"Loop": {"type": "object", "anyOf": [{"$ref": "#/$defs/Loop"}, {"required": ["x"]}]}}),
    )

    assert decoded.refusals or decoded.values
