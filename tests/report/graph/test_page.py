"""Traffic as an HTML page."""

from __future__ import annotations

import base64
import hashlib
import re

from tests.report.graph.made import small, written


def test_page_lets_nothing_in_but_its_own_style() -> None:
    page = written("html", small())

    style = re.search("<style>(.*)</style>", page, re.DOTALL)
    policy = re.search('http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert style
    assert policy
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1] == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert not re.search(r"url\(|@import|//|&", style[1])
    assert not re.search(r"\s(?:src|style|action|srcset|on\w+)=", page)


def test_every_service_is_drawn_with_a_link_to_what_is_told_of_it() -> None:
    page = written("html", small())

    links = set(re.findall(r'<a href="#(s\d+)"', page))
    told = set(re.findall(r'<section class="service" id="(s\d+)"', page))
    assert links == {"s0", "s1", "s2"}  # nothing goes to the fourth, or comes from it
    assert links < told
    assert len(told) == 4


def test_pointing_at_a_box_fades_what_is_not_beside_it() -> None:
    page = written("html", small())

    assert ".map:has(.n2:is(:hover, :focus-visible)) :is(.link:not(.t2), .node:not(.b2)) { opacity: .12; }" in page
    (beside,) = re.findall(r'class="node service n0 ([b0-9 ]+)"', page)
    assert beside.split() == ["b0", "b2", "b4"]


def test_what_is_wrong_is_marked_in_the_drawing() -> None:
    page = written("html", small())

    assert page.count('class="link send faulty') == 1
    assert page.count('class="link receive faulty') == 1
    assert page.count('class="node channel faulty') == 1
    assert 'class="link call t2 t0"' in page
