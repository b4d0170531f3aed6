"""HTTP responses to what a client's method returns or raises."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from http import HTTPStatus
from typing import Any, Final, TypeVar, assert_never

import httpx2

from .declarations import Answer, Content, Header, Kind, Operation
from .judge import Judge
from .media import BodyRefused, choose_content, decode_body
from .parameters import decode_header_value
from .sequences import READ_IN_PIECES
from .shapes import from_json, from_json_value
from .yaml_documents import read_yaml

Result = TypeVar("Result")

_EXCERPT: Final = 200


class UnexpectedResponse(Exception):
    """A response that the contract does not declare, or that does not have the shape it declares.

    Attributes:
        operation_id: of the call.
        reason: what is unexpected.
        response: as it came; already read.
    """

    def __init__(self, operation_id: str, reason: str, response: httpx2.Response) -> None:
        """Keep all three."""
        super().__init__(operation_id, reason, response)
        self.operation_id = operation_id
        self.reason = reason
        self.response = response

    @property
    def status(self) -> int:
        """HTTP status code."""
        return self.response.status_code

    @property
    def headers(self) -> httpx2.Headers:
        """Headers of the response."""
        return self.response.headers

    @property
    def content(self) -> bytes:
        """Body, whatever it is; empty when it is a stream, which was not kept."""
        try:
            return self.response.content
        except httpx2.ResponseNotRead:
            return b""

    def __str__(self) -> str:
        """Return the operation, the status, the reason and the beginning of the body."""
        text = f"{self.operation_id}: {self.status}: {self.reason}"
        return f"{text}; the body begins {_excerpt(self.content)!r}" if self.content else text


def _excerpt(content: bytes) -> str:
    text = content[: 4 * _EXCERPT].decode(errors="replace")
    return "".join(character if character.isprintable() else " " for character in text[:_EXCERPT])


class Unreadable(Exception):
    """A response that does not have the declared shape; its text is the reason."""


def read(operation: Operation[Result], response: httpx2.Response, judge: Judge) -> Result:
    """Return what *response* says, if it is a success that *operation* declares.

    Bodies have to fit the declared types, not every detail of the contract: a client reads tolerantly.

    Raises:
        DeclaredError: a declared refusal, as the class of `errors.py`.
        UnexpectedResponse: anything else.
    """
    answer = _declared(operation, response.status_code)
    if answer is None or (answer.error is None and answer.status == "default" and response.is_error):
        # Where `default` is all that is declared, it tells what a success is like.
        raise UnexpectedResponse(operation.id, "the contract does not declare this status", response)
    try:
        value = _value(answer, response, judge)
    except Unreadable as unreadable:
        raise UnexpectedResponse(operation.id, str(unreadable), response) from unreadable.__cause__
    if answer.error is not None:
        raise value
    result: Result = value
    return result


def _declared(operation: Operation[Any], status: int) -> Answer | None:
    """Return the answer for *status*: the exact one, that of its range, the default (OpenAPI 3.1, Responses Object)."""
    for wanted in (str(status), f"{status // 100}XX", "default"):
        for answer in operation.answers:
            if answer.status == wanted:
                return answer
    return None


def streamed_contents(operation: Operation[Any], status: int) -> tuple[Content, ...]:
    """Return the contents of a success with *status* that can be read item by item, or as bytes in pieces."""
    answer = _declared(operation, status)
    if answer is None or answer.error is not None or status >= HTTPStatus.BAD_REQUEST:
        return ()
    return tuple(content for content in answer.contents if content.kind in READ_IN_PIECES)


def _value(answer: Answer, response: httpx2.Response, judge: Judge) -> Any:
    """Return the body, or the result or the error that carries it."""
    body = _body(answer, response, judge) if answer.contents else None
    carrier = answer.result or answer.error
    if carrier is None:
        return body
    carried = {header.attribute: _header(header, response, judge) for header in answer.headers}
    if answer.contents:
        carried["body"] = body
    if not answer.status.isdigit():
        carried["status"] = response.status_code
    return carrier(**carried)


def _body(answer: Answer, response: httpx2.Response, judge: Judge) -> Any:
    content_type = response.headers.get("content-type", "")
    content = _content(answer, content_type)
    if content is None:
        expected = ", ".join(content.media_type for content in answer.contents)
        message = f"the body is {content_type!r}, not {expected}" if content_type else "the body has no Content-Type"
        raise Unreadable(message)
    try:
        match content.kind:
            case Kind.JSON:
                return from_json(content.type, response.content)
            case Kind.YAML:
                return from_json_value(content.type, read_yaml(response.content))
            case Kind.TEXT:
                return _text(content, response, judge)
            case Kind.FORM | Kind.MULTIPART | Kind.BINARY:
                return decode_body(content, response.content, content_type, judge)
            case Kind.EVENTS | Kind.TEXT_EVENTS | Kind.LINES | Kind.SEQUENCE:
                raise Unreadable(f"the body is {content.media_type}, which only a stream reads")
            case _:
                assert_never(content.kind)
    except ValueError as error:
        message = f"the body is no {content.media_type} of the declared type"
        raise Unreadable(message) from error


def _content(answer: Answer, content_type: str) -> Content | None:
    for content in answer.contents:
        if content.media_type == content_type:
            return content
    return choose_content(answer.contents, content_type)


def _text(content: Content, response: httpx2.Response, judge: Judge) -> Any:
    content_type = response.headers.get("content-type", "")
    try:
        return decode_body(content, response.content, content_type, judge)
    except BodyRefused as refused:
        if refused.reason == "malformed" or content.schema is None:
            raise
        # What the contract refuses may still fit the type.
        return decode_body(replace(content, schema=None), response.content, content_type, judge)


def _header(header: Header, response: httpx2.Response, judge: Judge) -> Any:
    text = response.headers.get(header.name)
    if text is None and not header.is_required:
        return None
    if text is None:
        message = f"the header {header.name!r} is missing"
        raise Unreadable(message)
    if header.type is str and header.media_type is None:
        return text  # any text fits, so that nothing is to be decided
    with suppress(ValueError):
        return decode_header_value(header, text, judge)
    try:
        # What the contract refuses may still fit the type.
        return from_json_value(header.type, text)
    except ValueError as error:
        message = f"the header {header.name!r} is not of the declared type"
        raise Unreadable(message) from error
