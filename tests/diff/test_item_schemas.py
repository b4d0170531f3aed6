"""Items of a sequence are compared as bodies are."""

from __future__ import annotations

import pytest

from tests.rules.contracts import between, rules

EVENTS = """
openapi: 3.2.0
paths:
  /rides:
    get:
      operationId: watchRides
      responses: {'200': {description: Rides., content: {text/event-stream: {itemSchema: %s}}}}
"""


@pytest.mark.parametrize(
    "old,new,expected",
    [
        ("{type: string}", "{type: string}", []),
        ("{type: string}", "{type: string, minLength: 1}", ["min-length-tightened"]),
        ("{type: integer}", "{type: [integer, string]}", ["type-widened"]),
    ],
)
def test_items_of_an_answer_are_compared(old: str, new: str, expected: list[str]) -> None:
    assert rules(between(EVENTS % old, EVENTS % new)) == expected
