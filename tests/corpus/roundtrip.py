"""Calls every operation of a generated package through its client and compares what reaches the handler.

    python -m tests.corpus.roundtrip FOLDER PACKAGE

FOLDER holds the generated package. Prints one line of JSON: {"operations": n, "failures": [[operation id, reason], …],
"impossible": […]}; impossible is a call whose required values the contract itself refuses.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx2
from starlette.applications import Starlette
from starlette.types import Receive, Scope, Send

from apictl.contract.path_shapes import shape_of
from tests.corpus.answers import has_samples, samples_of
from tests.corpus.arguments import ArgumentValues, Impossible, Inexpressible, sayable

KINDS = 2
"""Calls of an operation: one with required arguments of plain values, one with all arguments of other values."""
ATTEMPTS = 8
"""Samples that are tried until one can be said: in the model's types, and in the style of its place."""


@dataclass(frozen=True)
class Package:
    """The modules of a generated package that a round trip needs."""

    name: str
    operations: Any
    support: Any
    client: Any

    @classmethod
    def load(cls, name: str) -> Package:
        """Import the package *name*."""
        return cls(
            name,
            importlib.import_module(f"{name}.operations"),
            lambda module: importlib.import_module(f"{name}._support.{module}"),
            importlib.import_module(f"{name}.client"),
        )


class Recorder:
    """Handlers that keep their arguments and answer with what they were told to.

    Operations that no request tells apart are served by applications of their own: which one is asked for is known.
    """

    def __init__(self, package: Package) -> None:
        """Serve every operation of *package*."""
        self.arguments: dict[str, Any] | None = None
        self.answer: Any = None
        service = package.support("service")
        endpoint = package.support("endpoint")
        authentication = package.support("authentication")
        schemes = package.operations.SECURITY_SCHEMES
        admitted = authentication.Authentication(schemes, {scheme.name: self._admit for scheme in schemes})
        surroundings = endpoint.Surroundings(package.operations.JUDGE, admitted, None, endpoint.Settings())
        apart = list(_told_apart(package.operations.OPERATIONS))
        self._apps: dict[str, Starlette] = {}
        for operations in apart:
            handlers = [(operation, self._record) for operation in operations]
            app = service.Service(package.name, handlers, surroundings).application()
            self._apps |= {operation.id: app for operation in operations}
        self._app = Starlette()

    def expect(self, operation: Any, answer: Any) -> None:
        """Wait for a call of *operation*, to answer it with *answer*."""
        self.arguments = None
        self.answer = answer
        self._app = self._apps[operation.id]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve the call that is waited for."""
        await self._app(scope, receive, send)

    async def _admit(self, _credential: object, _scopes: tuple[str, ...]) -> object:
        return "anybody"

    async def _record(self, **arguments: Any) -> Any:
        arguments.pop("principal", None)  # who calls is no argument of the call, whose own has another name
        self.arguments = arguments
        return self.answer


class RoundTrip:
    """One package, called operation by operation.

    Attributes:
        impossible: operation and reason of each call that the contract allows nobody to make.
    """

    def __init__(self, package: Package) -> None:
        """Call *package*."""
        self._package = package
        self._recorder = Recorder(package)
        self.impossible: list[tuple[str, str]] = []
        self._values = ArgumentValues(package.name, package.support)
        self._samples = package.support("samples").Samples(package.name, package.operations.JUDGE)
        if not has_samples(package.name):
            vars(self._samples)["_values"] = samples_of(package.name)

    async def failures(self) -> list[tuple[str, str]]:
        """Return operation and reason of each call that did not arrive as it was made."""
        transport = httpx2.ASGITransport(app=self._recorder)
        found: list[tuple[str, str]] = []
        async with httpx2.AsyncClient(transport=transport, base_url="http://service.test") as http:
            client = self._client(http)
            # Groups may be loaded when they are first asked for.
            groups = [getattr(client, name) for name in dir(client) if not name.startswith("_")]
            methods = {name: method for group in groups for name, method in _methods(group)}
            for operation in self._package.operations.OPERATIONS:
                try:
                    reason = await self._tried(operation, methods[operation.function])
                except Impossible as impossible:
                    self.impossible.append((operation.id, str(impossible)))
                    continue
                if reason:
                    found.append((operation.id, reason[:300]))
        return found

    def _client(self, http: httpx2.AsyncClient) -> Any:
        (kind,) = (
            value
            for name, value in vars(self._package.client).items()
            if name.startswith("Async")
            and name.endswith("Client")
            and "http" in inspect.signature(value).parameters
            and value.__module__ == self._package.client.__name__
            and _is_top(value)
        )
        credentials = self._credentials()
        return kind(http, credentials=credentials) if credentials is not None else kind(http)

    def _credentials(self) -> Any:
        kind = getattr(self._package.client, "Credentials", None)
        if kind is None:
            return None
        values: dict[str, Any] = {}
        for scheme in self._package.operations.SECURITY_SCHEMES:
            if scheme.kind == "basic":
                values[scheme.method] = ("sample", "sample")
            elif scheme.kind != "mutualTLS":
                values[scheme.method] = "sample-token"
        return kind(**values)

    async def _tried(self, operation: Any, method: Any) -> str | None:
        """Return why a call with plain values, or one with others, did not arrive; None when both did."""
        for kind in range(KINDS):
            reason: str | None = None
            for attempt in range(ATTEMPTS):
                try:
                    reason = await self._call(operation, method, kind + KINDS * attempt)
                except Inexpressible as inexpressible:
                    reason = f"no value can be said: {inexpressible}"
                    continue
                except Impossible:
                    raise
                except Exception as error:  # noqa: BLE001 - every failure is a row of the table
                    reason = f"{type(error).__name__}: {error}"
                break
            if reason is not None:
                return reason
        return None

    async def _call(self, operation: Any, method: Any, seed: int) -> str | None:
        arguments = self._values.arguments(operation, seed)
        self._recorder.expect(operation, self._samples.success(operation))
        try:
            result = await _result(method, arguments)
        except ValueError as error:
            if self._recorder.arguments is None:
                raise Inexpressible(str(error)) from None
            raise
        received = self._recorder.arguments
        if received is None:
            return "the handler was not called"
        for name, value in arguments.items():
            if not self._is_same(operation, name, (value, received[name])):
                return f"{name}: sent {value!r}, received {received[name]!r}"
        expected = self._recorder.answer
        if not inspect.iscoroutinefunction(method):
            expected = await _items(self._samples.success(operation))
        if result != expected:
            return f"answered {expected!r}, returned {result!r}"
        return None

    def _is_same(self, operation: Any, name: str, values: tuple[Any, Any]) -> bool:
        """Whether both values say the same, as far as the media type can say it."""
        if name == "body" and operation.body.contents[0].kind.value in {"form", "multipart"}:
            plain = self._package.support("shapes").to_form_value
            sent, received = (sayable(plain(value)) for value in values)
            return bool(sent == received)
        return bool(values[0] == values[1])


def _told_apart(operations: Iterable[Any]) -> Iterator[list[Any]]:
    """Yield *operations* in groups in which method and path tell one from the other; mostly one."""
    groups: list[dict[Any, Any]] = []
    for operation in operations:
        key = operation.method, shape_of(operation.path)
        group = next((each for each in groups if key not in each), None)
        if group is None:
            group = {}
            groups.append(group)
        group[key] = operation
    yield from ([*group.values()] for group in groups)


async def _result(method: Any, arguments: dict[str, Any]) -> Any:
    """Return what a call gives; of a stream, its items."""
    if inspect.iscoroutinefunction(method):
        return await method(**arguments)
    async with method(**arguments) as items:
        return [item async for item in items]


async def _items(answer: Any) -> list[Any]:
    """Return the items of *answer*, a stream or what carries one."""
    return [item async for item in getattr(answer, "body", answer)]


def _is_top(kind: type) -> bool:
    return "credentials" in inspect.signature(kind).parameters or not _methods_of_class(kind)


def _methods_of_class(kind: type) -> list[str]:
    return [name for name, value in vars(kind).items() if inspect.iscoroutinefunction(value)]


def _methods(group: object) -> Iterator[tuple[str, Any]]:
    for name in dir(group):
        if not name.startswith("_") and inspect.ismethod(getattr(group, name)):
            yield name, getattr(group, name)


def main() -> None:
    """Print the result for the package named on the command line."""
    folder, name = sys.argv[1:3]
    sys.path.insert(0, folder)
    package = Package.load(name)
    trip = RoundTrip(package)
    failures = asyncio.run(trip.failures())
    count = len(package.operations.OPERATIONS)
    result = {"operations": count, "failures": failures, "impossible": trip.impossible}
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
