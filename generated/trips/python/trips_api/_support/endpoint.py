"""One operation, served: judges the request, calls the handler, judges its answer."""

from __future__ import annotations

import enum
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from .answering import NotAcceptable, Successes, answer_error
from .arrived import Refused, body_of, header_of
from .authentication import Authentication, Forbidden, Unauthenticated
from .declarations import ABSENT, Kind, Operation
from .declared import DeclaredError
from .failures import ErrorFactory, FailureKind
from .judge import Judge
from .media import BodyRefused, choose_content, decode_body
from .parameters import RawRequest, decode_parameters
from .refusing import Refusing
from .streaming import AnswerBroken, Judged

Handler: TypeAlias = "Callable[..., Awaitable[Any]]"

log = logging.getLogger(__name__)
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "QUERY", "TRACE"})
"""Methods that change nothing (RFC 9110, 9.2.1)."""
_NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


class ResponseCheck(enum.Enum):
    """What happens to an answer of a handler that breaks the contract."""

    STRICT = "strict"
    """It is logged and becomes an unhandled failure."""
    WARN = "warn"
    """It is logged and sent."""
    OFF = "off"
    """It is sent unseen."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a service is served.

    Attributes:
        responses: what happens to an answer that breaks the contract.
        max_body_bytes: the largest request body that is read.
    """

    responses: ResponseCheck = ResponseCheck.STRICT
    max_body_bytes: int = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What all operations of a service share."""

    judge: Judge
    authentication: Authentication
    errors: ErrorFactory | None
    settings: Settings


class Endpoint:
    """Serves one operation with one handler."""

    def __init__(
        self, operation: Operation[Any], handler: Handler, surroundings: Surroundings, refusing: Refusing
    ) -> None:
        """Serve *operation* with *handler*, a method of the service."""
        self.operation = operation
        self._handler = handler
        self._surroundings = surroundings
        self._refusing = refusing
        self._is_secured = bool(operation.security)
        self._takes_principal = any(operation.security)
        self._has_parameters = bool(operation.parameters)
        self._judged = _judging(operation, surroundings)
        self._successes = Successes(operation, self._judged)

    async def serve(self, request: Request, path_values: Mapping[str, str]) -> Response:
        """Return the answer to *request*, whose raw path values are *path_values*; never raises."""
        try:
            return await self._served(request, path_values)
        except Refused as refused:
            return self.fail(refused.kind, refused.detail)
        except NotAcceptable as refused:
            return self.fail(FailureKind.NOT_ACCEPTABLE, str(refused))
        except Unauthenticated as refused:
            return self.fail(FailureKind.UNAUTHENTICATED, str(refused), {"WWW-Authenticate": refused.challenge})
        except Forbidden as refused:
            challenge = {"WWW-Authenticate": refused.challenge} if refused.challenge else _NO_HEADERS
            return self.fail(FailureKind.FORBIDDEN, str(refused) or "not allowed", challenge)
        except DeclaredError as error:
            return self._raised(error, request)
        except AnswerBroken:
            log.exception("%s: the answer breaks the contract", self.operation.id)
            return self.fail(FailureKind.UNHANDLED, "the service failed")
        except ClientDisconnect:
            raise
        except Exception:  # the last line of defence: whatever a handler does, the caller gets a declared answer
            log.exception("%s: unhandled failure", self.operation.id)
            return self.fail(FailureKind.UNHANDLED, "the service failed")

    async def _served(self, request: Request, path_values: Mapping[str, str]) -> Response:
        principal = await self._surroundings.authentication.admit(self.operation, request) if self._is_secured else None
        accept = header_of(request, "Accept")
        self._successes.prefer(accept)
        arguments = self._arguments(request, path_values) if self._has_parameters else {}
        if self._takes_principal:
            arguments["principal"] = principal
        if self.operation.body is not None:
            arguments["body"] = await self._body(request)
        value = await self._handler(**arguments)
        try:
            return self._successes.response(value, accept)
        except NotAcceptable:
            if self.operation.method in _SAFE:
                raise
            # It has been done, so to disregard the wish is truer than to refuse (RFC 9110, 12.4.1).
            return self._successes.response(value, None)

    def _arguments(self, request: Request, path_values: Mapping[str, str]) -> dict[str, Any]:
        raw = RawRequest(
            path_values=path_values,
            query=request.scope["query_string"].decode("latin-1"),
            headers=[(name.decode("latin-1"), value.decode("latin-1")) for name, value in request.scope["headers"]],
        )
        decoded = decode_parameters(self.operation, raw, self._surroundings.judge)
        if decoded.refusals:
            detail = "; ".join(f"{one.location} {one.name}: {one.message}" for one in decoded.refusals)
            raise Refused(FailureKind.REFUSED, detail)
        values = decoded.values
        return {
            parameter.argument: None if (value := values.get(parameter.argument, ABSENT)) is ABSENT else value
            for parameter in self.operation.parameters
        }

    async def _body(self, request: Request) -> Any:
        body = self.operation.body
        assert body is not None  # noqa: S101 - told by the caller, for the type checker
        coding = header_of(request, "Content-Encoding")
        if coding is not None and coding.strip().lower() != "identity":
            # What unpacks it, such as a middleware, takes the header away (RFC 9110, 8.4).
            raise Refused(FailureKind.UNSUPPORTED_MEDIA_TYPE, f"a body in the coding {coding[:40]!r} is not read")
        raw = await body_of(request, self._surroundings.settings.max_body_bytes)
        content_type = header_of(request, "Content-Type")
        if not raw and content_type is None:
            if body.is_required:
                raise Refused(FailureKind.REFUSED, "a body is required")
            return None
        content = choose_content(body.contents, content_type or "")
        if content is None:
            offered = ", ".join(one.media_type for one in body.contents)
            raise Refused(FailureKind.UNSUPPORTED_MEDIA_TYPE, f"{content_type!r} is not one of {offered}")
        if not raw and not body.is_required and content.kind in {Kind.JSON, Kind.YAML, Kind.MULTIPART}:
            return None  # of the other kinds, nothing is a document: a form without fields, an empty text
        try:
            return decode_body(content, raw, content_type or "", self._surroundings.judge)
        except BodyRefused as refused:
            kind = FailureKind.MALFORMED if refused.reason == "malformed" else FailureKind.REFUSED
            raise Refused(kind, str(refused)) from None

    async def reads(self, request: Request) -> bool:
        """Return whether parameters and body of *request* are what the operation declares."""
        try:
            if self._has_parameters:
                self._arguments(request, {})
            if self.operation.body is not None:
                await self._body(request)
        except Refused:
            return False
        return True

    @property
    def parts(self) -> tuple[Handler, Surroundings, Refusing]:
        """What this is made of besides its operation, for another endpoint."""
        return self._handler, self._surroundings, self._refusing

    def _raised(self, error: DeclaredError[Any], request: Request) -> Response:
        try:
            return answer_error(self.operation, error, (header_of(request, "Accept"), self._judged))
        except AnswerBroken:
            log.exception("%s: the error breaks the contract", self.operation.id)
            return self.fail(FailureKind.UNHANDLED, "the service failed")

    def fail(self, kind: FailureKind, detail: str, headers: Mapping[str, str] = _NO_HEADERS) -> Response:
        """Return a failure of *kind* in the shape that the operation declares."""
        return self._refusing.response(self.operation, kind, detail, headers=headers)

    def takes(self, path_values: Mapping[str, str]) -> bool:
        """Return whether the contract accepts *path_values* for the parameters in the path."""
        in_path = tuple(each for each in self.operation.parameters if each.location == "path")
        raw = RawRequest(path_values=path_values, query="", headers=[])
        return not decode_parameters(
            replace(self.operation, parameters=in_path), raw, self._surroundings.judge
        ).refusals


def _judging(operation: Operation[Any], surroundings: Surroundings) -> Judged:
    """Return what happens to each value of an answer: judged by its key."""

    def loudly(key: str, value: Any) -> None:
        for refusal in surroundings.judge.refusals(key, value):
            log.warning("%s: %s: %s", operation.id, refusal.pointer or "body", refusal.message)

    match surroundings.settings.responses:
        case ResponseCheck.STRICT:
            return judging_strictly(surroundings.judge)
        case ResponseCheck.WARN:
            return loudly
        case ResponseCheck.OFF:
            return lambda _key, _value: None


def judging_strictly(judge: Judge) -> Judged:
    """Return what raises `AnswerBroken` for a value that *judge* refuses."""

    def judged(key: str, value: Any) -> None:
        if not judge.accepts(key, value):
            refusals = judge.refusals(key, value)
            raise AnswerBroken("; ".join(f"{refusal.pointer or 'body'}: {refusal.message}" for refusal in refusals))

    return judged
