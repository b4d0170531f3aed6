"""Contract to `errors.py`: a class a status, which the classes of the operations that declare it are made from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from apictl.emitters.interface.fields import FieldView, fields_of
from apictl.pages.nodes import CommentText, DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.python import docs
from apictl.pages.python.spelling import SpelledAnswer, SpelledContract, SpelledOperation
from apictl.pages.python.statuses import phrase


@dataclass(frozen=True, slots=True)
class ErrorView:
    """One class of `errors.py`."""

    name: Identifier
    parent: Expression
    doc: DocText
    status: Literal
    has_status: bool
    is_status_given: bool
    body: Expression
    has_body: bool
    fields: tuple[FieldView, ...]
    has_fields: bool
    has_own_constructor: bool


@dataclass(frozen=True, slots=True)
class ErrorsView:
    """`errors.py`."""

    header: CommentText
    package: DottedName
    title: DocText
    shared: tuple[ErrorView, ...]
    errors: tuple[ErrorView, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """What the answers of one status have in common.

    Attributes:
        name: of its class.
        body: annotation; "" where they have different ones.
        fields: none where they have different ones.
        has_fields_of_all: whether no answer has other fields.
        description: "" where they have different ones.
    """

    name: str
    body: str
    fields: tuple[FieldView, ...]
    has_fields_of_all: bool
    description: str


def errors_view(spelled: SpelledContract) -> ErrorsView:
    """Return the refusals of *spelled*, those of a status first."""
    shared = shared_errors(spelled)
    return ErrorsView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        shared=tuple(error_of_status(status, common) for status, common in shared.items()),
        errors=tuple(error for operation in spelled.operations for error in errors_of(operation, shared)),
    )


def shared_errors(spelled: SpelledContract) -> Mapping[str, Shared]:
    """Return what the refusals of *spelled* have in common, by status, sorted."""
    by_status: dict[str, list[SpelledAnswer]] = {}
    for operation in spelled.operations:
        for answer in operation.errors:
            by_status.setdefault(answer.response.status, []).append(answer)
    return {status: _shared(status, answers) for status, answers in sorted(by_status.items())}


def errors_of(operation: SpelledOperation, shared: Mapping[str, Shared]) -> Iterator[ErrorView]:
    """Yield the refusals of *operation*, in the contract's order."""
    request = f"{operation.operation.method} {operation.operation.path}"
    for answer in operation.errors:
        yield _of_operation(answer, request, shared[answer.response.status])


def _shared(status: str, answers: list[SpelledAnswer]) -> Shared:
    bodies = {answer.body_annotation for answer in answers}
    lines = {docs.answer_line(answer) for answer in answers}
    own = [tuple(_signature(answer)) for answer in answers]
    is_alike = len(set(own)) == 1
    return Shared(
        name=phrase(status),
        body=bodies.pop() if len(bodies) == 1 else "",
        fields=fields_of(answers[0]) if is_alike else (),
        has_fields_of_all=is_alike,
        description=lines.pop() if len(lines) == 1 else "",
    )


def _signature(answer: SpelledAnswer) -> Iterator[tuple[str, str]]:
    for header in sorted(answer.headers, key=lambda header: not header.header.is_required):
        yield header.attribute, header.attribute_annotation


def error_of_status(status: str, shared: Shared) -> ErrorView:
    """Return the class that errors of *status* are made from."""
    kind = "DeclaredError" if status.isdigit() else "DeclaredStatusError"
    meaning = "any other status" if status == "default" else status
    return ErrorView(
        name=Identifier(shared.name),
        parent=Expression(f"{kind}[{shared.body or 'Body'}]"),
        doc=DocText(shared.description or f"{meaning}, as the operation means it."),
        status=Literal(int(status) if status.isdigit() else None),
        has_status=status.isdigit(),
        is_status_given=not status.isdigit(),
        body=Expression(shared.body or "Body"),
        has_body=shared.body != "None",
        fields=shared.fields,
        has_fields=bool(shared.fields),
        # Where headers differ, the classes of the operations have constructors, which hand a body on.
        has_own_constructor=bool(shared.fields) or (shared.body == "None" and shared.has_fields_of_all),
    )


def _of_operation(answer: SpelledAnswer, request: str, shared: Shared) -> ErrorView:
    line = docs.answer_line(answer)
    status = answer.response.status
    short = f"{'Any other status' if status == 'default' else status} of {request}."
    fields = fields_of(answer)
    is_bodiless = answer.body is None and not (shared.body and shared.has_fields_of_all)
    has_own = bool(fields) and not shared.has_fields_of_all
    return ErrorView(
        name=Identifier(answer.class_name),
        parent=Expression(shared.name if shared.body else f"{shared.name}[{answer.body_annotation}]"),
        doc=DocText(short if line == shared.description else f"{line}\n\n{request}"),
        status=Literal(None),
        has_status=False,
        is_status_given=not status.isdigit(),
        body=Expression(answer.body_annotation),
        has_body=answer.body is not None,
        fields=fields,
        has_fields=bool(fields),
        has_own_constructor=has_own or is_bodiless,
    )
