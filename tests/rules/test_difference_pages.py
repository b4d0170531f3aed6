"""The pages of differences between schemas are true: what they show happens, and hurts whom they say."""

from __future__ import annotations

import re
from typing import Any, Final

import pytest
import yaml12

from apictl.diff.law import Side
from apictl.rules.catalogue import breaking_rules
from apictl.rules.dials import Dials
from apictl.rules.pages.catalogue import difference_pages
from apictl.rules.pages.page import Page
from apictl.rules.walk import changes
from tests.architecture.kinds import kinds_of_differences
from tests.rules.contracts import with_answer, with_body

PAGES: Final = difference_pages()
IMPOSSIBLE: Final = {
    f"{name}-changed": "of two limits one is the tighter"
    for name in (
        "max-contains", "max-items", "max-length", "max-properties", "maximum",
        "min-contains", "min-items", "min-length", "min-properties", "minimum",
    )
} | {"unique-items-changed": "a flag is there or not"}  # fmt: skip
"""Kinds that the code can spell and that no two schemas have, with the reason."""


def test_every_kind_that_can_be_told_has_a_page() -> None:
    told = kinds_of_differences().keys() - IMPOSSIBLE.keys()
    rules = {rule.id for rule in breaking_rules()}

    assert told - rules == {page.id for page in PAGES}


def test_what_is_called_impossible_can_be_spelled() -> None:
    assert kinds_of_differences().keys() >= IMPOSSIBLE.keys()


def test_no_page_is_there_twice() -> None:
    ids = [page.id for page in PAGES]

    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_example_is_what_happens(page: Page) -> None:
    before, after = (_schema(text) for text in (page.example.before, page.example.after))
    contract = with_body if page.example.side is Side.ACCEPTS else with_answer

    found = changes(contract(before), contract(after), Dials(is_respelling_told=page.id == "schema-respelled"))

    [change] = [each for each in found if each.rule == page.id]
    assert change.effect is page.effect
    assert change.is_breaking is page.example.hurts
    assert [each.rule for each in found if each.is_breaking] == [page.id] * page.example.hurts


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_page_has_a_fact_a_story_and_two_schemas(page: Page) -> None:
    fact, blank, story, *rest = page.text.splitlines()

    assert (fact, blank, story) == (page.fact, "", page.story.splitlines()[0])
    assert fact.endswith(".")
    assert len(fact) <= 100
    assert sum(line.startswith("```yaml ") for line in rest) == 2
    assert _schema(page.example.before) != _schema(page.example.after)


def _schema(text: str) -> Any:
    """The schema that a page shows; of a long list of numbers it shows the beginning."""
    schema: Any = yaml12.parse_yaml(text)
    if (long := re.search(r"# and so on, up to (\d+)$", text)) is not None:
        schema["enum"] = list(range(schema["enum"][0], int(long[1]) + 1))
    return schema
