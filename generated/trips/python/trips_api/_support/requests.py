"""Arguments of a client's method to an HTTP request."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, assert_never

import httpx2

from .binary import Binary
from .credentials import Wallet
from .declarations import Body, Content, Kind, Operation
from .matching import pairs_of
from .media import choose_content, encode_body
from .parameters import EncodedParameters, encode_parameters
from .shapes import from_form_value

_DOTS: Final = re.compile(r"/(?:\.|%2e){1,2}(?=/|$)", re.IGNORECASE)
"""A segment that proxies and servers resolve as a step in the path (RFC 3986, 5.2.4), encoded or not."""

_FIELD_VALUE: Final = re.compile(r"[!-~](?:[ -~]*[!-~])?")

_METHODS_WITH_CONTENT: Final = frozenset({"POST", "PUT", "PATCH", "QUERY"})
"""Their requests say how long the content is, even if there is none (RFC 9110, 8.6)."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What a call sends besides its parameters.

    Attributes:
        body: None when there is none, or when null is one.
        content_type: of the body; None for the first declared one that can hold it.
        timeout_seconds: for each wait on the network; None for the transport's own.
    """

    body: Any
    content_type: str | None
    timeout_seconds: float | None


class Requests:
    """Makes the requests of one client.

    They carry the transport's own headers, cookies and parameters, as those of `build_request` would: made by hand
    because half of a call's time went there.
    """

    def __init__(self, http: httpx2.Client | httpx2.AsyncClient, wallet: Wallet) -> None:
        """Make requests for *http*."""
        self._http = http
        self._wallet = wallet
        self._base = _Base(httpx2.URL())
        self._accepts: dict[str, bytes] = {}
        self._bare: dict[str, EncodedParameters] = {}

    def build(self, operation: Operation[Any], arguments: Mapping[str, Any], sent: Sent) -> httpx2.Request:
        """Return the request of *operation* with *arguments* by Python name.

        Raises:
            ValueError: an argument can't be sent, or the transport has no base URL.
        """
        parameters = self._parameters(operation, arguments)
        shown = self._wallet.shown(operation)
        headers = {b"accept": self._accept(operation)}
        headers.update(_octets(name, value) for name, value in (*parameters.headers, *shown.headers))
        content = b""
        if operation.body is not None and (sent.body is not None or operation.body.is_required):
            content, content_type = _encoded(operation.body, sent)
            headers.update([_octets("content-type", content_type)])
        if content or operation.method in _METHODS_WITH_CONTENT:
            headers[b"content-length"] = b"%d" % len(content)
        cookies = [headers.pop(b"cookie", b"").decode("latin-1"), *shown.cookies]
        request = httpx2.Request(
            operation.method,
            self._url(parameters.path, _joined("&", parameters.query, shown.query, str(self._http.params))),
            headers=self._merged(headers),
            stream=httpx2.ByteStream(content),
            extensions=_extensions(sent.timeout_seconds),
        )
        request.read()
        self._add_cookies(request, cookies)
        return request

    def _parameters(self, operation: Operation[Any], arguments: Mapping[str, Any]) -> EncodedParameters:
        if any(value is not None for value in arguments.values()):
            return encode_parameters(operation, arguments)
        bare = self._bare.get(operation.id)
        if bare is None:
            bare = self._bare[operation.id] = encode_parameters(operation, arguments)
        return bare

    def _url(self, path: str, query: str) -> httpx2.URL:
        """Return the URL of *path* below the base URL; its percent-encoding stays as it is."""
        if self._http.base_url is not self._base.url:
            self._base = _Base(self._http.base_url)
        if "?" in path:
            path, _, fixed = path.partition("?")
            query = _with_fixed(fixed, query)
        if "/." in path or "/%" in path:
            _refuse_dots(path)
        return self._base.join(f"{path}?{query}" if query else path)

    def _merged(self, headers: Mapping[bytes, bytes]) -> list[tuple[bytes, bytes]]:
        """Return *headers*, and those of the transport that they do not replace."""
        inherited = [(name, value) for name, value in self._http.headers.raw if name.lower() not in headers]
        merged = [*inherited, *headers.items()]
        has_host = any(name.lower() == b"host" for name, _ in merged)
        return merged if has_host else [(b"host", self._base.host), *merged]

    def _add_cookies(self, request: httpx2.Request, cookies: list[str]) -> None:
        """Add *cookies* to those of the transport."""
        if self._http.cookies:
            self._http.cookies.set_cookie_header(request)
        if any(cookies):
            request.headers["cookie"] = _joined("; ", request.headers.get("cookie", ""), *cookies)

    def _accept(self, operation: Operation[Any]) -> bytes:
        accept = self._accepts.get(operation.id)
        if accept is None:
            accept = self._accepts[operation.id] = accept_header(operation).encode("ascii")
        return accept


class _Base:
    """Where the service answers."""

    def __init__(self, url: httpx2.URL) -> None:
        """Resolve paths below *url*."""
        self.url = url
        self.host = url.netloc
        self._prefix = str(url).rstrip("/")
        self._joined: tuple[str, httpx2.URL] = ("", url)

    def join(self, target: str) -> httpx2.URL:
        """Return the URL of *target*, path and query, below this one.

        Raises:
            ValueError: there is no base URL, or *target* makes it longer than httpx2 can send.
        """
        last, joined = self._joined
        if last == target:
            return joined
        if not self.url.is_absolute_url:
            message = "the transport has no base URL: httpx2.Client(base_url=…) says where the service answers"
            raise ValueError(message)
        try:
            joined = httpx2.URL(self._prefix + target)
        except httpx2.InvalidURL as fault:
            raise ValueError(str(fault)) from fault
        self._joined = (target, joined)
        return joined


def _extensions(timeout_seconds: float | None) -> dict[str, Any] | None:
    """Return what bounds the waits of a request; without it the transport takes its own timeout."""
    return None if timeout_seconds is None else {"timeout": httpx2.Timeout(timeout_seconds).as_dict()}


def accept_header(operation: Operation[Any]) -> str:
    """Return the declared media types of *operation*: successes first, JSON before others, each liked less."""
    answers = sorted(operation.answers, key=lambda answer: answer.error is not None)
    contents = [content for answer in answers for content in answer.contents]
    ordered = sorted(contents, key=lambda content: content.kind is not Kind.JSON)
    names = dict.fromkeys(content.media_type for content in ordered if _FIELD_VALUE.fullmatch(content.media_type))
    weighted = (f"{name};q=0.{max(1, 10 - rank)}" if rank else name for rank, name in enumerate(names))
    return ", ".join(weighted) or "*/*"


def _refuse_dots(path: str) -> None:
    """Refuse *path* when a value made one of its segments "." or "..".

    Raises:
        ValueError: it did: the request would reach another path.
    """
    if _DOTS.search(path):
        message = f"a path parameter may not be '.' or '..': {path!r} leads elsewhere"
        raise ValueError(message)


def _with_fixed(fixed: str, query: str) -> str:
    """Return the query that is *fixed* in a path before *query*, without the pairs that *query* holds, too."""
    held = set(pairs_of(query.encode()))
    return _joined("&", *(part for part in fixed.split("&") if held.isdisjoint(pairs_of(part.encode()))), query)


def _encoded(body: Body, sent: Sent) -> tuple[bytes, str]:
    """Return the body and its `Content-Type`."""
    if sent.content_type is None:
        return encode_body(_first_able(body.contents, sent.body), sent.body)
    content = choose_content(body.contents, sent.content_type)
    if content is None:
        declared = ", ".join(content.media_type for content in body.contents)
        message = f"{sent.content_type!r} is not declared for this body, which may be {declared}"
        raise ValueError(message)
    return encode_body(content, sent.body)


def _first_able(contents: tuple[Content, ...], value: Any) -> Content:
    """Return the first content that can hold *value*; the first of all when none can."""
    if len(contents) == 1:
        return contents[0]
    return next((content for content in contents if _can_hold(content, value)), contents[0])


def _can_hold(content: Content, value: Any) -> bool:
    match content.kind:
        case Kind.BINARY:
            return isinstance(value, bytes | Binary) and _is_of(content, value)
        case Kind.TEXT:
            return isinstance(value, str | int | float)
        case Kind.JSON | Kind.FORM | Kind.MULTIPART:
            return not isinstance(value, bytes | Binary) and _fits(content.type, value)
        case _:
            assert_never(content.kind)


def _fits(type_: Any, value: Any) -> bool:
    try:
        from_form_value(type_, value)
    except ValueError:
        return False
    return True


def _is_of(content: Content, value: bytes | Binary) -> bool:
    return not isinstance(value, Binary) or choose_content((content,), value.media_type) is not None


def _octets(name: str, value: str) -> tuple[bytes, bytes]:
    """Return a header as octets, its name in lower case.

    Raises:
        ValueError: *value* holds what no header can; the message does not tell it: it may be a secret.
    """
    try:
        octets = value.encode("latin-1")
    except UnicodeEncodeError:
        message = f"the value of the header {name!r} is no Latin-1 text"
        raise ValueError(message) from None
    if b"\n" in octets or b"\r" in octets or b"\0" in octets:
        message = f"the value of the header {name!r} holds a line break"
        raise ValueError(message)
    return name.lower().encode("ascii"), octets


def _joined(separator: str, *parts: str) -> str:
    return separator.join(part for part in parts if part)
