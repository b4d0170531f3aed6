"""Lists read page by page: how they are declared, what is recognised, and what is left alone."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.contract.pagination import PagingStyle
from apictl.contract.paging import pagination_of
from apictl.pages.python.spell import spell
from tests.readers.documents import answer, contract_of, document, errors_of, operation, read_tree

ITEM = {"type": "object", "properties": {"id": {"type": "string"}}, "required": ["id"]}
LIST = {"type": "array", "items": ITEM}
TEXT: dict[str, Any] = {"type": "string"}


def _query(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": TEXT} | more


def _list(page: Any, *names: str, link: bool = False, **more: Any) -> dict[str, Any]:
    ok = answer(page) | ({"headers": {"link": {"schema": TEXT}}} if link else {})
    declared = operation("listThings", responses={"200": ok}, **more)
    return declared | {"parameters": [_query(name) for name in names]}


def _document(declared: dict[str, Any], method: str = "get") -> dict[str, Any]:
    return document(version="3.1.0", paths={"/things": {method: declared}})


def _recognised(declared: dict[str, Any], method: str = "get") -> Any:
    contract = contract_of(read_tree(_document(declared, method)))
    return pagination_of(contract.operations[0], contract.definitions)


def _page(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


@pytest.mark.parametrize(
    "parameter, page, following",
    [
        ("cursor", _page(items=LIST, nextCursor=TEXT), "/nextCursor"),
        ("cursor", _page(items=LIST, next_cursor={"type": ["string", "null"]}), "/next_cursor"),
        ("pageToken", _page(items=LIST, nextPageToken=TEXT), "/nextPageToken"),
        ("nextToken", _page(items=LIST, nextToken=TEXT), "/nextToken"),
        ("cursor", _page(items=LIST, meta=_page(next_cursor=TEXT)), "/meta/next_cursor"),
        (
            "cursor",
            {"allOf": [_page(items=LIST), _page(nextCursor={"oneOf": [TEXT, {"type": "null"}]})]},
            "/nextCursor",
        ),
        ("cursor", _page(**{"items": LIST, "next~cursor": TEXT}), "/next~0cursor"),
    ],
)
def test_cursor_is_recognised_by_names_that_belong_together(parameter: str, page: Any, following: str) -> None:
    found = _recognised(_list(page, "limit", parameter))

    assert (found.style, found.parameter, found.items, found.next) == (
        PagingStyle.CURSOR,
        parameter,
        "/items",
        following,
    )


def test_pages_that_begin_after_an_item_are_recognised() -> None:
    found = _recognised(_list(_page(data=LIST, has_more={"type": "boolean"}), "starting_after"))

    assert (found.parameter, found.items, found.last, found.more) == ("starting_after", "/data", "/id", "/has_more")


def test_page_that_names_its_last_item_is_recognised() -> None:
    page = _page(data=LIST, has_more={"type": "boolean"}, last_id={"type": ["string", "null"]})

    found = _recognised(_list(page, "before", "after"))

    assert (found.parameter, found.items, found.next, found.more) == ("after", "/data", "/last_id", "/has_more")


@pytest.mark.parametrize("page, items", [(LIST, ""), (_page(things=LIST, total={"type": "integer"}), "/things")])
def test_header_link_is_recognised(page: Any, items: str) -> None:
    found = _recognised(_list(page, "page", link=True))

    assert (found.style, found.items) == (PagingStyle.LINK, items)


@pytest.mark.parametrize(
    "declared",
    [
        _list(_page(items=LIST), "cursor"),
        _list(_page(items=LIST, next=TEXT), "cursor"),
        _list(_page(items=LIST, next_cursor={"type": "integer"}), "cursor"),
        _list(_page(items=LIST, others=LIST, next_cursor=TEXT), "cursor"),
        _list(_page(items={"type": "array", "items": TEXT}, next_cursor=TEXT), "cursor"),
        _list(_page(items=LIST, next_cursor=TEXT, meta=_page(next_cursor=TEXT)), "cursor"),
        _list(_page(items=LIST, next_cursor=TEXT), "page"),
        _list(_page(items=LIST, total={"type": "integer"}), "offset", "limit"),
        _list(_page(data=LIST), "starting_after"),
        _list(_page(data=LIST, has_more={"type": "boolean"}), "after"),
        _list(ITEM, link=True),
    ],
)
def test_what_one_can_only_guess_is_not_recognised(declared: dict[str, Any]) -> None:
    assert _recognised(declared) is None


def test_operation_that_changes_something_lists_nothing() -> None:
    assert _recognised(_list(_page(items=LIST, next_cursor=TEXT), "cursor"), "post") is None


def test_declaration_wins() -> None:
    declared: Any = {"style": "offset", "parameter": "skip", "items": "/items", "more": "/more", "first": 0}
    page = _page(items=LIST, next_cursor=TEXT, more={"type": "boolean"})

    found = _recognised(_list(page, "cursor", "skip", **{"x-apictl-pagination": declared}))

    assert (found.style, found.parameter, found.items, found.more, found.first) == (
        PagingStyle.OFFSET,
        "skip",
        "/items",
        "/more",
        0,
    )


AT = "/paths/~1things/get/x-apictl-pagination"


@pytest.mark.parametrize(
    "declared, places",
    [
        ("cursor", [AT]),
        ({"style": "cursors", "parameter": "cursor", "items": "", "next": ""}, [f"{AT}/style"]),
        ({"parameter": "cursor"}, [AT]),
        ({"style": "link"}, [AT]),
        ({"style": "page", "items": "/items"}, [AT]),
        ({"style": "cursor", "parameter": "cursor", "items": "/items"}, [AT]),
        ({"style": "cursor", "parameter": "cursor", "items": "/items", "next": "/a", "last": "/id"}, [AT]),
        ({"style": "link", "items": "items"}, [f"{AT}/items"]),
        ({"style": "link", "items": "/~2"}, [f"{AT}/items"]),
        ({"style": "link", "items": "/items", "more": 1}, [f"{AT}/more"]),
        ({"style": "page", "parameter": "page", "items": "", "first": True}, [f"{AT}/first"]),
        ({"style": "link", "items": "/items", "itmes": ""}, [f"{AT}/itmes"]),
    ],
)
def test_declaration_that_is_not_as_it_must_be_is_found_at_its_place(declared: Any, places: list[str]) -> None:
    tree = _document(_list(_page(items=LIST), "cursor", "page", **{"x-apictl-pagination": declared}))

    assert errors_of(read_tree(tree)) == [("pagination-malformed", place) for place in places]


@pytest.mark.parametrize(
    "declared, place",
    [
        ({"style": "page", "parameter": "pages", "items": "/items"}, "parameter"),
        ({"style": "link", "items": "/list"}, "items"),
        ({"style": "link", "items": "/next"}, "items"),
        ({"style": "cursor", "parameter": "cursor", "items": "/items", "next": "/cursor"}, "next"),
        ({"style": "cursor", "parameter": "cursor", "items": "/items", "last": "/name"}, "last"),
        ({"style": "link", "items": "/items", "more": "/hasMore"}, "more"),
    ],
)
def test_declaration_that_does_not_fit_refuses_generation_at_its_place(declared: Any, place: str) -> None:
    page = _page(items=LIST, next=TEXT)
    tree = _document(_list(page, "cursor", **{"x-apictl-pagination": declared}))

    spelled = spell(contract_of(read_tree(tree)))

    found = [(one.rule, one.place.pointer) for one in spelled.findings]
    assert found == [("pagination-unfit", f"{AT}/{place}")]
    assert spelled.operations[0].paging is None


def test_schema_that_contains_itself_is_no_page() -> None:
    tree = _document(_list({"$ref": "#/components/schemas/Loop"}, "cursor", link=True))
    loop = {
        "allOf": [{"$ref": "#/components/schemas/Loop2"}],
        "properties": {"a": {"$ref": "#/components/schemas/Loop"}},
    }
    tree["components"] = {
        "schemas": {"Loop": loop, "Loop2": {"properties": {"b": {"$ref": "#/components/schemas/Loop"}}}}
    }

    contract = contract_of(read_tree(tree))

    assert pagination_of(contract.operations[0], contract.definitions) is None
