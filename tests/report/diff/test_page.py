"""Changes as an HTML page."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import re
from html.parser import HTMLParser
from typing import Any

from apictl.diff.changes import Use
from apictl.diff.witnesses.search import Witness
from apictl.findings import Place
from apictl.report.diff.html import diff_html
from apictl.report.diff.page.build import page_of
from apictl.report.diff.verdict import Comparison, Consumer, Outcome
from apictl.report.diff.view import View
from apictl.report.page import _template
from tests.report.diff.made import CHANGE, comparison, harmless, report, verdict

_VOID = {"meta", "input"}


class Page(HTMLParser):
    """A page as text by the classes and tags that it stands in."""

    def __init__(self, *comparisons: Comparison, **more: Any) -> None:
        """Read the page of *comparisons*."""
        super().__init__()
        self.source = "".join(diff_html(report(*comparisons, **more), View()))
        self.attributes: list[tuple[str, dict[str, str | None]]] = []
        self._open: list[tuple[str, list[str]]] = []
        self._texts: list[tuple[frozenset[str], str]] = []
        self.feed(self.source)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.attributes.append((tag, dict(attrs)))
        if tag not in _VOID:
            self._open.append((tag, (dict(attrs).get("class") or "").split()))

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        around = frozenset(name for tag, classes in self._open for name in (tag, *classes))
        self._texts.append((around, data))

    def inside(self, *names: str) -> str:
        """Return the text that stands in all of *names*, tags or classes."""
        return "".join(data for around, data in self._texts if set(names) <= around).strip()


def test_page_lets_nothing_in_but_its_own_style() -> None:
    page = Page(comparison(verdict()))

    style = re.search("<style>(.*)</style>", page.source, re.DOTALL)
    assert style
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    (policy,) = [found["content"] for tag, found in page.attributes if "http-equiv" in found]
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|//", style[1])
    assert not {"src", "href", "style", "action", "srcset", "onclick"} & {
        name for _, found in page.attributes for name in found
    }


def test_breaking_change_tells_what_where_who_why_and_what_to_do() -> None:
    page = Page(comparison(verdict(consumers=(Consumer("trips", "team-b"),))))

    assert page.inside("h1") == "1 breaking change"
    assert page.inside("h2") == "pricing"
    assert page.inside("h3", "verb") == "POST"
    assert page.inside("h3", "path") == "/quotes"
    assert page.inside("breaking", "h4") == "POST /quotes no longer accepts 'gift' for body.kind"
    assert page.inside("breaking", "kind") == "breaking"
    assert page.inside("old", "figcaption") == "before main:a.yaml:3:13"
    assert page.inside("old", "meant", "code") == "enum: [a, gift]"
    assert page.inside("old", "meant", "mark") == "gift"
    assert page.inside("new", "meant", "code") == "enum: [a]"
    assert page.inside("witness", "harm", "figcaption") == "accepted before, refused now"
    assert page.inside("witness", "code") == '{"kind": "gift", "seats": 1}'
    assert page.inside("witness", "mark") == '"gift"'
    assert page.inside("change", "hit") == "Hits trips (team-b)"
    assert page.inside("change", "hint") == "What to do keep it until nobody sends it"
    assert "apictl diff --accept 01234567 " in page.inside("agree")
    assert "asks for 2.0.0 or later" in page.inside("versions")


def test_template_prints_nothing_raw_that_a_view_holds() -> None:
    view = page_of(report(comparison(verdict())), "p > a {}", "sha256-x")
    evil = "\x1b\ud800<img src=x>&amp;"

    text = _template("apictl.report.diff.page").render(
        view=dataclasses.replace(view, headline=evil, since=evil, hit=evil)
    )

    assert text.count("\\x1b\\ud800&lt;img src=x&gt;&amp;amp;") == 4
    assert "\x1b" not in text
    assert "<img" not in text


def test_filter_has_what_there_is_to_choose() -> None:
    assert Page(comparison(verdict(), harmless(), harmless())).inside("filter", "label") == "all 3breaking 1harmless 2"
    assert Page(comparison(verdict())).inside("filter") == ""


def test_filter_hides_by_classes_that_the_style_knows() -> None:
    page = Page(comparison(verdict(), harmless()))

    classes = {name for _, found in page.attributes for name in (found.get("class") or "").split()}
    for kind in ("breaking", "harmless"):
        assert f"has-{kind}" in classes
        assert f"body:has(#show-{kind}:checked)" in page.source
        assert f":not(.has-{kind})" in page.source


def test_harmless_changes_are_folded() -> None:
    page = Page(comparison(verdict(), harmless()))

    assert page.inside("details", "rest", "h4") == "POST /quotes now accepts body.note"
    assert "h4" not in page.inside("details", "rest", "breaking")


def test_lines_lose_the_blanks_that_all_have_and_keep_the_others() -> None:
    moved = dataclasses.replace(CHANGE, old=CHANGE.new)

    page = Page(
        comparison(verdict(moved)),
    )

    assert page.inside("frame", "line", "code") == "kind:  type: string  enum: [a]"


def test_what_is_gone_is_marked_in_the_old_lines_only() -> None:
    gone = dataclasses.replace(CHANGE, old=Place("main:a.yaml", "/kind/type", 2, 3), new=Place("a.yaml", "/kind", 1, 1))

    page = Page(comparison(verdict(gone)))

    assert page.inside("old", "mark") == "type"
    assert page.inside("new", "mark") == ""
    assert page.inside("new", "figcaption", "i") == "removed; this is what held it"


def test_value_that_is_meant_as_a_whole_has_no_mark() -> None:
    page = Page(comparison(verdict(dataclasses.replace(CHANGE, witness=Witness({"a": 1}, "old", ())))))

    assert page.inside("witness", "code") == '{"a": 1}'
    assert page.inside("witness", "mark") == ""


def test_webhook_has_no_verb() -> None:
    page = Page(comparison(verdict(dataclasses.replace(CHANGE, uses=(Use("webhook 'tripDone'", "t", ""),)))))

    assert page.inside("h3") == "webhook 'tripDone'"


def test_contracts_that_are_the_same_are_named_at_the_end() -> None:
    page = Page(comparison(outcome=Outcome.EQUAL), comparison(outcome=Outcome.ADDED))

    assert page.inside("h1") == "No change"
    assert page.inside("alike") == "The same as before pricing"
    assert "new" in page.inside("service", "header")
