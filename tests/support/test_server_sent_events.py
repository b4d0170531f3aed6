"""Server-sent events: the examples of the standard (WHATWG HTML, 9.2.6), whatever pieces they come in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apictl.support import server_sent_events
from apictl.support.server_sent_events import EventParser, ServerSentEvent, event_bytes

Event = ServerSentEvent[str]


def _events(*chunks: bytes) -> list[Event]:
    parser = EventParser()
    found = [event for chunk in chunks for event in parser.feed(chunk)]
    return [*found, *parser.end()]


@pytest.mark.parametrize(
    "stream, events",
    [
        (b"data: YHOO\ndata: +2\ndata: 10\n\n", [Event("YHOO\n+2\n10")]),
        (
            b": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n",
            [Event("first event", id="1"), Event("second event"), Event(" third event")],
        ),
        (b"data\n\ndata\ndata\n\ndata:", [Event(""), Event("\n")]),
        (b"data:test\n\ndata: test\n\n", [Event("test"), Event("test")]),
        (
            b"event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n",
            [Event("73857293", "add"), Event("2153", "remove")],
        ),
    ],
)
def test_examples_of_the_standard_are_read(stream: bytes, events: list[Event]) -> None:
    assert _events(stream) == events
    assert _events(*(bytes([byte]) for byte in stream)) == events


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_end_in_each_of_three_ways(end: str) -> None:
    stream = f"event: a{end}data: 1{end}{end}data: 2{end}{end}".encode()

    for cut in range(len(stream) + 1):
        assert _events(stream[:cut], b"", stream[cut:]) == [Event("1", "a"), Event("2")]


def test_event_is_told_before_more_of_the_stream_has_come() -> None:
    parser = EventParser()

    assert list(parser.feed(b"data: 1\r\r")) == [Event("1")]
    assert list(parser.feed(b"\ndata: 2\r\n\r")) == [Event("2")]
    assert list(parser.feed(b"\n")) == []


def test_mark_at_the_beginning_is_no_part_of_the_first_line() -> None:
    assert _events(b"\xef\xbb", b"\xbfdata: 1\n\n") == [Event("1")]


def test_bytes_that_are_no_text_are_replaced() -> None:
    assert _events(b"data: \xff\n\n") == [Event("\N{REPLACEMENT CHARACTER}")]


@pytest.mark.parametrize(
    "stream, events",
    [
        (b"event: a\n\ndata: 1\n\n", [Event("1")]),
        (b"id: 7\n\ndata: 1\n\n", [Event("1", id="7")]),
        (b"id: 7\ndata: 1\n\nid: a\0b\ndata: 2\n\n", [Event("1", id="7"), Event("2", id="7")]),
        (
            b"retry: 100\ndata: 1\n\nretry: +5\ndata: 2\n\nretry: 1_0\ndata: 3\n\n",
            [Event("1", retry=100), Event("2"), Event("3")],
        ),
        (b"Data: 1\nnonsense\ndata: 2\n\n", [Event("2")]),
        (b"data: never ended\n", []),
    ],
)
def test_fields_are_read_as_the_standard_has_them(stream: bytes, events: list[Event]) -> None:
    assert _events(stream) == events


def test_event_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server_sent_events, "LONGEST", 20)

    with pytest.raises(ValueError, match="more than 20 characters"):
        _events(*[b"data: 1\n"] * 4)


TEXT = st.text(st.characters(exclude_characters="\r\n\0", exclude_categories=["Cs"]), max_size=8)


@given(
    st.lists(
        st.builds(Event, st.text(st.sampled_from("ab: \n"), max_size=8), TEXT, TEXT, st.none() | st.integers(0, 9))
    )
)
def test_what_is_written_is_read_again(events: list[Event]) -> None:
    read = _events(b"".join(map(event_bytes, events)))

    identity, expected = "", []
    for event in events:
        identity = event.id or identity
        expected.append(Event(event.data, event.event or "message", identity, event.retry))
    assert read == expected


@pytest.mark.parametrize("event", [Event("", "a\nb"), Event("", id="a\rb"), Event("", id="\0")])
def test_name_that_would_be_more_than_a_name_is_refused(event: Event) -> None:
    with pytest.raises(ValueError, match="line break"):
        event_bytes(event)
