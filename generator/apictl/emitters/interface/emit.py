"""Contract to `operations.py`, `results.py`, `errors.py` and `openapi.json`."""

from __future__ import annotations

from dataclasses import dataclass

from apictl.emitters.interface import declarations
from apictl.emitters.interface.errors import errors_view
from apictl.emitters.interface.fields import fields_of
from apictl.emitters.interface.parted import Making, parted
from apictl.emitters.interface.views import AnswerView, NamedValue, OperationView
from apictl.pages.data import json_bytes
from apictl.pages.memory import Memory
from apictl.pages.nodes import CommentText, DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.page import GeneratedFile, Page, PageSet
from apictl.pages.python import docs
from apictl.pages.python.parts import is_parted
from apictl.pages.python.remembering import Remembering, remembering
from apictl.pages.python.spelling import SpelledAnswer, SpelledContract, SpelledOperation
from apictl.pages.python.statuses import usual_status


@dataclass(frozen=True, slots=True)
class OperationsView:
    """`operations.py`."""

    header: CommentText
    package: DottedName
    title: DocText
    package_literal: Literal
    operations: tuple[OperationView, ...]
    constants: tuple[Identifier, ...]
    schemes: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnswersView:
    """`results.py`."""

    header: CommentText
    package: DottedName
    title: DocText
    answers: tuple[AnswerView, ...]


def emit(spelled: SpelledContract, remembered: Remembering | None = None) -> PageSet:
    """Return the pages and data that server and client share; what is *remembered* is not made again."""
    package = spelled.folder
    document = GeneratedFile(package / "openapi.json", json_bytes(spelled.contract.source))
    if is_parted(spelled):
        remembered = remembered or remembering(spelled, Memory())
        making = Making(lambda operation: _operation(operation, spelled), _answer, _schemes(spelled), remembered)
        return PageSet(tuple(parted(spelled, package, making)), (document,))
    return PageSet(
        pages=(
            Page("interface/operations.py.jinja", _operations(spelled), package / "operations.py"),
            Page("interface/results.py.jinja", _results(spelled), package / "results.py"),
            Page("interface/errors.py.jinja", errors_view(spelled), package / "errors.py"),
        ),
        files=(document,),
    )


def _operations(spelled: SpelledContract) -> OperationsView:
    return OperationsView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        package_literal=Literal(spelled.root),
        operations=tuple(_operation(operation, spelled) for operation in spelled.operations),
        constants=tuple(Identifier(operation.constant) for operation in spelled.operations),
        schemes=_schemes(spelled),
    )


def _schemes(spelled: SpelledContract) -> tuple[Expression, ...]:
    return tuple(Expression(declarations.scheme(scheme)) for scheme in spelled.schemes)


def _operation(operation: SpelledOperation, spelled: SpelledContract) -> OperationView:
    arguments = declarations.operation_arguments(operation, spelled.contract.definitions)
    return OperationView(
        constant=Identifier(operation.constant),
        annotation=Expression(declarations.annotation_of(operation)),
        arguments=tuple(NamedValue(Identifier(name), Expression(text)) for name, text in arguments.items()),
    )


def _results(spelled: SpelledContract) -> AnswersView:
    return AnswersView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        answers=tuple(
            _answer(answer, operation)
            for operation in spelled.operations
            for answer in operation.answers
            if answer.is_success and answer.class_name
        ),
    )


def _answer(answer: SpelledAnswer, operation: SpelledOperation) -> AnswerView:
    request = f"{operation.operation.method} {operation.operation.path}"
    status = answer.response.status
    return AnswerView(
        name=Identifier(answer.class_name),
        doc=DocText(f"{docs.answer_line(answer)}\n\n{request}"),
        body=Expression(answer.service_annotation if answer.is_success else answer.body_annotation),
        has_body=answer.body is not None,
        has_status=not status.isdigit(),
        status=Literal(usual_status(status)),
        status_doc=DocText("Any status." if status == "default" else f"One of {status}."),
        fields=fields_of(answer),
    )
