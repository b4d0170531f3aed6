"""Failures that no handler answers, as responses in the shapes that the contract declares."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

import orjson
from starlette.responses import PlainTextResponse, Response

from .answering import answer_error
from .declarations import Answer, Content, Operation
from .declared import DeclaredError
from .failures import ErrorFactory, Failure, FailureKind, choose_answer, fill, fillable, text_of, usual_content
from .judge import Judge
from .shapes import to_json
from .streaming import AnswerBroken

Headers: TypeAlias = "Mapping[str, str]"
Judged: TypeAlias = "Callable[[str, Any], None]"

log = logging.getLogger(__name__)


class Refusing:
    """Answers the failures of one service.

    The declared response of an operation carries its failure. One that it doesn't declare is told as the whole
    contract tells its errors, where they all are of one shape, else as problem details (RFC 9457).
    """

    def __init__(
        self, operations: tuple[Operation[Any], ...], judge: Judge, errors: ErrorFactory | None, judged: Judged
    ) -> None:
        """Answer for *operations*, as *errors* says where it says something; *judged* judges what it says."""
        self._operations = operations
        self._judge = judge
        self._errors = errors
        self._judged = judged
        self._usual: list[Content | None] = []

    def response(self, operation: Operation[Any], kind: FailureKind, detail: str, *, headers: Headers) -> Response:
        """Return the answer to a request to *operation* that failed; it carries *headers*."""
        answer, status = choose_answer(operation, kind)
        failure = Failure(kind, status, detail, operation)
        response = self._made(failure, answer) or self._filled(failure, answer)
        response.headers.update(headers)
        return response

    def _made(self, failure: Failure, answer: Answer | None) -> Response | None:
        """Return what the factory of errors makes of *failure*; None where it leaves that to others."""
        made = None if self._errors is None else self._errors(failure)
        if made is None or failure.operation is None:
            return None
        try:
            return answer_error(failure.operation, made, (None, self._judged))
        except AnswerBroken:
            if answer is None:  # nothing is declared that it could break
                return _as_it_is(made)
            log.exception("%s: the error factory breaks the contract", failure.operation.id)
            return _problem(Failure(failure.kind, failure.kind.status, failure.detail))

    def _filled(self, failure: Failure, answer: Answer | None) -> Response:
        if answer is not None and not answer.contents:
            return Response(b"", failure.status)
        content = self._usual_content if answer is None else fillable(answer)
        body = None if content is None else fill(content, failure, self._judge)
        if content is None or body is None:
            text = None if answer is None else text_of(answer, failure, self._judge)
            return _problem(failure) if text is None else PlainTextResponse(text, failure.status)
        return _json(failure.status, body, content.media_type)

    @property
    def _usual_content(self) -> Content | None:
        if not self._usual:
            self._usual.append(usual_content(self._operations, self._judge))
        return self._usual[0]


def _problem(failure: Failure) -> Response:
    """Return *failure* as problem details (RFC 9457)."""
    body = {"type": "about:blank", "title": failure.title, "status": failure.status, "detail": failure.detail}
    return _json(failure.status, body, "application/problem+json")


def _as_it_is(error: DeclaredError[Any]) -> Response:
    raw = b"" if error.body is None else to_json(type(error.body), error.body)
    return Response(raw, error.status, media_type="application/json")


def _json(status: int, body: Any, media_type: str) -> Response:
    """Return *body* as JSON of *media_type*; a range becomes `application/json`."""
    return Response(orjson.dumps(body), status, media_type="application/json" if "*" in media_type else media_type)
