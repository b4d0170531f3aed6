"""What holds of every format of `apictl graph`: hostile text commands no reader, and the same traffic is in each."""

from __future__ import annotations

import dataclasses
import html
import json
import re
from html.parser import HTMLParser
from typing import Any, Final

import pytest

from apictl.report.graph.formats import FORMATS
from tests.report.graph.made import hostile, small, written
from tests.report.told import HOSTILE

_TAGS: Final = {
    *("html", "head", "meta", "title", "style", "body", "header", "main", "section", "article", "p", "h1", "h2", "h3"),
    *("figure", "figcaption", "pre", "code", "mark", "span", "div", "b", "label", "input", "details", "summary"),
    *("table", "tr", "th", "td", "svg", "g", "a", "path", "rect", "text"),
}
_ATTRIBUTES: Final = {
    *("lang", "charset", "http-equiv", "content", "name", "class", "type", "id", "scope", "href", "tabindex"),
    *("xmlns", "width", "height", "viewbox", "d", "x", "y"),
}
_DOT: Final = re.compile(
    r"digraph services \{|\}|  rankdir=LR;|  (?:node|edge) \[[a-z=\", 0-9-]+\];"
    r'|  n\d+(?: -> n\d+)? \[label="(?:[^"\\&]|\\["\\]|&amp;)*"(?:, [a-z]+=(?:"[a-z,]+"|[a-z0-9]+))*\];'
)
_LABEL: Final = r'"(?:[A-Za-z0-9 .,/_-]|#\d{1,7};)+"'
_MERMAID: Final = re.compile(
    rf"flowchart LR|  n\d+(?:\[{_LABEL}\]|\(\[{_LABEL}\]\))|  n\d+ (?:-->|-\.->)(?:\|{_LABEL}\|)? n\d+"
    r"|  classDef [a-z]+ [a-z0-9:,#-]+|  class n[n\d,]+ [a-z]+|  linkStyle [\d,]+ [a-z0-9:,#-]+"
)


class _Reader(HTMLParser):
    """Notes every tag and attribute."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: dict[str, set[str]] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.setdefault(name, set()).add(value or "")

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)


def _read_html(text: str) -> None:
    reader = _Reader()
    reader.feed(text)
    assert text.isascii()
    assert reader.tags <= _TAGS
    assert reader.attributes.keys() <= _ATTRIBUTES
    assert all(re.fullmatch(r"#s\d+", href) for href in reader.attributes.get("href", ()))
    assert all(re.fullmatch(r"[a-z0-9 -]*", value) for value in reader.attributes["class"])


def _read_text(text: str) -> None:
    assert not [line for line in text.split("\n") if not line.isprintable()]
    assert not [line for line in text.split("\n") if line.lstrip().startswith("::error::")]


def _read_dot(text: str) -> None:
    assert [line for line in text.rstrip("\n").split("\n") if not (_DOT.fullmatch(line) and line.isprintable())] == []


def _read_mermaid(text: str) -> None:
    assert text.isascii()
    assert [line for line in text.rstrip("\n").split("\n") if not _MERMAID.fullmatch(line)] == []


READERS: Final[dict[str, Any]] = {
    "text": _read_text,
    "mermaid": _read_mermaid,
    "dot": _read_dot,
    "html": _read_html,
    "json": json.loads,
}


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_to_every_reader(name: str, text: str) -> None:
    told = written(name, hostile(text))

    READERS[name](told)
    assert name == "json" or len(told) < 2_000_000


@pytest.mark.parametrize("name", FORMATS)
def test_same_report_gives_the_same_bytes(name: str) -> None:
    assert written(name, small()) == written(name, small())


@pytest.mark.parametrize("name", FORMATS)
def test_services_calls_and_messages_are_in_every_format(name: str) -> None:
    told = html.unescape(written(name, small()))

    for wanted in ("lone", "trips", "Trip", "getX"):
        assert wanted in told


@pytest.mark.parametrize("name", ["text", "html", "json"])
def test_findings_and_their_proof_are_told(name: str) -> None:
    told = html.unescape(re.sub(r"</?mark>", "", written(name, small())))

    assert "'b' refuses some 'Trip' of 'a'" in told
    assert '"seats": 7' in told
    assert "messages-incompatible" in told


@pytest.mark.parametrize("name,colour", [("dot", "firebrick"), ("mermaid", "linkStyle 0,2 ")])
def test_what_is_wrong_is_red(name: str, colour: str) -> None:
    sound = dataclasses.replace(small(), judgements=())

    assert colour in written(name, small())
    assert colour not in written(name, sound)


def test_text_is_by_service() -> None:
    told = written("text", small())

    assert (
        told
        == """\
a
  called by c      getX
  sends     trips  Trip to b

b
  receives  trips  Trip from a

c (team-c, external)
  calls     a  getX

lone
  calls nobody, sends and receives nothing

specs/a/asyncapi.yaml:3:9: error: 'b' refuses some 'Trip' of 'a' [messages-incompatible]
  may be sent, is refused: {"payload": {"seats": 7}}
                                                 ^
specs/a/asyncapi.yaml:3:9: info: nobody listens [channel-orphaned]

4 services, 1 call, 1 channel: 1 error, 1 note
"""
    )


def test_mermaid_has_names_only_in_quotes() -> None:
    assert written("mermaid", small()).splitlines()[:9] == [
        "flowchart LR",
        '  n0["a"]',
        '  n1["b"]',
        '  n2["c"]',
        '  n3["lone"]',
        '  n4(["trips"])',
        '  n0 -.->|"Trip"| n4',
        '  n2 -->|"getX"| n0',
        '  n4 -.->|"Trip"| n1',
    ]


def test_json_has_names_as_written() -> None:
    told = json.loads(written("json", small()))

    assert told["calls"][0]["operation"] == "getX"
    assert told["flows"] == [
        {
            "sender": "a",
            "receiver": "b",
            "address": "trips",
            "reply": False,
            "messages": ["Trip"],
            "sent_by": "o",
            "received_by": "o",
        }
    ]
    assert told["findings"][0]["witness"] == {"value": {"payload": {"seats": 7}}, "path": ["payload", "seats"]}
