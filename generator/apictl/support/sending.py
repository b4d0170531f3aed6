"""Sends webhooks and callbacks: to an address that somebody else has named, judged and signed before they leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import httpx2

from .async_calls import AsyncCaller
from .base_urls import BaseUrl
from .calls import Caller
from .credentials import Wallet
from .declarations import Kind, Operation
from .deliveries import Delivery, Sign, is_left_to_sign
from .documents import read_json
from .exchanges import Policy
from .judge import Judge, Refused
from .media import choose_content
from .requests import Requests, Sent
from .yaml_documents import read_yaml

_READERS: Final[Mapping[Kind, Callable[[bytes], Any]]] = {Kind.JSON: read_json, Kind.YAML: read_yaml}


@dataclass(frozen=True, slots=True)
class Address:
    """Where requests go.

    Attributes:
        url: absolute, of http or https.
        sign: None to send them unsigned.
    """

    url: str
    sign: Sign | None = None


class Sender(Caller):
    """Sends requests to one address through a synchronous transport, which belongs to the caller."""

    def __init__(self, http: httpx2.Client, judge: Judge, wallet: Wallet, policy: Policy, address: Address) -> None:
        """Send to *address* through *http* as *policy* says, showing credentials of *wallet*.

        Raises:
            ValueError: nothing can be sent to the address.
        """
        super().__init__(http, judge, wallet, policy)
        self._calling.requests = SentRequests(http, judge, wallet, address)


class AsyncSender(AsyncCaller):
    """Sends requests to one address through an asynchronous transport, which belongs to the caller."""

    def __init__(
        self, http: httpx2.AsyncClient, judge: Judge, wallet: Wallet, policy: Policy, address: Address
    ) -> None:
        """Send to *address* through *http* as *policy* says, showing credentials of *wallet*.

        Raises:
            ValueError: nothing can be sent to the address.
        """
        super().__init__(http, judge, wallet, policy)
        self._calling.requests = SentRequests(http, judge, wallet, address)


class SentRequests(Requests):
    """Makes the requests of one sender: their URL is the address, whatever the base URL of the transport."""

    def __init__(
        self, http: httpx2.Client | httpx2.AsyncClient, judge: Judge, wallet: Wallet, address: Address
    ) -> None:
        """Make requests to *address*, whose bodies *judge* accepts.

        Raises:
            ValueError: nothing can be sent to the address.
        """
        super().__init__(http, judge, wallet)
        self._address = checked_url(address.url)
        self._base = BaseUrl(self._address)
        self._sign = address.sign
        self._unsigned: dict[str, Operation[Any]] = {}

    def build(self, operation: Operation[Any], arguments: Mapping[str, Any], sent: Sent) -> httpx2.Request:
        """Return the request of *operation* with *arguments* by Python name, signed.

        Raises:
            Refused: the contract refuses the body.
            ValueError: an argument can't be sent, or a signature is required and there is none.
        """
        request = super().build(self._without_signature(operation), arguments, sent)
        self._judge_body(operation, request)
        if self._sign is not None:
            if not isinstance(request.stream, httpx2.ByteStream):
                raise ValueError(f"{operation.id}: a body that comes in pieces can't be signed")
            delivery = Delivery(request.method, str(request.url), _by_name(request.headers), request.content)
            request.headers.update({name: _one_line(name, value) for name, value in self._sign(delivery).items()})
        for parameter in operation.parameters:
            is_missing = parameter.location == "header" and parameter.name not in request.headers
            if parameter.is_required and is_missing:
                raise ValueError(f"{operation.id}: the header {parameter.name!r} is required: let `sign` return it")
        return request

    def _url(self, path: str, query: str) -> httpx2.URL:
        """Return the address with *query* added to its own; *path* is that of a receiver's own choice."""
        del path
        if not query:
            return self._address
        own = self._address.query.decode("ascii")
        return self._address.copy_with(query=(f"{own}&{query}" if own else query).encode("ascii"))

    def _without_signature(self, operation: Operation[Any]) -> Operation[Any]:
        """Return *operation* with no signature required: that is made of what the others become."""
        found = self._unsigned.get(operation.id)
        if found is None:
            parameters = tuple(
                replace(each, is_required=False) if is_left_to_sign(each.name) and each.location == "header" else each
                for each in operation.parameters
            )
            found = self._unsigned[operation.id] = replace(operation, parameters=parameters)
        return found

    def _judge_body(self, operation: Operation[Any], request: httpx2.Request) -> None:
        """Judge JSON and YAML: what leaves keeps the contract, as answers do.

        Raises:
            Refused: it doesn't.
        """
        contents = () if operation.body is None else operation.body.contents
        content = choose_content(contents, request.headers.get("content-type", ""))
        read = None if content is None else _READERS.get(content.kind)
        if content is not None and content.schema is not None and read is not None and request.content:
            refusals = self._judge.refusals(content.schema, read(request.content))
            if refusals:
                raise Refused(refusals)


def checked_url(text: str) -> httpx2.URL:
    """Return the URL *text*.

    Raises:
        ValueError: it is not absolute, or not of http or https.
    """
    try:
        url = httpx2.URL(text)
    except httpx2.InvalidURL as fault:
        raise ValueError(f"{text[:200]!r} is no URL: {fault}") from fault
    if url.scheme not in {"http", "https"} or not url.host:
        raise ValueError(f"{text[:200]!r} is no absolute URL of http or https")
    return url.copy_with(fragment=None)


def _by_name(headers: httpx2.Headers) -> Mapping[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def _one_line(name: str, value: str) -> str:
    if any(each in value for each in "\r\n\0"):
        raise ValueError(f"the value of the header {name!r} holds a line break")
    return value
