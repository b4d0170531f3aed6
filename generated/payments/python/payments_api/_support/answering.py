"""What a handler returned or raised, as the response that the contract declares for it."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from dataclasses import replace
from typing import Any, Final, TypeAlias, get_origin

import orjson
from pydantic import BaseModel
from starlette.responses import Response

from .binary import Binary
from .declarations import Answer, Content, Kind, Operation
from .declared import DeclaredError
from .documents import read_json
from .media import encode_body, negotiate
from .media_types import parse_media_type
from .parameters import encode_header_value
from .sequences import READ_IN_PIECES, STREAMED
from .shapes import to_json, to_json_value
from .streaming import AnswerBroken, Judged, is_iterated, streamed_response

Terms: TypeAlias = "tuple[str | None, Judged]"
"""The `Accept` of the request, and what judges each value by its key."""


_DOCUMENTS: Final = frozenset({Kind.JSON, Kind.YAML})
_WITHOUT_MODELS: Final = frozenset({Kind.TEXT, Kind.BINARY, *STREAMED})
_preferred: ContextVar[str] = ContextVar("preferred")


class NotAcceptable(Exception):
    """A value that can't be written in a media type that the caller accepts; the text says what can be had."""


def preferred_media_type() -> str:
    """Return what the caller of the current request likes best of the media types that its operation succeeds with.

    It is written as in the contract; "" where no success has a body. The type of the value that a handler returns
    decides what is sent: a model is JSON, `str` is text, `bytes` or `Binary` is anything else. What the caller
    doesn't accept is answered by 406, unless something was changed for it.
    """
    return _preferred.get("")


class Successes:
    """The successes of one operation, as responses."""

    def __init__(self, operation: Operation[Any], judged: Judged) -> None:
        """Write what *operation* declares; *judged* judges each value by its key."""
        self._operation = operation
        self._judged = judged
        answers = [answer for answer in operation.answers if answer.error is None]
        self._contents = tuple(content for answer in answers for content in answer.contents)
        self._with_result = tuple(
            (answer.result, int(answer.status) if answer.status.isdigit() else None, answer)
            for answer in answers
            if answer.result is not None
        )
        self._plain = next((answer for answer in answers if answer.result is None), None)

    def prefer(self, accept: str | None) -> None:
        """Choose what `preferred_media_type` returns from the `Accept` of the current request.

        Raises:
            NotAcceptable: the operation has no success that the caller accepts.
        """
        preferred = negotiate(self._contents, accept)
        if preferred is None and self._contents:
            offered = ", ".join(dict.fromkeys(content.media_type for content in self._contents))
            raise NotAcceptable(f"offered are {offered}")
        _preferred.set("" if preferred is None else preferred.media_type)

    def response(self, value: Any, accept: str | None) -> Response:
        """Return *value*, which the handler returned, as a response.

        Raises:
            AnswerBroken: the contract does not declare it.
            NotAcceptable: the caller does not accept it.
        """
        terms = (accept, self._judged)
        for result, status, answer in self._with_result:
            if isinstance(value, result):
                body = value.body if answer.contents else None
                return _response(answer, status or _chosen_status(answer, value), (body, value), terms)
        if self._plain is None:
            message = f"{type(value).__name__} is no result of {self._operation.id}"
            raise AnswerBroken(message)
        return _response(self._plain, _usual_status(self._plain), (value, None), terms)


def answer_error(operation: Operation[Any], error: DeclaredError[Any], terms: Terms) -> Response:
    """Return *error*, which the handler raised, as a response; one that the caller does not accept is told, too.

    An error of no single operation, or of another one, is answered as this one declares its status.

    Raises:
        AnswerBroken: the operation does not declare it.
    """
    answer = _answer_for(operation, error)
    if answer is None:
        message = f"{operation.id} declares no error for {type(error).__name__}, whose status is {error.status}"
        raise AnswerBroken(message)
    if not _covers(answer.status, error.status):
        message = f"{error.status} is no status of {answer.status}"
        raise AnswerBroken(message)
    try:
        return _response(answer, error.status, (error.body, error), terms)
    except NotAcceptable:
        return _response(answer, error.status, (error.body, error), (None, terms[1]))


def _answer_for(operation: Operation[Any], error: DeclaredError[Any]) -> Answer | None:
    refusals = [answer for answer in operation.answers if answer.error is not None]
    own = next((answer for answer in refusals if type(error) is answer.error), None)
    if own is not None:
        return own
    by_status = {answer.status.upper(): answer for answer in refusals}
    statuses = (str(error.status), f"{error.status // 100}XX", "DEFAULT")
    return next((by_status[status] for status in statuses if status in by_status), None)


def _covers(declared: str, status: int) -> bool:
    return declared == "default" or declared == str(status) or declared.upper() == f"{status // 100}XX"


def _chosen_status(answer: Answer, result: Any) -> int:
    """Return the status of *result*, which says so where *answer* declares more than one."""
    status: int = result.status
    if not _covers(answer.status, status):
        message = f"{status} is no status of {answer.status}"
        raise AnswerBroken(message)
    return status


def _usual_status(answer: Answer) -> int:
    return 200 if answer.status == "default" else int(answer.status.upper().replace("XX", "00"))


def _response(answer: Answer, status: int, carried: tuple[Any, Any], terms: Terms) -> Response:
    body, carrier = carried
    accept, judged = terms
    headers = _headers(answer, carrier, judged)
    if not answer.contents:
        return Response(b"", status, headers=headers)
    content = _content(answer.contents, body, accept)
    is_in_items = _is_in_items(body)
    if is_in_items != (content.kind in STREAMED) and content.kind is not Kind.BINARY:
        manner = "item by item" if content.kind in STREAMED else "as a whole"
        message = f"{content.media_type} is given {manner}, not as {type(body).__name__}"
        raise AnswerBroken(message)
    if is_in_items:
        return streamed_response(content, status, headers, (body, judged))
    raw, headers["Content-Type"] = _encoded(content, body, judged)
    return Response(raw, status, headers=headers)


def _is_in_items(body: Any) -> bool:
    # A model never is; it is told here because it is what most bodies are.
    return not isinstance(body, BaseModel) and is_iterated(body)


def _headers(answer: Answer, carrier: Any, judged: Judged) -> dict[str, str]:
    headers: dict[str, str] = {}
    for header in answer.headers:
        value = getattr(carrier, header.attribute, None)
        if value is None:
            if header.is_required:
                message = f"the header {header.name!r} is required"
                raise AnswerBroken(message)
            continue
        plain = value if header.type is str else to_json_value(header.type, value)
        judged(header.schema, plain)
        headers[header.name] = encode_header_value(header, plain)
    return headers


def _content(contents: Sequence[Content], body: Any, accept: str | None) -> Content:
    """Return the content that *body* is written in: one that can hold it, and of these what the caller likes best."""
    if isinstance(body, BaseModel):  # what most bodies are
        able = [content for content in contents if content.kind not in _WITHOUT_MODELS]
    else:
        able = [_as_it_is(content, body) for content in contents if _can_hold(content, body)]
    if not able:
        return contents[0]
    chosen = negotiate(able, accept)
    if chosen is None:
        offered = ", ".join(dict.fromkeys(content.media_type for content in able))
        raise NotAcceptable(f"this can be had as {offered} only")
    return chosen


def _as_it_is(content: Content, body: Any) -> Content:
    """Return *content*, a range replaced by the media type that *body* says it has."""
    if not isinstance(body, Binary):
        return content
    declared = parse_media_type(content.media_type)
    if declared is None or not declared.is_range:
        return content
    given = parse_media_type(body.media_type)
    return content if given is None or given.is_range else replace(content, media_type=body.media_type)


def _can_hold(content: Content, body: Any) -> bool:
    if is_iterated(body):
        return content.kind in READ_IN_PIECES
    match body:
        case Binary():
            return content.kind is Kind.BINARY and _matches(content.media_type, body.media_type)
        case bytes():
            return content.kind is Kind.BINARY
        case str() | int() | float():
            return content.kind is Kind.TEXT or (content.kind in _DOCUMENTS and not _is_compound(content.type))
        case _:
            return content.kind not in _WITHOUT_MODELS


def _is_compound(type_: Any) -> bool:
    """Whether every value of *type_* has parts."""
    kind = get_origin(type_) or type_
    return isinstance(kind, type) and issubclass(kind, BaseModel | list | dict)


def _matches(declared: str, media_type: str) -> bool:
    wanted, given = declared.partition(";")[0].strip().lower(), media_type.partition(";")[0].strip().lower()
    kind, _, subtype = wanted.partition("/")
    return wanted in {"*/*", given} or (subtype == "*" and given.startswith(f"{kind}/"))


def _encoded(content: Content, body: Any, judged: Judged) -> tuple[bytes, str]:
    if content.kind is not Kind.JSON:
        if content.kind is Kind.YAML and content.schema is not None:
            judged(content.schema, read_json(to_json(content.type, body)))
        return encode_body(content, body)
    raw = to_json(content.type, body)
    if content.schema is not None:
        judged(content.schema, orjson.loads(raw))
    return raw, "application/json" if "*" in content.media_type else content.media_type
