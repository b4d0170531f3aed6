"""Answers of a stub: valid, the same at every call, and gone once they are deleted."""

from __future__ import annotations

import functools
import importlib.resources
from collections.abc import AsyncIterator
from typing import Any, TypeVar, assert_never

import orjson

from .authentication import ApiKey, BasicCredential, BearerToken, ClientCertificate, HttpCredential
from .binary import Binary
from .declarations import Answer, Content, Kind, Operation
from .declared import DeclaredError, DeclaredStatusError
from .failures import Failure, FailureKind, choose_answer, fill, fillable
from .judge import Judge
from .server_sent_events import ServerSentEvent
from .shapes import from_json_value

Result = TypeVar("Result")

SAMPLE_TOKEN = "sample-token"  # noqa: S105 - a stub's credential is no secret
"""The bearer token, API key or other credential that a stub accepts."""
SAMPLE_USER = "sample"
"""The user, and the password, of HTTP Basic that a stub accepts."""


class Samples:
    """The values of a package's `samples.json`: operation id → status → {"body", "headers"}."""

    def __init__(self, package: str, judge: Judge) -> None:
        """Read the samples of *package* when the first one is asked for."""
        self._package = package
        self._judge = judge
        self._gone: set[str] = set()

    @functools.cached_property
    def _values(self) -> dict[str, dict[str, dict[str, Any]]]:
        content = importlib.resources.files(self._package).joinpath("samples.json").read_bytes()
        values: dict[str, dict[str, dict[str, Any]]] = orjson.loads(content)
        return values

    def answer(self, operation: Operation[Result], **path: object) -> Result:
        """Return a success of *operation*, whose path arguments are *path*.

        Raises:
            DeclaredError: the resource of this path has been deleted.
        """
        resource = _resource(operation, path)
        if operation.method == "DELETE":
            self._refuse_gone(operation, resource)
            self._gone.add(resource)
        elif operation.method == "PUT":
            self._gone.discard(resource)
            self._refuse_gone(operation, resource)
            # What is put is there, and so is everything that it is part of.
            self._gone = {gone for gone in self._gone if not resource.startswith(f"{gone}/")}
        else:
            self._refuse_gone(operation, resource)
            if operation.method == "POST":
                # What is created is the one sample again.
                self._gone = {gone for gone in self._gone if not gone.startswith(f"{resource}/")}
        return self.success(operation)

    def success(self, operation: Operation[Result]) -> Result:
        """Return the first declared success of *operation*, whatever has been deleted."""
        answer = next(answer for answer in operation.answers if answer.error is None)
        sample = self._values.get(operation.id, {}).get(answer.status, {})
        value: Any = _value(answer.contents[0], sample.get("body")) if answer.contents else None
        if answer.result is not None:
            carried = (value,) if answer.contents else ()
            value = answer.result(*carried, **_header_values(answer, sample))
        success: Result = value
        return success

    def forget(self) -> None:
        """Bring everything back that was deleted."""
        self._gone.clear()

    def _refuse_gone(self, operation: Operation[Any], resource: str) -> None:
        if any(resource == gone or resource.startswith(f"{gone}/") for gone in self._gone):
            answer, status = choose_answer(operation, FailureKind.NOT_FOUND)
            if answer is not None:
                failure = Failure(FailureKind.NOT_FOUND, status, "deleted", operation)
                raise self._error(operation, answer, failure)

    def error(self, failure: Failure) -> DeclaredError[Any] | None:
        """Return the declared error that answers *failure*; None where the recognised shapes do."""
        if failure.operation is None:
            return None
        answer, status = choose_answer(failure.operation, failure.kind)
        if answer is None:
            return None
        return self._error(failure.operation, answer, Failure(failure.kind, status, failure.detail, failure.operation))

    def _error(self, operation: Operation[Any], answer: Answer, failure: Failure) -> DeclaredError[Any]:
        sample = self._values.get(operation.id, {}).get(answer.status, {})
        content = fillable(answer)
        filled = None if content is None else fill(content, failure, self._judge)
        arguments: list[Any] = []
        assert answer.error is not None  # noqa: S101 - chosen among errors, for the type checker
        if issubclass(answer.error, DeclaredStatusError):
            arguments.append(failure.status)
        if content is not None and filled is not None:
            arguments.append(from_json_value(content.type, filled))
        elif answer.contents:
            arguments.append(_value(answer.contents[0], sample.get("body")))
        made: DeclaredError[Any] = answer.error(*arguments, **_header_values(answer, sample))
        return made


def _resource(operation: Operation[Any], path: dict[str, object]) -> str:
    resource = operation.path
    for parameter in operation.parameters:
        if parameter.location == "path":
            resource = resource.replace(f"{{{parameter.name}}}", str(path.get(parameter.argument)))
    return resource


def _value(content: Content, sample: Any) -> Any:
    match content.kind:
        case Kind.BINARY:
            raw = str(sample or "").encode()
            concrete = content.media_type.replace("*/*", "application/octet-stream").replace("/*", "/octet-stream")
            return Binary(raw, concrete) if content.type is Binary else raw
        case Kind.EVENTS | Kind.TEXT_EVENTS:
            data = from_json_value(content.type, sample["data"])
            named = {name: sample[name] for name in ("event", "id", "retry") if name in sample}
            return _once(ServerSentEvent(data, **named))
        case Kind.LINES | Kind.SEQUENCE:
            return _once(from_json_value(content.type, sample))
        case Kind.JSON | Kind.YAML | Kind.TEXT | Kind.FORM | Kind.MULTIPART:
            return from_json_value(content.type, sample)
        case _:
            assert_never(content.kind)


async def _once(item: Any) -> AsyncIterator[Any]:
    """Yield *item*: a stream of one."""
    yield item


def _header_values(answer: Answer, sample: dict[str, Any]) -> dict[str, Any]:
    values = sample.get("headers", {})
    return {
        header.attribute: from_json_value(header.type, values[header.name])
        for header in answer.headers
        if header.name in values
    }


def is_sample(credential: object) -> bool:
    """Whether *credential* is the one that a stub accepts."""
    match credential:
        case BearerToken(token=value) | ApiKey(value=value) | HttpCredential(value=value):
            return value == SAMPLE_TOKEN
        case BasicCredential(username=username, password=password):
            return (username, password) == (SAMPLE_USER, SAMPLE_USER)
        case ClientCertificate():
            return True
        case _:
            return False
