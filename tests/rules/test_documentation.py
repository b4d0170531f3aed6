"""What is said to people: one note for one thing, wherever it is used; and what often hurts though it breaks nobody."""

from __future__ import annotations

import pytest

from apictl.diff.law import Effect
from apictl.findings import Severity
from apictl.rules.dials import Dials
from apictl.rules.severity import severity
from apictl.rules.walk import changes
from tests.rules.contracts import ANY, between, rules, with_answer, with_body

DOCUMENT = """
info: {title: Rides, version: '1', description: All.}
tags: [{name: a, description: As.}, {name: b, description: Bs.}]
paths:
  /a: {get: {tags: [a], summary: One., responses: {'404': {$ref: '#/components/responses/Gone'}}}}
  /b:
    post:
      tags: [b]
      parameters: [{name: q, in: query, description: What., example: 7, schema: {}}]
      requestBody: {description: Body., content: {text/plain: {example: hello}}}
      responses: {'404': {$ref: '#/components/responses/Gone'}}
components:
  responses: {Gone: {description: Gone., headers: {X-Why: {description: Why., schema: {}}}}}
  securitySchemes: {key: {type: apiKey, in: header, name: k, description: Key.}}
"""


@pytest.mark.parametrize(
    "word, message",
    [
        ("Rides", "title of the API changed"),
        ("All.", "description of the API changed"),
        ("As.", "description of tag 'a' changed"),
        ("Key.", "description of security scheme 'key' changed"),
        ("One.", "summary of GET /a changed"),
        ("What.", "description of query parameter 'q' of POST /b changed"),
        ("example: 7", "examples of query parameter 'q' of POST /b changed"),
        ("Body.", "description of request body of POST /b changed"),
        ("hello", "examples of request body (text/plain) of POST /b changed"),
        ("Gone.", "description of response 404 of GET /a changed (and 1 more operation)"),
        ("Why.", "description of header 'X-Why' of response 404 of GET /a changed (and 1 more operation)"),
    ],
)
def test_text_that_changed_is_one_note(word: str, message: str) -> None:
    [change] = between(DOCUMENT, DOCUMENT.replace(word, f"{word}5"))

    assert (change.rule, change.effect, change.message) == ("documentation-changed", Effect.NEUTRAL, message)
    assert severity(change, ANY) is Severity.INFO


def test_texts_of_one_thing_are_one_note_and_those_of_two_are_two() -> None:
    one = between(DOCUMENT, DOCUMENT.replace("Rides", "Trips").replace("All.", "Each."))
    two = between(DOCUMENT, DOCUMENT.replace("As.", "A.").replace("Bs.", "B."))

    assert [change.message for change in one] == ["title and description of the API changed"]
    assert [change.message for change in two] == [
        "description of tag 'a' changed", "description of tag 'b' changed"
    ]  # fmt: skip


MEMBER = {"type": "object", "properties": {"fare": {"type": "number"}}}


def test_optional_member_that_is_gone_from_answers_is_a_warning() -> None:
    [change] = changes(with_answer(MEMBER), with_answer({"type": "object"}), ANY)

    assert (change.rule, severity(change, ANY)) == ("property-removed", Severity.WARNING)


def test_member_that_is_sent_in_vain_is_a_warning() -> None:
    [change] = changes(with_body(MEMBER), with_body({"type": "object"}), ANY)

    assert (change.rule, change.is_breaking, severity(change, ANY)) == ("property-removed", False, Severity.WARNING)


@pytest.mark.parametrize(
    "old, new, expected",
    [
        ({"default": 1}, {"default": 2}, [Severity.WARNING]),
        ({"default": 1}, {}, [Severity.WARNING]),
        ({}, {"default": 2}, [Severity.INFO]),
    ],
)
def test_default_of_a_request_that_is_another_one_is_a_warning(
    old: dict[str, object], new: dict[str, object], expected: list[Severity]
) -> None:
    found = changes(with_body({"type": "integer"} | old), with_body({"type": "integer"} | new), ANY)

    assert [severity(change, ANY) for change in found] == expected


def test_default_of_an_answer_is_a_note() -> None:
    [change] = changes(with_answer({"default": 1}), with_answer({"default": 2}), ANY)

    assert severity(change, ANY) is Severity.INFO


def test_only_another_first_tag_is_a_warning() -> None:
    text = "paths: {{/a: {{get: {{tags: [{0}]}}}}}}"
    weights = {
        tags: [severity(each, ANY) for each in between(text.format("a, b"), text.format(tags)) if each.label]
        for tags in ("a", "b, a, c")
    }

    assert weights == {"a": [Severity.INFO], "b, a, c": [Severity.WARNING]}


def test_optional_header_that_is_gone_is_a_warning() -> None:
    text = "paths: {{/a: {{get: {{responses: {{'200': {{description: '', headers: {0}}}}}}}}}}}"

    [change] = between(text.format("{ETag: {schema: {}}}"), text.format("{}"))

    assert (change.rule, severity(change, ANY)) == ("header-removed", Severity.WARNING)


def test_draft_may_change_its_names_without_a_warning() -> None:
    text = "paths: {{/a: {{get: {{operationId: {0}, x-stability-level: draft}}}}}}"

    [change] = between(text.format("a"), text.format("b"))

    assert (rules((change,)), severity(change, Dials())) == (["operation-id-changed"], Severity.INFO)


def test_examples_have_no_order() -> None:
    text = "paths: {{/a: {{post: {{requestBody: {{content: {{text/plain: {{examples: {0}}}}}}}}}}}}}"
    one, other = "x: {value: 1}", "y: {value: 2}"

    assert between(text.format(f"{{{one}, {other}}}"), text.format(f"{{{other}, {one}}}")) == ()
