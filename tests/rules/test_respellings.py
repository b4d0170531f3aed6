"""What is only written otherwise is told on request, in words that are true; members that a map allows are promised."""

from __future__ import annotations

from typing import Any, Final

import pytest

from apictl.findings import Severity
from apictl.rules.dials import Dials
from apictl.rules.severity import severity
from apictl.rules.walk import changes
from tests.rules.contracts import ANY, between, rules, with_answer, with_body

TOLD: Final = Dials(is_respelling_told=True)
TEXT: Final = {"type": "string"}
PARAMETER: Final = """
paths:
  /a:
    get:
      operationId: getA
      parameters: [{{name: q, in: query, schema: {0}}}]
      responses: {{'204': {{description: ''}}}}
"""


def test_what_allows_the_same_is_told_only_on_request() -> None:
    old, new = with_body(TEXT | {"maximum": 10}), with_body(TEXT | {"maximum": 5})

    assert changes(old, new, ANY) == ()
    [found] = changes(old, new, TOLD)
    assert (found.rule, severity(found, TOLD)) == ("schema-respelled", Severity.INFO)
    assert found.message == "maximum of body is 5 in POST /things, it was 10, and no value is judged otherwise for that"


@pytest.mark.parametrize(
    "old, new, message",
    [
        (TEXT | {"minItems": 1}, TEXT, "minItems of body is gone from POST /things"),
        (TEXT, TEXT | {"not": {"type": "integer"}}, "'not' of body is new in POST /things"),
        (
            TEXT | {"required": [f"name{index}" for index in range(99)]},
            TEXT | {"required": ["a"]},
            "required of body is written otherwise in POST /things",
        ),
        (TEXT, TEXT | {"properties": {"a": TEXT}}, "the declaration of body.a is new in POST /things"),
    ],
)
def test_words_say_what_became_of_the_keyword(old: Any, new: Any, message: str) -> None:
    [found] = changes(with_body(old), with_body(new), TOLD)

    assert found.message == f"{message}, and no value is judged otherwise for that"


def test_of_a_value_that_is_sent_as_text_the_document_is_spoken_of() -> None:
    old, new = PARAMETER.format("{type: [string, integer]}"), PARAMETER.format("{type: string}")

    assert between(old, new) == ()
    [found] = between(old, new, TOLD)
    assert found.facts["keyword"] == "type"
    assert found.new.pointer == "/paths/~1a/get/parameters/0/schema/type"


def test_a_member_that_was_not_named_may_be_forbidden() -> None:
    old, new = {"type": "object"}, {"type": "object", "properties": {"id": False}}

    [found] = changes(with_body(old), with_body(new), ANY)

    assert (found.rule, found.is_breaking) == ("property-forbidden", False)
    assert found.message == "POST /things no longer accepts body.id"


@pytest.mark.parametrize("declared", [False, {"type": "integer"}])
def test_a_member_of_a_map_may_not(declared: Any) -> None:
    old = {"type": "object", "additionalProperties": TEXT}
    new = old | {"properties": {"id": declared}}

    [found] = changes(with_body(old), with_body(new), ANY)

    assert found.is_breaking
    assert found.witness is not None
    assert isinstance(found.witness.value, dict)
    assert isinstance(found.witness.value["id"], str)


def test_a_required_member_of_an_answer_always_comes() -> None:
    old = {"type": "object"}
    new = old | {"properties": {"id": TEXT}, "required": ["id"]}

    [found] = changes(with_answer(old), with_answer(new), ANY)

    assert found.message == "POST /things always answers body.id of response 200 (application/json) now"


def test_counts_of_what_an_array_contains_are_limits() -> None:
    old = {"type": "array", "contains": TEXT}

    found = changes(with_body(old), with_body(old | {"minContains": 2, "maxContains": 3}), ANY)

    assert rules(found) == ["min-contains-tightened", "max-contains-tightened"]
    assert [change.is_breaking for change in found] == [True, True]
    assert found[0].message == "minContains of body is 2 in POST /things, there was none"


def test_what_a_text_holds_is_promised() -> None:
    old, new = ({"type": "string", "contentSchema": {"type": kind}} for kind in ("number", "integer"))

    assert [change.is_breaking for change in changes(with_body(old), with_body(new), ANY)] == [True]
    assert [change.is_breaking for change in changes(with_answer(old), with_answer(new), ANY)] == [False]


def test_where_nothing_was_possible_nothing_is_named_beside() -> None:
    one = {"type": "object", "properties": {"a": TEXT}}
    none = {"oneOf": [one, one]}

    [found] = changes(with_body(none), with_body(one), ANY)
    [back] = changes(with_body(one), with_body(none), ANY)

    assert found.message == "POST /things now accepts object for body, there was no value that it could be"
    assert back.message == "POST /things no longer accepts any value for body: no alternative of oneOf is possible"
