"""Where a callback goes, from the request that announced it."""

from __future__ import annotations

import enum
from typing import Any
from uuid import UUID

import pytest
from pydantic import BaseModel, Field

from apictl.support.callback_urls import callback_url


class Stream(BaseModel):
    """A body with names of its own on the wire."""

    where: str = Field(alias="callbackUrl")
    more: list[dict[str, str]] = Field(default_factory=list, alias="a/b~c")


class Region(enum.Enum):
    """A value that is no text."""

    EU = "eu"


BODY = Stream.model_validate({"callbackUrl": "https://a.example/x", "a/b~c": [{"u": "http://b.example"}]})
KEY = UUID("00000000-0000-4000-8000-000000000001")


@pytest.mark.parametrize(
    "expression, values, url",
    [
        ("{$request.body#/callbackUrl}", {"$request.body": BODY}, "https://a.example/x"),
        ("$request.body#/callbackUrl", {"$request.body": BODY}, "https://a.example/x"),
        ("{$request.body#/a~1b~0c/0/u}/end", {"$request.body": BODY}, "http://b.example/end"),
        (
            "{$request.query.u}?id={$request.path.id}",
            {"$request.query.u": "https://c", "$request.path.id": KEY},
            f"https://c?id={KEY}",
        ),
        ("https://{$request.header.region}.d.example", {"$request.header.region": Region.EU}, "https://eu.d.example"),
        (
            "{$request.body#/u}",
            {"$request.body": {"u": "https://e.example/{$request.body}"}},
            "https://e.example/{$request.body}",
        ),
    ],
)
def test_expression_is_replaced_by_what_it_names(expression: str, values: dict[str, Any], url: str) -> None:
    assert callback_url(expression, values) == url


@pytest.mark.parametrize(
    "expression, values",
    [
        ("{$request.body#/callbackUrl}", {}),
        ("{$request.body#/missing}", {"$request.body": BODY}),
        ("{$request.body#/a~1b~0c/7/u}", {"$request.body": BODY}),
        ("{$request.body}", {"$request.body": BODY}),
        ("{$request.body#/u}", {"$request.body": {"u": "//f.example"}}),
        ("{$request.body#/u}", {"$request.body": {"u": "gopher://f.example"}}),
        ("{$request.query.u}", {"$request.query.u": None}),
        ("{$response.body#/u}", {"$request.body": BODY}),
    ],
)
def test_address_that_is_none_is_refused(expression: str, values: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"URL|says nothing"):
        callback_url(expression, values)
