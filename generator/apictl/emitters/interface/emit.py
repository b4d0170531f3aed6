"""Contract to `operations.py`, `results.py`, `errors.py` and `openapi.json`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from apictl.emitters.interface import declarations
from apictl.pages.data import json_bytes
from apictl.pages.nodes import CommentText, DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.page import GeneratedFile, Page, PageSet
from apictl.pages.python import docs
from apictl.pages.python.spelling import SpelledAnswer, SpelledContract, SpelledOperation


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A name and the expression it stands for."""

    name: Identifier
    value: Expression


@dataclass(frozen=True, slots=True)
class OperationView:
    """One declaration of `operations.py`."""

    constant: Identifier
    annotation: Expression
    arguments: tuple[NamedValue, ...]


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
class FieldView:
    """An attribute of a result or an error."""

    name: Identifier
    annotation: Expression
    doc: DocText
    is_required: bool


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One class of `results.py` or `errors.py`."""

    name: Identifier
    doc: DocText
    body: Expression
    has_body: bool
    status: Literal
    has_status: bool
    fields: tuple[FieldView, ...]
    has_fields: bool
    has_own_constructor: bool


@dataclass(frozen=True, slots=True)
class AnswersView:
    """`results.py` or `errors.py`."""

    header: CommentText
    package: DottedName
    title: DocText
    answers: tuple[AnswerView, ...]


def emit(spelled: SpelledContract) -> PageSet:
    """Return the pages and data that server and client share."""
    package = PurePosixPath("python") / spelled.package
    return PageSet(
        pages=(
            Page("interface/operations.py.jinja", _operations(spelled), package / "operations.py"),
            Page("interface/results.py.jinja", _answers(spelled, is_success=True), package / "results.py"),
            Page("interface/errors.py.jinja", _answers(spelled, is_success=False), package / "errors.py"),
        ),
        files=(GeneratedFile(package / "openapi.json", json_bytes(spelled.contract.source)),),
    )


def _operations(spelled: SpelledContract) -> OperationsView:
    return OperationsView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        package_literal=Literal(spelled.package),
        operations=tuple(_operation(operation, spelled) for operation in spelled.operations),
        constants=tuple(Identifier(operation.constant) for operation in spelled.operations),
        schemes=tuple(Expression(declarations.scheme(scheme)) for scheme in spelled.schemes),
    )


def _operation(operation: SpelledOperation, spelled: SpelledContract) -> OperationView:
    arguments = declarations.operation_arguments(operation, spelled.contract.definitions)
    return OperationView(
        constant=Identifier(operation.constant),
        annotation=Expression(declarations.annotation_of(operation)),
        arguments=tuple(NamedValue(Identifier(name), Expression(text)) for name, text in arguments.items()),
    )


def _answers(spelled: SpelledContract, *, is_success: bool) -> AnswersView:
    return AnswersView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        answers=tuple(
            _answer(answer, operation)
            for operation in spelled.operations
            for answer in operation.answers
            if answer.is_success is is_success and answer.class_name
        ),
    )


def _answer(answer: SpelledAnswer, operation: SpelledOperation) -> AnswerView:
    status = answer.response.status
    request = f"{operation.operation.method} {operation.operation.path}"
    fields = sorted(answer.headers, key=lambda header: not header.header.is_required)
    return AnswerView(
        name=Identifier(answer.class_name),
        doc=DocText(f"{docs.answer_line(answer)}\n\n{request}"),
        body=Expression(answer.body_annotation),
        has_body=answer.body is not None,
        status=Literal(int(status) if status.isdigit() else None),
        has_status=status.isdigit(),
        fields=tuple(
            FieldView(
                name=Identifier(header.attribute),
                annotation=Expression(header.attribute_annotation),
                doc=DocText(docs.one_line(header.header.description) or f"Header {header.header.name}."),
                is_required=header.header.is_required,
            )
            for header in fields
        ),
        has_fields=bool(fields),
        has_own_constructor=bool(fields) or answer.body is None,
    )
