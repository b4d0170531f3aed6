"""Which message a delivery is, and what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.support.events.addresses import Address
from apictl.support.events.declarations import (
    ByHeader,
    ByProperty,
    BySchema,
    ByValue,
    Channel,
    HeaderSet,
    MessageKind,
    Parameter,
    Plan,
)
from apictl.support.events.errors import NotConforming, Reason
from apictl.support.events.locations import Location
from apictl.support.events.messages import Delivery
from apictl.support.events.reading import Incoming, Reader
from apictl.support.events.settings import Settings
from apictl.support.judge import Judge

SCHEMAS: Final[dict[str, Any]] = {
    "cat": {"type": "object", "required": ["meow"], "properties": {"meow": {"type": "integer"}}},
    "dog": {"type": "object", "required": ["bark"], "properties": {"bark": {"type": "integer"}}},
    "number": {"type": "integer"},
    "words": {
        "type": "object",
        "properties": {"n": {"type": "integer"}, "b": {"type": "boolean"}, "s": {"type": "string"}},
    },
    "closed": {"type": "object", "properties": {"n": {"type": "integer"}}, "additionalProperties": False},
    "floor": {"type": "integer", "minimum": 0},
}
JUDGE: Final = Judge.of(SCHEMAS)
CAT: Final = MessageKind("cat", dict[str, Any], "cat")
DOG: Final = MessageKind("dog", dict[str, Any], "dog")


def read(channel: Channel, delivery: Delivery, settings: Settings | None = None) -> Incoming:
    """Return *delivery* as a message of *channel*."""
    return Reader(channel, (settings or Settings()).judging(JUDGE)).read(delivery)


def refusals(channel: Channel, delivery: Delivery) -> tuple[Reason, ...]:
    """Return why *delivery* is refused."""
    try:
        read(channel, delivery)
    except NotConforming as refused:
        return refused.reasons
    return ()


def told(plan: Plan, payload: Any, headers: Mapping[str, str | bytes | int]) -> str:
    """Return the name of the message, or the rule that refuses it."""
    channel = Channel("pets", Address("pets"), (CAT, DOG), plan=plan)
    delivery = Delivery("pets", orjson.dumps(payload), headers)
    refused = refusals(channel, delivery)
    return refused[0].rule.value if refused else read(channel, delivery).kind.name


BY_KIND: Final = ByValue(Location("payload", "/is/kind"), {"c": CAT, "d": DOG})


@pytest.mark.parametrize(
    "plan, payload, headers, name",
    [
        (ByHeader("k", {"c": CAT, "d": DOG}), {"meow": 1}, {"k": "c"}, "cat"),
        (ByHeader("k", {"c": CAT, "d": DOG}), {"bark": 1}, {"k": b"d"}, "dog"),
        (ByHeader("k", {"c": CAT, "1": DOG}), {"bark": 1}, {"k": 1}, "dog"),
        (ByHeader("k", {"c": CAT, "d": DOG}), {"bark": 1}, {"k": "c"}, "payload"),
        (ByHeader("k", {"c": CAT, "d": DOG}), {"bark": 1}, {"k": "x"}, "unknown-message"),
        (ByHeader("k", {"c": CAT, "d": DOG}), {"bark": 1}, {"k": b"\xff"}, "unknown-message"),
        (ByHeader("k", {"c": CAT, "d": DOG}), {"bark": 1}, {}, "unknown-message"),
        (BY_KIND, {"is": {"kind": "c"}, "meow": 1}, {}, "cat"),
        (BY_KIND, {"is": {"kind": "d"}, "meow": 1}, {}, "payload"),
        (BY_KIND, {"is": {"kind": "x"}, "meow": 1}, {}, "unknown-message"),
        (BY_KIND, {"is": "c", "meow": 1}, {}, "unknown-message"),
        (BY_KIND, [], {}, "unknown-message"),
        (ByProperty({"meow": CAT, "bark": DOG}), {"meow": 1}, {}, "cat"),
        (ByProperty({"meow": CAT, "bark": DOG}), {"bark": "loud"}, {}, "payload"),
        (ByProperty({"meow": CAT, "bark": DOG}), {}, {}, "unknown-message"),
        (ByProperty({"meow": CAT, "bark": DOG}), "meow", {}, "unknown-message"),
        (ByProperty({"meow": CAT, "bark": DOG}), {"meow": 1, "bark": 1}, {}, "ambiguous-message"),
        (ByProperty({"meow": CAT, "bark": DOG}), {"meow": 1, "bark": "x"}, {}, "cat"),
        (BySchema(), {"bark": 1}, {}, "dog"),
        (BySchema(), {"bark": 1, "meow": 1}, {}, "ambiguous-message"),
        (BySchema(), {"moo": 1}, {}, "unknown-message"),
    ],
)
def test_messages_of_one_channel_are_told_apart_by_the_plan(
    plan: Plan, payload: Any, headers: Mapping[str, str | bytes | int], name: str
) -> None:
    assert told(plan, payload, headers) == name


def test_the_media_type_tells_messages_apart_before_the_plan() -> None:
    words = MessageKind("words", str, None, "text/plain")
    channel = Channel("pets", Address("pets"), (CAT, words))

    assert read(channel, Delivery("pets", b"{}", content_type="text/plain")).payload == "{}"
    assert read(channel, Delivery("pets", b'{"meow":1}', content_type="application/json")).kind is CAT


@pytest.mark.parametrize(
    "content_type, body, payload",
    [
        ("text/plain", b"42", 42),
        ("text/plain; charset=utf-16", "42".encode("utf-16"), 42),
        ("application/vnd.x+json", b"42", 42),
    ],
)
def test_a_body_is_read_by_its_media_type(content_type: str, body: bytes, payload: Any) -> None:
    channel = Channel("c", Address("c"), (MessageKind("n", int, "number", content_type),))

    assert read(channel, Delivery("c", body)).payload == payload


def test_bytes_stay_as_they_are() -> None:
    channel = Channel("c", Address("c"), (MessageKind("n", bytes, None, "application/octet-stream"),))

    assert read(channel, Delivery("c", b"\x00\xff")).payload == b"\x00\xff"


@pytest.mark.parametrize("content_type", ["text/plain; charset=hex", "text/plain; charset=punycode"])
def test_an_odd_charset_is_refused(content_type: str) -> None:
    channel = Channel("c", Address("c"), (MessageKind("n", str, None, "text/plain"),))

    with pytest.raises(NotConforming, match="content-type"):
        read(channel, Delivery("c", b"x", content_type=content_type))


class Reversed:
    """A codec of its own: JSON, written backwards."""

    def decode(self, body: bytes, kind: MessageKind) -> Any:
        """Return the value of *body*."""
        assert kind.name == "n"
        return orjson.loads(body[::-1])

    def encode(self, value: Any, kind: MessageKind) -> bytes:
        """Return *value* as a body."""
        assert kind.name == "n"
        return orjson.dumps(value)[::-1]


def test_a_codec_reads_its_media_type_and_the_value_is_judged() -> None:
    channel = Channel("c", Address("c"), (MessageKind("n", int, "number", "application/x-reversed"),))
    settings = Settings(codecs={"application/x-reversed": Reversed()})

    assert read(channel, Delivery("c", b"24"), settings).payload == 42
    with pytest.raises(NotConforming, match="payload"):
        read(channel, Delivery("c", b"5.24"), settings)


def test_headers_become_what_their_schema_means() -> None:
    kind = MessageKind("n", Any, None, headers=HeaderSet("words", frozenset({"n", "b", "s"}), dict[str, Any]))
    channel = Channel("c", Address("c"), (kind,))

    incoming = read(channel, Delivery("c", b"1", {"n": "5", "b": b"true", "s": "7", "x": "kept"}))

    assert incoming.headers == {"n": 5, "b": True, "s": "7", "x": "kept"}


def test_what_carries_a_message_does_not_count_as_its_header() -> None:
    kind = MessageKind("n", Any, None, headers=HeaderSet("closed", frozenset({"n"}), dict[str, Any]))
    channel = Channel("c", Address("c"), (kind,))
    carried = {"traceparent": "x", "content-type": "application/json", "ce_specversion": "1.0", "ce_id": "1"}
    carried |= {"ce_source": "/s", "ce_type": "t", "correlation_id": "c", "reply_to": "r"}

    assert read(channel, Delivery("c", b"1", {"n": "5", **carried})).headers == {"n": 5}
    with pytest.raises(NotConforming, match="headers"):
        read(channel, Delivery("c", b"1", {"n": "5", "m": "6"}))


def test_parameters_of_the_address_are_judged_and_typed() -> None:
    parameter = Parameter("floor", "floor", int, "floor")
    channel = Channel("c", Address("house/{floor}/door"), (MessageKind("n", Any),), (parameter,))

    assert read(channel, Delivery("house/3/door", b"1")).parameters == {"floor": 3}
    for address in ("house/-1/door", "house/x/door", "house//door", "house/3/4/door", "house/3"):
        with pytest.raises(NotConforming, match="address"):
            read(channel, Delivery(address, b"1"))


def test_a_body_that_is_too_large_is_not_read() -> None:
    channel = Channel("c", Address("c"), (MessageKind("n", Any),))

    with pytest.raises(NotConforming, match="too-large"):
        read(channel, Delivery("c", b"[1,2]"), Settings(max_body_bytes=4))


NASTY: Final = st.one_of(
    st.binary(max_size=40),
    st.sampled_from(
        [b"[" * 3000, b'{"a":' * 3000, b"1" * 10_000, b'"\\ud800"', b"NaN", b"1e999", b'{"is":{"kind":[]}}']
    ),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["is", "kind", "meow"]), inner),
    ).map(lambda value: repr(value).replace("'", '"').encode("utf-8", "surrogatepass")),
)


@given(
    body=NASTY,
    content_type=st.text(max_size=20) | st.sampled_from(["application/json", "application/cloudevents+json", "*/*"]),
    headers=st.dictionaries(
        st.text(max_size=8) | st.sampled_from(["k", "ce_specversion", "ce_id", "dead-letter", "traceparent"]),
        st.text(max_size=8) | st.binary(max_size=8) | st.integers() | st.booleans() | st.floats(),
        max_size=4,
    ),
    address=st.text(max_size=30) | st.just("pets"),
)
def test_whatever_comes_is_read_or_refused(
    body: bytes, content_type: str, headers: Mapping[str, str | bytes | int], address: str
) -> None:
    typed = MessageKind("typed", dict[str, Any], "cat", headers=HeaderSet("words", frozenset({"n"}), dict[str, Any]))
    for plan in (BySchema(), ByHeader("k", {"c": typed}), ByValue(Location("payload", "/is/kind"), {"c": typed})):
        channel = Channel("pets", Address("pets"), (typed, DOG), plan=plan)
        reasons = refusals(channel, Delivery(address, body, headers, content_type=content_type))

        assert all(len(str(reason)) < 500 for reason in reasons)
