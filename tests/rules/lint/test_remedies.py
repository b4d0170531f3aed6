"""Hints on errors that are not declared: the line that is shown, put where it belongs, mends the document."""

from __future__ import annotations

from typing import Final

import pytest

from apictl.rules.lint.catalogue import lint_rules
from apictl.rules.lint.selection import selection
from apictl.workspace.linting import Linter, Subject, Text
from apictl.workspace.snapshots import Snapshot
from apictl.workspace.standard import Standard
from tests.rules.lint.documents import OPENAPI, found, judged

RULES: Final = ("client-error-undeclared", "server-error-undeclared", "validation-error-undeclared")
BARE: Final = """openapi: 3.1.0
info: {title: Rides, version: '1'}
paths:
  /rides:
    get:
      operationId: listRides
      parameters: [{name: q, in: query, schema: {type: string}}]
      responses:
        '204': {description: None.}
"""
OTHER: Final = """    put:
      operationId: putRides
      responses:
        '204': {description: None.}
        '404': {description: None., content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}
        '500': {$ref: '#/components/responses/Down'}
components:
  responses: {Down: {description: It is down.}}
  schemas: {Error: {type: object, properties: {message: {type: string}}}}
"""


def hint(text: str, rule: str) -> str:
    """Return the first hint of *rule* on *text*."""
    linter = Linter(Standard(selection((rule,), lint_rules(), {})))
    snapshot = Snapshot("here", "", lambda _path: text.encode())
    (linted,) = linter.linted([Subject("rides", snapshot, (Text(OPENAPI),))])
    return next(each.hint or "" for each in linted.findings if each.rule == rule)


def mended(text: str, rule: str) -> str:
    """Return *text* with the line of the hint among the responses of the first operation."""
    line = hint(text, rule).removeprefix("add ")
    return text.replace(
        "        '204': {description: None.}\n", f"        '204': {{description: None.}}\n        {line}\n", 1
    )


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("text", [BARE, BARE + OTHER], ids=["alone", "beside others"])
def test_line_of_a_hint_mends_the_document(rule: str, text: str) -> None:
    assert found(text, rule)

    again = mended(text, rule)

    assert not found(again, rule)
    assert [each for each in judged(again, rule) if each[0] not in RULES] == []


def test_shared_response_of_the_status_is_referred_to() -> None:
    assert hint(BARE + OTHER, "server-error-undeclared") == "add '500': {$ref: '#/components/responses/Down'}"


def test_body_that_other_errors_have_is_taken() -> None:
    line = hint(BARE + OTHER, "validation-error-undeclared")

    assert line == (
        "add '400': {description: Bad Request, "
        "content: {application/json: {schema: {$ref: '#/components/schemas/Error'}}}}"
    )


def test_document_without_errors_is_shown_problem_details() -> None:
    assert "content: {application/problem+json: {schema: {type: object" in hint(BARE, "client-error-undeclared")


def test_media_type_that_would_have_to_be_quoted_is_not_proposed() -> None:
    text = (BARE + OTHER).replace("{application/json:", "{'application/json; v=1':")

    assert "v=1" not in hint(text, "validation-error-undeclared")
