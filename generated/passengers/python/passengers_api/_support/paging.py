"""Lists that are read page by page: which page comes next, and what is on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, assert_never

import httpx2
from pydantic import BaseModel

from .declarations import Operation, Paging
from .responses import UnexpectedResponse

_PARAMETER: Final = r"""[ \t]*;[ \t]*([\w!#$&+.^`|~*-]+)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"|([^",;\s]*)))?"""
_PARAMETERS: Final = re.compile(_PARAMETER)
_LINK: Final = re.compile(rf"<([^<>]*)>((?:{_PARAMETER})*)")


class Pages:
    """The pages of one list, from the first one asked for to the last one there is.

    Attributes:
        arguments: of the call that gets the next page.
        target: address of the next page, where the service told it; None where the arguments say it.
        goes_on: whether there is a next page.
    """

    def __init__(self, operation: Operation[Any], arguments: Mapping[str, Any]) -> None:
        """Begin with the page that *arguments* ask for.

        Raises:
            ValueError: *operation* has no pages.
        """
        if operation.paging is None:
            raise ValueError(f"{operation.id} does not list page by page")
        self._operation = operation
        self._paging: Paging = operation.paging
        self._seen: set[Any] = set()
        self.arguments = dict(arguments)
        self.target: httpx2.URL | None = None
        self.goes_on = True

    def turn(self, result: Any, response: httpx2.Response) -> Iterator[Any]:
        """Yield the items of the page that a call returned as *result*, and turn to the next one.

        Raises:
            UnexpectedResponse: the next page would be asked of another host.
        """
        body = self._body(result)
        found = _reached(body, self._paging.items)
        items = found if isinstance(found, list | tuple) else []
        self.goes_on = self._has_more(body) and self._turned(body, items, response)
        yield from items

    def _body(self, result: Any) -> Any:
        carriers = tuple(answer.result for answer in self._operation.answers if answer.result is not None)
        return result.body if isinstance(result, carriers) else result

    def _has_more(self, body: Any) -> bool:
        more = self._paging.more
        return more is None or bool(_reached(body, more))

    def _turned(self, body: Any, items: list[Any] | tuple[Any, ...], response: httpx2.Response) -> bool:
        """Ask for the next page from now on; return whether there is one."""
        paging = self._paging
        match paging.style:
            case "cursor":
                return self._turned_to(_cursor(paging, body, items))
            case "offset":
                return bool(items) and self._turned_to(self._asked(0) + len(items))
            case "page":
                return bool(items) and self._turned_to(self._asked(paging.first) + 1)
            case "link":
                self.target = self._linked(response)
                return self.target is not None
            case _:
                assert_never(paging.style)

    def _asked(self, first: int) -> int:
        asked = self.arguments.get(self._paging.argument)
        return first if asked is None else int(asked)

    def _turned_to(self, page: Any) -> bool:
        # A service that names a page again would have it read forever.
        if page is None or page == "" or page in self._seen:
            return False
        self._seen.add(page)
        self.arguments[self._paging.argument] = page
        return True

    def _linked(self, response: httpx2.Response) -> httpx2.URL | None:
        target = next_link(response.headers.get_list("link"))
        if target is None:
            return None
        here = response.request.url
        try:
            url = here.join(target)
        except httpx2.InvalidURL:
            raise UnexpectedResponse(self._operation.id, "the next page has no address", response) from None
        # The credentials of this service are no other's business.
        if (url.scheme, url.host, url.port) != (here.scheme, here.host, here.port):
            raise UnexpectedResponse(self._operation.id, f"the next page is at {url.host!r}", response)
        if url in self._seen or url == here:
            return None
        self._seen.add(url)
        return url


def next_link(values: list[str]) -> str | None:
    """Return the target of the first link with `rel="next"` in the `Link` headers *values* (RFC 8288, 3)."""
    for value in values:
        for link in _LINK.finditer(value):
            for name, quoted, plain in _PARAMETERS.findall(link[2]):
                if name.lower() == "rel" and "next" in (quoted or plain).lower().split():
                    return link[1]
    return None


def _cursor(paging: Paging, body: Any, items: list[Any] | tuple[Any, ...]) -> Any:
    if paging.last is not None:
        return _reached(items[-1], paging.last) if items else None
    return _reached(body, paging.next or ())


def _reached(value: Any, steps: tuple[str, ...]) -> Any:
    """Return what is at *steps*, names on the wire, in *value*; None when nothing is."""
    for step in steps:
        match value:
            case BaseModel():
                value = _property(value, step)
            case Mapping():
                value = value.get(step)
            case _:
                return None
    return value


def _property(model: BaseModel, name: str) -> Any:
    for attribute, field in type(model).model_fields.items():
        if (field.serialization_alias or attribute) == name:
            return getattr(model, attribute)
    return (model.model_extra or {}).get(name)
