"""Arguments of a client's method to an HTTP request."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any, Final, NamedTuple, assert_never, get_args

import httpx2

from .base_urls import BaseUrl
from .binary import Binary
from .credentials import Wallet
from .declarations import Body, Content, Kind, Operation
from .judge import Judge
from .matching import pairs_of
from .media import choose_content, concrete_media_type, encode_body
from .parameters import EncodedParameters, encode_parameters
from .sequences import READ_IN_PIECES, STREAMED, item_bytes
from .shapes import from_form_value
from .uploads import Upload, comes_in_pieces

_DOTS: Final = re.compile(r"/(?:\.|%2e){1,2}(?=/|$)", re.IGNORECASE)
"""A segment that proxies and servers resolve as a step in the path (RFC 3986, 5.2.4), encoded or not."""

_FIELD_VALUE: Final = re.compile(r"[!-~](?:[ -~]*[!-~])?")

_METHODS_WITH_CONTENT: Final = frozenset({"POST", "PUT", "PATCH", "QUERY"})
"""Their requests say how long the content is, even if there is none (RFC 9110, 8.6)."""


class Reading(enum.Enum):
    """How a response is read."""

    WHOLE = "whole"
    STREAM = "stream"
    """Item by item, as it arrives."""


class Sent(NamedTuple):  # a dataclass takes four times as long to make, at every call
    """What a call sends besides its parameters.

    Attributes:
        body: None when there is none, or when null is one.
        content_type: of the body; None for the first declared one that can hold it.
        timeout_seconds: for each wait on the network; None for the transport's own.
        target: where the service said that it goes on; None for the path of the operation.
        reading: how the response is to be read.
    """

    body: Any
    content_type: str | None
    timeout_seconds: float | None
    target: httpx2.URL | None = None
    reading: Reading = Reading.WHOLE


class Requests:
    """Makes the requests of one client.

    They carry the transport's own headers, cookies and parameters, as those of `build_request` would: made by hand
    because half of a call's time went there.
    """

    def __init__(self, http: httpx2.Client | httpx2.AsyncClient, judge: Judge, wallet: Wallet) -> None:
        """Make requests for *http*; *judge* knows the schemas of their parameters."""
        self._http = http
        self._judge = judge
        self._wallet = wallet
        self._base = BaseUrl(httpx2.URL())
        self._accepts: dict[str, bytes] = {}
        self._inherited = _Inherited([])
        self._bare: dict[str, EncodedParameters] = {}

    def build(self, operation: Operation[Any], arguments: Mapping[str, Any], sent: Sent) -> httpx2.Request:
        """Return the request of *operation* with *arguments* by Python name.

        Raises:
            ValueError: an argument can't be sent, or the transport has no base URL.
        """
        parameters = self._parameters(operation, arguments)
        shown = self._wallet.shown(operation)
        headers = {b"accept": self._accept(operation, sent.reading)}
        for name, value in (*parameters.headers, *shown.headers):
            key, octets = _octets(name, value)
            headers[key] = octets
        content: bytes | Upload = b""
        if operation.body is not None and (sent.body is not None or operation.body.is_required):
            content, content_type = _encoded(operation.body, sent)
            headers[b"content-type"] = _octets("content-type", content_type)[1]
        if isinstance(content, Upload):
            # How long it is will be known when it is sent (RFC 9112, 7.1).
            headers[b"transfer-encoding"] = b"chunked"
        elif content or operation.method in _METHODS_WITH_CONTENT:
            headers[b"content-length"] = b"%d" % len(content)
        cookies = [headers.pop(b"cookie", b"").decode("latin-1"), *shown.cookies]
        always = self._http.params
        url = (
            self._url(parameters.path, _joined("&", parameters.query, shown.query, str(always) if always else ""))
            if sent.target is None
            else _with_query(sent.target, shown.query)
        )
        request = httpx2.Request(
            operation.method,
            url,
            headers=self._merged(headers),
            stream=content if isinstance(content, Upload) else httpx2.ByteStream(content),
            extensions=_extensions(sent.timeout_seconds),
        )
        if not isinstance(content, Upload):
            request.read()
        self._add_cookies(request, cookies)
        return request

    def _parameters(self, operation: Operation[Any], arguments: Mapping[str, Any]) -> EncodedParameters:
        if any(value is not None for value in arguments.values()):
            return encode_parameters(operation, arguments, self._judge)
        bare = self._bare.get(operation.id)
        if bare is None:
            bare = self._bare[operation.id] = encode_parameters(operation, arguments, self._judge)
        return bare

    def _url(self, path: str, query: str) -> httpx2.URL:
        """Return the URL of *path* below the base URL; its percent-encoding stays as it is."""
        if self._http.base_url is not self._base.url:
            self._base = BaseUrl(self._http.base_url)
        if "?" in path:
            path, _, fixed = path.partition("?")
            query = _with_fixed(fixed, query)
        if "/." in path or "/%" in path:
            _refuse_dots(path)
        return self._base.join(f"{path}?{query}" if query else path)

    def _merged(self, headers: Mapping[bytes, bytes]) -> list[tuple[bytes, bytes]]:
        """Return *headers*, and those of the transport that they do not replace."""
        raw = self._http.headers.raw
        if raw != self._inherited.raw:
            self._inherited = _Inherited(raw)
        merged = [pair for name, pair in self._inherited.named if name not in headers]
        merged += headers.items()
        return merged if self._inherited.has_host or b"host" in headers else [(b"host", self._base.host), *merged]

    def _add_cookies(self, request: httpx2.Request, cookies: list[str]) -> None:
        """Add *cookies* to those of the transport."""
        if self._http.cookies:
            self._http.cookies.set_cookie_header(request)
        if any(cookies):
            request.headers["cookie"] = _joined("; ", request.headers.get("cookie", ""), *cookies)

    def _accept(self, operation: Operation[Any], reading: Reading) -> bytes:
        if reading is Reading.STREAM:
            return accept_header(operation, reading).encode("ascii")
        accept = self._accepts.get(operation.id)
        if accept is None:
            accept = self._accepts[operation.id] = accept_header(operation).encode("ascii")
        return accept


class _Inherited:
    """Headers of a transport."""

    def __init__(self, raw: list[tuple[bytes, bytes]]) -> None:
        """Keep *raw* with the names in lower case."""
        self.raw = raw
        self.named = [(pair[0].lower(), pair) for pair in raw]
        self.has_host = any(name == b"host" for name, _ in self.named)


def _extensions(timeout_seconds: float | None) -> dict[str, Any] | None:
    """Return what bounds the waits of a request; without it the transport takes its own timeout."""
    return None if timeout_seconds is None else {"timeout": httpx2.Timeout(timeout_seconds).as_dict()}


def accept_header(operation: Operation[Any], reading: Reading = Reading.WHOLE) -> str:
    """Return the declared media types of *operation*: successes first, JSON before others, each liked less.

    Of successes only what can be read as *reading* says is asked for; a stream is liked best where one is wanted.
    """
    contents = [
        each
        for answer in sorted(operation.answers, key=lambda answer: answer.error is not None)
        for each in answer.contents
        if answer.error is not None or _suits(each.kind, reading)
    ]
    if reading is Reading.WHOLE:
        contents.sort(key=lambda content: content.kind is not Kind.JSON)
    names = dict.fromkeys(content.media_type for content in contents if _FIELD_VALUE.fullmatch(content.media_type))
    weighted = (f"{name};q=0.{max(1, 10 - rank)}" if rank else name for rank, name in enumerate(names))
    return ", ".join(weighted) or "*/*"


def _suits(kind: Kind, reading: Reading) -> bool:
    return kind not in STREAMED if reading is Reading.WHOLE else kind in READ_IN_PIECES


def _refuse_dots(path: str) -> None:
    """Refuse *path* when a value made one of its segments "." or "..".

    Raises:
        ValueError: it did: the request would reach another path.
    """
    if _DOTS.search(path):
        message = f"a path parameter may not be '.' or '..': {path!r} leads elsewhere"
        raise ValueError(message)


def _with_query(url: httpx2.URL, query: str) -> httpx2.URL:
    """Return *url* with *query*, a credential, unless the service has put it there itself."""
    if not query or query.encode() in url.query.split(b"&"):
        return url
    return url.copy_with(query=_joined("&", url.query.decode("ascii"), query).encode())


def _with_fixed(fixed: str, query: str) -> str:
    """Return the query that is *fixed* in a path before *query*, without the pairs that *query* holds, too."""
    held = set(pairs_of(query.encode()))
    return _joined("&", *(part for part in fixed.split("&") if held.isdisjoint(pairs_of(part.encode()))), query)


def _encoded(body: Body, sent: Sent) -> tuple[bytes | Upload, str]:
    """Return the body and its `Content-Type`."""
    if sent.content_type is None:
        return _written(_first_able(body.contents, sent.body), sent.body)
    content = choose_content(body.contents, sent.content_type)
    if content is None:
        declared = ", ".join(content.media_type for content in body.contents)
        message = f"{sent.content_type!r} is not declared for this body, which may be {declared}"
        raise ValueError(message)
    return _written(content, sent.body)


def _written(content: Content, value: Any) -> tuple[bytes | Upload, str]:
    if content.kind is Kind.BINARY and comes_in_pieces(value):
        return Upload(value), concrete_media_type(content, "application/octet-stream")
    if content.kind in {Kind.LINES, Kind.SEQUENCE}:
        # A list is there as a whole, so that it can be sent again; an iterator is gone when it was sent.
        write = partial(item_bytes, replace(content, type=next(iter(get_args(content.type)), Any)))
        sent = b"".join(map(write, value)) if isinstance(value, list | tuple) else Upload(value, write)
        return sent, content.media_type
    return encode_body(content, value)


def _first_able(contents: tuple[Content, ...], value: Any) -> Content:
    """Return the first content that can hold *value*, YAML last; the first of all when none can."""
    if len(contents) == 1:
        return contents[0]
    ranked = sorted(contents, key=lambda each: each.kind is Kind.YAML)
    return next((content for content in ranked if _can_hold(content, value)), contents[0])


def _can_hold(content: Content, value: Any) -> bool:
    match content.kind:
        case Kind.BINARY:
            return comes_in_pieces(value) or (isinstance(value, bytes | Binary) and _is_of(content, value))
        case Kind.TEXT:
            return isinstance(value, str | int | float)
        case Kind.JSON | Kind.YAML | Kind.FORM | Kind.MULTIPART:
            return not isinstance(value, bytes | Binary) and _fits(content.type, value)
        case Kind.LINES | Kind.SEQUENCE:
            return isinstance(value, list | tuple) or comes_in_pieces(value)
        case Kind.EVENTS | Kind.TEXT_EVENTS:
            return False
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
