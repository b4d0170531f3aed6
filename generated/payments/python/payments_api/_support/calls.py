"""Calls of a generated client: a request is made, sent and its response read."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final, TypeVar

import httpx2

from .credentials import Wallet
from .declarations import Operation
from .judge import Judge
from .requests import Requests, Sent
from .responses import read

Result = TypeVar("Result")

NO_ARGUMENTS: Final[Mapping[str, Any]] = MappingProxyType({})


class Caller:
    """Calls operations through a synchronous transport, which belongs to the caller."""

    def __init__(self, http: httpx2.Client, judge: Judge, wallet: Wallet) -> None:
        """Call through *http*, showing credentials of *wallet*."""
        self._http = http
        self._judge = judge
        self._requests = Requests(http, wallet)

    def call(
        self,
        operation: Operation[Result],
        body: Any = None,
        *,
        arguments: Mapping[str, Any] = NO_ARGUMENTS,
        content_type: str | None = None,
        timeout_seconds: float | None = None,
    ) -> Result:
        """Return the result of *operation*.

        Raises:
            DeclaredError: a declared refusal, as the class of `errors.py`.
            UnexpectedResponse: a response that the contract does not declare.
            ValueError: an argument can't be sent.
            httpx2.RequestError: no response came, or none that can be read.
        """
        request = self._requests.build(operation, arguments, Sent(body, content_type, timeout_seconds))
        return read(operation, self._http.send(request), self._judge)


class AsyncCaller:
    """Calls operations through an asynchronous transport, which belongs to the caller."""

    def __init__(self, http: httpx2.AsyncClient, judge: Judge, wallet: Wallet) -> None:
        """Call through *http*, showing credentials of *wallet*."""
        self._http = http
        self._judge = judge
        self._requests = Requests(http, wallet)

    async def call(
        self,
        operation: Operation[Result],
        body: Any = None,
        *,
        arguments: Mapping[str, Any] = NO_ARGUMENTS,
        content_type: str | None = None,
        timeout_seconds: float | None = None,
    ) -> Result:
        """Return the result of *operation*.

        Raises:
            DeclaredError: a declared refusal, as the class of `errors.py`.
            UnexpectedResponse: a response that the contract does not declare.
            ValueError: an argument can't be sent.
            httpx2.RequestError: no response came, or none that can be read.
        """
        request = self._requests.build(operation, arguments, Sent(body, content_type, timeout_seconds))
        return read(operation, await self._http.send(request), self._judge)
