"""Failures that no handler answers: which declared response carries them, and how its body is filled in."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from itertools import chain
from typing import Any, TypeAlias

from .composing import Fault, composed
from .declarations import Answer, Content, Kind, Operation
from .declared import DeclaredError
from .judge import Judge
from .readings import guide_by
from .shapes import dump_json

_SPECIAL = frozenset({406, 413, 415})
"""Statuses that tell more closely what 400 says, too: that the request can't be used (RFC 9110, 15.5.1)."""


class FailureKind(enum.Enum):
    """What went wrong: the natural status, then the declared ones that may stand in for it."""

    MALFORMED = (400, "400", "422")
    """The body is no text of its media type."""
    REFUSED = (422, "422", "400")
    """A parameter or the body is not what the contract declares."""
    UNAUTHENTICATED = (401, "401", "403")
    """No credential, or one that is refused."""
    FORBIDDEN = (403, "403", "401")
    """A known caller lacks a scope."""
    NOT_FOUND = (404, "404")
    """No operation has this path."""
    METHOD_NOT_ALLOWED = (405, "405")
    """The path has operations, but none of this method."""
    NOT_ACCEPTABLE = (406, "406")
    """No declared media type is one that the caller accepts."""
    TOO_LARGE = (413, "413")
    """The body is larger than the server reads."""
    UNSUPPORTED_MEDIA_TYPE = (415, "415")
    """The body has a media type that the contract does not declare."""
    UNHANDLED = (500, "500")
    """The handler failed, or its answer breaks the contract."""

    @property
    def status(self) -> int:
        """The status that HTTP gives this failure."""
        status: int = self.value[0]
        return status

    @property
    def declared(self) -> tuple[str, ...]:
        """Statuses of the contract that may carry it, best first: where none does, the one of any wrong request."""
        general = ("400", "422") if self.status in _SPECIAL else ()
        return (*self.value[1:], f"{self.status // 100}XX", "default", *general)


@dataclass(frozen=True, slots=True)
class Failure:
    """A request that no handler answers.

    Attributes:
        kind: what went wrong.
        status: that is sent.
        detail: one line for the caller.
        operation: that was asked for; of a path without any, one that declares what comes then.
    """

    kind: FailureKind
    status: int
    detail: str
    operation: Operation[Any] | None = None

    @property
    def title(self) -> str:
        """The phrase of the status."""
        return HTTPStatus(self.status).phrase


ErrorFactory: TypeAlias = "Callable[[Failure], DeclaredError[Any] | None]"
"""Makes the declared error that answers a failure; None leaves it to the recognised shapes."""


def choose_answer(operation: Operation[Any], kind: FailureKind) -> tuple[Answer | None, int]:
    """Return the declared response that carries a failure of *kind* and the status to send."""
    declared = {answer.status.upper(): answer for answer in operation.answers if answer.error is not None}
    for status in kind.declared:
        answer = declared.get(status.upper())
        if answer is not None:
            return answer, int(status) if status.isdigit() else kind.status
    return None, kind.status


def usual_content(operations: Iterable[Operation[Any]], judge: Judge) -> Content | None:
    """Return the JSON that all errors of *operations* are, whatever their status; None where they differ."""
    declared = [answer for operation in operations for answer in operation.answers if answer.error is not None]
    contents = [content for answer in declared if (content := fillable(answer)) is not None]
    alike = {
        (content.media_type, None if content.schema is None else dump_json(judge.schema(content.schema)))
        for content in contents
    }
    return contents[0] if len(alike) == 1 else None


def shapes(failure: Failure) -> Iterator[Any]:
    """Yield bodies in the shapes that APIs usually declare for errors, the most telling first."""
    status, title, detail = failure.status, failure.title, failure.detail
    code = title.lower().replace(" ", "_").replace("'", "")
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    yield problem  # RFC 9457
    yield {"title": title, "status": status, "detail": detail}
    yield {"error": {"code": code, "message": detail}}
    yield {"error": {"code": status, "message": detail}}
    yield {"error": {"message": detail, "type": code}}
    yield {"error": {"status": status, "message": detail}}
    yield {"code": status, "message": detail}
    yield {"code": code, "message": detail}
    yield {"message": detail}
    yield {"error": detail}
    yield {"error": code, "error_description": detail}
    yield {"detail": detail}
    yield {"detail": [{"loc": [], "msg": detail, "type": code}]}  # FastAPI's own
    yield {"errors": [{"status": str(status), "title": title, "detail": detail}]}  # JSON:API 1.1
    yield {"errors": [{"code": code, "message": detail}]}
    yield {"errors": [{"message": detail}]}
    yield {"errors": [detail]}
    yield {"status": status, "message": detail}
    yield detail
    yield {}


def fill(content: Content, failure: Failure, judge: Judge) -> Any | None:
    """Return the body that *content* declares for an error, filled in; None where it asks for what isn't known."""
    if content.schema is None:
        return next(shapes(failure))
    key = content.schema
    schema, guide = judge.schema(key), guide_by(judge)
    declared = frozenset(guide.declared((schema,)))
    # An open schema accepts a shape that it does not describe; nobody looks for that.
    described = (body for body in shapes(failure) if isinstance(body, dict) and body and declared.issuperset(body))
    bodies = chain(composed(schema, Fault(failure.status, failure.detail), guide), described, shapes(failure))
    return next((body for body in bodies if judge.accepts(key, body)), None)


def text_of(answer: Answer, failure: Failure, judge: Judge) -> str | None:
    """Return the text that tells *failure* where *answer* is plain text; None where it is not.

    Other texts, such as HTML, are of a language in which what the caller sent might say something.
    """
    for content in answer.contents:
        if content.media_type.partition(";")[0].strip().lower() == "text/plain":
            texts = (failure.detail, failure.title)
            return next((text for text in texts if content.schema is None or judge.accepts(content.schema, text)), None)
    return None


def fillable(answer: Answer) -> Content | None:
    """Return the content of *answer* that a failure is written in: its first JSON, or else YAML, which JSON is, too."""
    by_kind = {content.kind: content for content in reversed(answer.contents)}
    return by_kind.get(Kind.JSON) or by_kind.get(Kind.YAML)
