"""Lists that are read page by page: each item once, and an end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

import httpx2
import pytest
from pydantic import BaseModel, ConfigDict, Field

from apictl.support.async_calls import AsyncCaller
from apictl.support.calls import Caller
from apictl.support.credentials import Wallet
from apictl.support.declarations import (
    Answer,
    Content,
    Kind,
    Operation,
    Paging,
    Parameter,
    Requirement,
    SecurityScheme,
)
from apictl.support.paging import next_link
from apictl.support.responses import UnexpectedResponse
from tests.support.calling import BASE, JUDGE

Service = Callable[[httpx2.Request], httpx2.Response]
Each = Callable[..., list[Any]]
KEY: Final = SecurityScheme("key", "apiKey", "key", key_name="key", key_location="query")


class Page(BaseModel):
    model_config = ConfigDict(extra="allow")

    rides: list[dict[str, Any]] | None = Field(default=None, alias="theRides")


def _operation(paging: Paging, type_: Any = Page, **more: Any) -> Operation[Any]:
    parameters = (
        Parameter("cursor", "cursor", "query", "text", str),
        Parameter("at", "at", "query", "number", int),
    )
    answers = (Answer("200", (Content("application/json", Kind.JSON, type_),)),)
    return Operation("list", "GET", "/rides", "list", answers, parameters, paging=paging, **more)


def _each(
    service: Service, operation: Operation[Any], arguments: dict[str, Any] | None = None, **more: Any
) -> list[Any]:
    wallet = more.get("wallet") or Wallet((), {})
    with httpx2.Client(base_url=BASE, transport=httpx2.MockTransport(service)) as http:
        return list(Caller(http, JUDGE, wallet).iterate(operation, arguments=arguments or {}))


def _each_async(
    service: Service, operation: Operation[Any], arguments: dict[str, Any] | None = None, **more: Any
) -> list[Any]:
    wallet = more.get("wallet") or Wallet((), {})

    async def run() -> list[Any]:
        async with httpx2.AsyncClient(base_url=BASE, transport=httpx2.MockTransport(service)) as http:
            iterated = AsyncCaller(http, JUDGE, wallet).iterate(operation, arguments=arguments or {})
            return [item async for item in iterated]

    return asyncio.run(run())


BOTH: Final = (_each, _each_async)
BY_CURSOR: Final = Paging("cursor", ("theRides",), argument="cursor", next=("meta", "next"))


def _ids(items: list[Any]) -> list[int]:
    return [item["id"] for item in items]


@pytest.mark.parametrize("each", BOTH)
def test_cursor_is_followed_until_there_is_none(each: Each) -> None:
    pages = {None: ([1, 2], "b"), "b": ([], "c"), "c": ([3], None)}
    asked: list[str | None] = []

    def service(request: httpx2.Request) -> httpx2.Response:
        asked.append(request.url.params.get("cursor"))
        ids, following = pages[asked[-1]]
        return httpx2.Response(200, json={"theRides": [{"id": each} for each in ids], "meta": {"next": following}})

    assert _ids(each(service, _operation(BY_CURSOR))) == [1, 2, 3]
    assert asked == [None, "b", "c"]


@pytest.mark.parametrize("each", BOTH)
def test_cursor_that_comes_again_ends_the_list(each: Each) -> None:
    def service(request: httpx2.Request) -> httpx2.Response:
        following = {None: "b", "b": "c", "c": "b"}[request.url.params.get("cursor")]
        return httpx2.Response(200, json={"theRides": [{"id": 1}], "meta": {"next": following}})

    assert _ids(each(service, _operation(BY_CURSOR))) == [1, 1, 1]


@pytest.mark.parametrize("meta", [None, 7, {}, {"next": None}, {"next": ""}])
def test_page_without_a_cursor_is_the_last_one(meta: Any) -> None:
    def service(_request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json={"theRides": [{"id": 1}], "meta": meta})

    assert _ids(_each(service, _operation(BY_CURSOR))) == [1]


@pytest.mark.parametrize("each", BOTH)
def test_pages_begin_after_the_last_item_while_there_are_more(each: Each) -> None:
    paging = Paging("cursor", ("theRides",), argument="cursor", last=("id",), more=("has_more",))

    def service(request: httpx2.Request) -> httpx2.Response:
        start = int(request.url.params.get("cursor", 0))
        return httpx2.Response(200, json={"theRides": [{"id": start + 1}, {"id": start + 2}], "has_more": start < 4})

    assert _ids(each(service, _operation(paging))) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    "paging, begins, asked",
    [
        (Paging("offset", (), argument="at"), None, [None, "2", "3"]),
        (Paging("offset", (), argument="at"), 5, ["5", "7", "8"]),
        (Paging("page", (), argument="at"), None, [None, "2", "3"]),
        (Paging("page", (), argument="at", first=0), None, [None, "1", "2"]),
    ],
)
def test_offset_and_page_are_counted_until_a_page_is_empty(
    paging: Paging, begins: int | None, asked: list[Any]
) -> None:
    pages = iter([[1, 2], [3], []])
    seen: list[str | None] = []

    def service(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.url.params.get("at"))
        return httpx2.Response(200, json=[{"id": each} for each in next(pages)])

    assert _ids(_each(service, _operation(paging, list[dict[str, Any]]), {"at": begins})) == [1, 2, 3]
    assert seen == asked


BY_LINK: Final = Paging("link", ())


@pytest.mark.parametrize("each", BOTH)
def test_link_is_followed_with_the_credential_that_it_does_not_tell(each: Each) -> None:
    operation = _operation(BY_LINK, list[dict[str, Any]], security=((Requirement("key"),),))
    seen: list[str] = []

    def service(request: httpx2.Request) -> httpx2.Response:
        seen.append(str(request.url.copy_with(host="x")))
        links = {
            1: {"Link": '</v1/rides?after=1>; rel="next", <https://api.example.test/v1/rides>; rel="first"'},
            2: {"Link": '<?key=k&after=2>; title="a, b"; rel="last next"'},
        }
        return httpx2.Response(200, json=[{"id": len(seen)}], headers=links.get(len(seen), {}))

    assert _ids(each(service, operation, {"at": 9}, wallet=Wallet((KEY,), {"key": "k"}))) == [1, 2, 3]
    assert seen == [
        "https://x/v1/rides?at=9&key=k",
        "https://x/v1/rides?after=1&key=k",
        "https://x/v1/rides?key=k&after=2",
    ]


@pytest.mark.parametrize(
    "target", ["https://evil.example/rides", "//evil.example/rides", "http://api.example.test/v1/rides"]
)
def test_link_to_another_host_is_not_followed(target: str) -> None:
    asked: list[httpx2.Request] = []

    def service(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        return httpx2.Response(200, json=[{"id": 1}], headers={"Link": f'<{target}>; rel="next"'})

    with pytest.raises(UnexpectedResponse, match="the next page is at"):
        _each(service, _operation(BY_LINK, list[dict[str, Any]]))

    assert len(asked) == 1


def test_link_to_itself_ends_the_list() -> None:
    def service(request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, json=[{"id": 1}], headers={"Link": f"<{request.url}>; rel=next"})

    assert _ids(_each(service, _operation(BY_LINK, list[dict[str, Any]]))) == [1]


@pytest.mark.parametrize(
    "values, target",
    [
        (['<a>; rel="next"'], "a"),
        (["<a>;rel=next"], "a"),
        (['<a>; rel="prev", <b>; REL="Next"'], "b"),
        (['<a,b>; rel="first"', '<c;d>; title="x; rel=\\"no\\""; rel="next last"'], "c;d"),
        (['<a>; rel="nextish"'], None),
        (["<a>; relation=next"], None),
        (["<a>", "", "next", "<"], None),
    ],
)
def test_next_link_is_found_among_others(values: list[str], target: str | None) -> None:
    assert next_link(values) == target


def test_nothing_is_asked_before_the_first_item_is() -> None:
    with httpx2.Client(base_url=BASE, transport=httpx2.MockTransport(lambda _: httpx2.Response(500))) as http:
        Caller(http, JUDGE, Wallet((), {})).iterate(_operation(BY_LINK))


def test_operation_without_pages_is_refused() -> None:
    operation: Operation[Any] = Operation("get", "GET", "/x", "get", (Answer("204"),))

    with pytest.raises(ValueError, match="does not list page by page"):
        _each(lambda _: httpx2.Response(204), operation)
