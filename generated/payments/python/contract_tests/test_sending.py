"""What is sent is what the contract says: each webhook and callback is sent from the values that its receiver read.

The first request is prepared from the contract without the code that is tested. Its receiver tells what it read, the
sender sends just that, and the receiver, which accepts it, reads the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import dataclasses
import importlib
import json
from typing import Any

import httpx2
import pytest

from .cases import OperationCase, Wire, load_cases
from .reporting import ContractBroken
from .target import Target

CASES = load_cases()
RECEIVED = tuple(operation for operation in CASES.operations.values() if operation.is_received)
HOST = "https://subscriber.example"


class Recorder:
    """Receives one webhook or callback, and keeps what was read."""

    def __init__(self, operation: Any) -> None:
        """Receive *operation*."""
        package = f"{CASES.package}._support"
        receiving = importlib.import_module(f"{package}.receiving")
        endpoint = importlib.import_module(f"{package}.endpoint")
        authentication = importlib.import_module(f"{package}.authentication").Authentication((), {})
        hooks = importlib.import_module(f"{CASES.package}.webhooks.operations")
        self.samples = importlib.import_module(f"{CASES.package}.webhooks.sample").SAMPLES
        self.operation = operation
        self.read: list[dict[str, Any]] = []
        # Whom a receiver admits is for the tests of receivers.
        open_to_all = dataclasses.replace(operation, security=())
        surroundings = endpoint.Surroundings(hooks.JUDGE, authentication, None, endpoint.Settings())
        service = receiving.Receiver(
            f"{CASES.package}.webhooks", [(open_to_all, self.handle)], surroundings, receiving.Reception()
        )
        self.app = service.application()
        self.requests: list[httpx2.Request] = []

    async def handle(self, **arguments: Any) -> Any:
        """Keep *arguments* and answer with a sample."""
        self.read.append(arguments)
        return self.samples.success(self.operation)

    def receive(self, request: httpx2.Request) -> httpx2.Response:
        """Answer *request*, as a transport does."""
        self.requests.append(request)
        path = httpx2.URL(HOST + self.operation.path).copy_with(query=request.url.query)
        return asyncio.run(self._answer(request, path))

    async def _answer(self, request: httpx2.Request, url: httpx2.URL) -> httpx2.Response:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(self.app)) as client:
            headers = [(name, value) for name, value in request.headers.multi_items() if name.lower() != "host"]
            answer = await client.request(request.method, url, headers=headers, content=request.read())
            kept = [pair for pair in answer.headers.multi_items() if pair[0].lower() != "content-length"]
            return httpx2.Response(answer.status_code, headers=kept, content=answer.content, request=request)


@pytest.mark.parametrize(
    "operation", [pytest.param(one, id=one.id, marks=pytest.mark.contract(one.label)) for one in RECEIVED]
)
def test_what_is_sent_is_what_was_received(operation: OperationCase, target: Target) -> None:
    """Method, address, headers and values stay the same."""
    if operation.valid is None:
        pytest.skip("no valid request could be made from the contract")
    target.fresh()
    hooks = importlib.import_module(f"{CASES.package}.webhooks.operations")
    declared = next(each for each in hooks.OPERATIONS if each.id == operation.id)
    recorder = Recorder(declared)
    with httpx2.Client(transport=httpx2.MockTransport(recorder.receive)) as http:
        first = http.send(_request(http, operation.valid, declared.path))
        _demand(first.is_success, f"the receiver refuses what the contract allows: {first.text}")
        sender = importlib.import_module(f"{CASES.package}.webhooks.sender").WebhookSender(
            http, f"{HOST}/hooks?tenant=1"
        )
        sending = getattr(sender, declared.function)
        with contextlib.ExitStack() as opened:
            sent = sending(**recorder.read[0])
            if hasattr(sent, "__enter__"):
                opened.enter_context(sent)

    _demand(len(recorder.read) == len(recorder.requests) == 2, "the receiver refuses what is sent")  # noqa: PLR2004
    one, other = recorder.requests
    _demand(one.method == other.method, f"{other.method} is sent and not {one.method}")
    _demand(str(other.url).startswith(f"{HOST}/hooks?tenant=1"), f"it is sent to {other.url}")
    _demand(recorder.read[0] == recorder.read[1], f"{recorder.read[1]} arrives and not {recorder.read[0]}")
    for name, value in operation.valid.headers:
        is_same = name.lower() == "content-type" or other.headers.get(name) == value
        _demand(is_same, f"the header {name} is {other.headers.get(name)!r} and not {value!r}")
    if "json" in one.headers.get("content-type", ""):
        _demand(_keys(one) <= _keys(other), f"{sorted(_keys(one) - _keys(other))} are not sent")


def _request(http: httpx2.Client, wire: Wire, path: str) -> httpx2.Request:
    url = f"{HOST}{path}{'?' if wire.query else ''}{wire.query}"
    return http.build_request(wire.method, url, headers=list(wire.headers), content=wire.body)


def _keys(request: httpx2.Request) -> set[str]:
    try:
        body = json.loads(request.content)
    except ValueError:
        return set()
    return set(body) if isinstance(body, dict) else set()


def _demand(condition: object, otherwise: str) -> None:
    """Demand *condition*.

    Raises:
        ContractBroken: it does not hold.
    """
    if not condition:
        raise ContractBroken(otherwise)
