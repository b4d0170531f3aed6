"""Calls of an asynchronous client: a request is made, sent and its response read."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, TypeVar, assert_never

import anyio
import httpx2

from .calling import NO_ARGUMENTS, NO_LIMITS, Calling, Limits
from .credentials import Wallet
from .deadlines import Deadline
from .declarations import Operation
from .exchanges import USUAL, Done, Drop, Exchange, Pause, Policy, Renew, Send, Step
from .judge import Judge
from .paging import Pages
from .requests import Reading, Sent
from .responses import read
from .streams import AsyncStream
from .tokens import TokenSource

Result = TypeVar("Result")


class AsyncCaller:
    """Calls operations through an asynchronous transport, which belongs to the caller."""

    def __init__(self, http: httpx2.AsyncClient, judge: Judge, wallet: Wallet, policy: Policy = USUAL) -> None:
        """Call through *http* as *policy* says, showing credentials of *wallet*."""
        self._http = http
        self._calling = Calling(http, judge, wallet, policy)
        self._renewing = anyio.Lock()

    async def call(
        self,
        operation: Operation[Result],
        body: Any = None,
        *,
        arguments: Mapping[str, Any] = NO_ARGUMENTS,
        content_type: str | None = None,
        limits: Limits = NO_LIMITS,
    ) -> Result:
        """Return the result of *operation*.

        Raises:
            DeclaredError: a declared refusal, as the class of `errors.py`.
            UnexpectedResponse: a response that the contract does not declare.
            TokenRefused: no access token was given.
            ValueError: an argument can't be sent.
            DeadlinePassed: the deadline of *limits* or of the client's retries passed.
            httpx2.RequestError: no response came, or none that can be read.
        """
        sent = Sent(body, content_type, limits.timeout_seconds)
        return read(operation, await self._answered(operation, arguments, sent, limits), self._calling.judge)

    async def iterate(
        self,
        operation: Operation[Any],
        body: Any = None,
        *,
        arguments: Mapping[str, Any] = NO_ARGUMENTS,
        content_type: str | None = None,
        limits: Limits = NO_LIMITS,
    ) -> AsyncIterator[Any]:
        """Yield the items of all pages that *operation* lists; *limits* are those of the call for each page.

        Raises:
            DeclaredError, UnexpectedResponse, TokenRefused, ValueError, httpx2.RequestError: as those of `call`.
        """
        pages = Pages(operation, arguments)
        while pages.goes_on:
            sent = Sent(body, content_type, limits.timeout_seconds, pages.target)
            response = await self._answered(operation, pages.arguments, sent, limits)
            for item in pages.turn(read(operation, response, self._calling.judge), response):
                yield item

    def stream(
        self,
        operation: Operation[Any],
        body: Any = None,
        *,
        arguments: Mapping[str, Any] = NO_ARGUMENTS,
        content_type: str | None = None,
        limits: Limits = NO_LIMITS,
    ) -> AsyncStream[Any]:
        """Return the response of *operation*, to be read item by item; the deadline of *limits* is that of its head.

        Raises:
            DeclaredError, UnexpectedResponse, TokenRefused, ValueError, httpx2.RequestError: as those of `call`, when
                the stream is entered.
        """
        sent = Sent(body, content_type, limits.timeout_seconds, reading=Reading.STREAM)
        return AsyncStream(operation, self._calling.judge, lambda: self._answered(operation, arguments, sent, limits))

    async def _answered(
        self, operation: Operation[Any], arguments: Mapping[str, Any], sent: Sent, limits: Limits
    ) -> httpx2.Response:
        requests = self._calling.requests
        if self._calling.is_plain(limits):
            request = requests.build(operation, arguments, sent)
            return await self._http.send(request, stream=sent.reading is Reading.STREAM)
        exchange = self._calling.exchange(operation, lambda: requests.build(operation, arguments, sent), limits)
        return await self._exchanged(exchange, sent.reading)

    async def _exchanged(self, exchange: Exchange, reading: Reading) -> httpx2.Response:
        steps = exchange.steps()
        try:
            step = next(steps)
            while not isinstance(step, Done):
                try:
                    given = await self._take(step, exchange.deadline, reading)
                except httpx2.RequestError as fault:
                    step = steps.throw(fault)
                else:
                    step = steps.send(given)
            return step.response
        finally:
            steps.close()

    async def _take(self, step: Step, deadline: Deadline, reading: Reading) -> httpx2.Response | None:
        match step:
            case Send(request):
                return await self._response(request, deadline, reading)
            case Renew(source, refused):
                await self._renew(source, refused, deadline)
            case Pause(seconds):
                await self._calling.policy.clock.pause_async(seconds)
            case Drop(response):
                await response.aclose()
            case _:
                assert_never(step)
        return None

    async def _response(self, request: httpx2.Request, deadline: Deadline, reading: Reading) -> httpx2.Response:
        if not deadline.is_set:
            return await self._http.send(request, stream=reading is Reading.STREAM)
        try:
            with anyio.fail_after(deadline.left()):
                return await self._http.send(request, stream=reading is Reading.STREAM)
        except TimeoutError:
            raise deadline.passed(request) from None

    async def _renew(self, source: TokenSource, refused: str, deadline: Deadline) -> None:
        clock = self._calling.policy.clock
        if source.is_fresh(clock, refused):
            return
        async with self._renewing:
            # Another task may have been faster.
            if source.is_fresh(clock, refused):
                return
            requests = source.renewal(clock, self._http.base_url)
            request = next(requests)
            while request is not None:
                deadline.bound(request, self._http.timeout)
                # Nothing of the transport's own credentials goes to who gives tokens.
                request = requests.send(await self._http.send(request, auth=None, follow_redirects=False))
