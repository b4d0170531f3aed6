"""Runtime expressions by their grammar; whatever is not of it is a constant."""

from __future__ import annotations

import time

import pytest

from apictl.contract.expressions import Expression, Message, Part, parse_expression


@pytest.mark.parametrize(
    "text, expected",
    [
        ("$url", Expression(Message.URL)),
        ("$method", Expression(Message.METHOD)),
        ("$statusCode", Expression(Message.STATUS_CODE)),
        ("$request.header.X-Id", Expression(Message.REQUEST, Part.HEADER, "x-id")),
        ("$request.query.a.b c", Expression(Message.REQUEST, Part.QUERY, "a.b c")),
        ("$request.path.id", Expression(Message.REQUEST, Part.PATH, "id")),
        ("$request.body", Expression(Message.REQUEST, Part.BODY)),
        ("$response.body#", Expression(Message.RESPONSE, Part.BODY)),
        ("$response.body#/items/0/~1a~0b", Expression(Message.RESPONSE, Part.BODY, "/items/0/~1a~0b")),
        ("$response.body#/", Expression(Message.RESPONSE, Part.BODY, "/")),
        ("$response.body#/\n", Expression(Message.RESPONSE, Part.BODY, "/\n")),
    ],
)
def test_expression_says_what_it_reads(text: str, expected: Expression) -> None:
    assert parse_expression(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "$", "url", "$URL", "$url ", "$statuscode", "$request", "$request.", "$request.header.",
        "$request.header.a b", "$request.header.ä",
        "$request.query.ä", "$request.path.\x00", "$response.body/id", "$response.body#id",
        "$response.body#/~2", "$response.body#/~", "$response.bodies", "{$response.body}", "$message.payload#/a",
    ],
)  # fmt: skip
def test_what_is_not_of_the_grammar_is_a_constant(text: str) -> None:
    assert parse_expression(text) is None


def test_long_pointer_takes_linear_time() -> None:
    start = time.process_time()

    assert parse_expression("$response.body#" + "/~" * 500_000) is None
    assert parse_expression("$response.body#" + "/~0" * 500_000) is not None

    assert time.process_time() - start < 5
