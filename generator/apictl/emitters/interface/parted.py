"""`operations.py`, `results.py` and `errors.py` of a large contract: a part for each operation and each status."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from pathlib import PurePosixPath
from typing import TypeAlias

from apictl.emitters.interface.errors import ErrorView, Shared, error_of_status, errors_of, shared_errors
from apictl.emitters.interface.views import AnswerView, OperationView
from apictl.pages.memory import key_of
from apictl.pages.nodes import CommentText, DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.page import Deferred, Page
from apictl.pages.python import docs, names
from apictl.pages.python.parts import operation_parts
from apictl.pages.python.remembering import Remembering
from apictl.pages.python.spelling import SpelledAnswer, SpelledContract, SpelledOperation
from apictl.pages.python.surfaces import PartView, part_view

Named: TypeAlias = "tuple[str, list[str]]"
"""A part and the names that it defines."""

_OPERATIONS = "_operations"
_ERRORS = "_errors"


@dataclass(frozen=True, slots=True)
class OperationPartView:
    """A part: one operation, which `operations` holds, with its results and errors."""

    header: CommentText
    package: DottedName
    request: DocText
    parents: tuple[Identifier, ...]
    results: tuple[AnswerView, ...]
    errors: tuple[ErrorView, ...]
    operations: tuple[OperationView, ...]


@dataclass(frozen=True, slots=True)
class StatusPartView:
    """A part: the error that those of one status are made from."""

    header: CommentText
    package: DottedName
    errors: tuple[ErrorView, ...]


@dataclass(frozen=True, slots=True)
class PartedView:
    """A module that has the names of its parts."""

    header: CommentText
    package: DottedName
    title: DocText
    package_literal: Literal
    schemes: tuple[Expression, ...]
    has_all: bool
    has_names: bool
    parts: tuple[PartView, ...]


@dataclass(frozen=True, slots=True)
class Making:
    """How the classes and the declaration of an operation are made.

    Attributes:
        operation: its declaration.
        result: class of one of its successes.
        schemes: how credentials travel.
        remembered: what earlier runs made of operations.
    """

    operation: Callable[[SpelledOperation], OperationView]
    result: Callable[[SpelledAnswer, SpelledOperation], AnswerView]
    schemes: tuple[Expression, ...]
    remembered: Remembering


def parted(spelled: SpelledContract, folder: PurePosixPath, making: Making) -> Iterator[Page]:
    """Yield the modules, then their parts."""
    shared = shared_errors(spelled)
    parts = operation_parts(spelled)
    modules = {parts[each.operation.id]: each for each in spelled.operations}
    statuses = {_module(error): error for error in starmap(error_of_status, shared.items())}
    shown = [(f"{_ERRORS}.{module}", [str(error.name)]) for module, error in statuses.items()]
    for name, named in _surfaces(modules, shown):
        view = _deferred_surface(spelled, named, making.schemes, has_all=name == "operations")
        yield Page(f"interface/parted_{name}.py.jinja", view, folder / f"{name}.py")
    for part_folder in (_OPERATIONS, _ERRORS):
        empty = _surface(spelled, (), making.schemes, has_all=False)
        yield Page("interface/folder.py.jinja", empty, folder / part_folder / "__init__.py")
    for module, operation in modules.items():
        part = _deferred(operation, spelled, shared, making)
        yield Page("interface/operation.py.jinja", part, folder / _OPERATIONS / f"{module}.py")
    for module, error in statuses.items():
        status = StatusPartView(docs.header(spelled), DottedName(spelled.package), (error,))
        yield Page("interface/status.py.jinja", status, folder / _ERRORS / f"{module}.py")


def _surfaces(
    modules: Mapping[str, SpelledOperation], statuses: Sequence[Named]
) -> Iterator[tuple[str, Sequence[Named]]]:
    """Yield each module, with the parts that define its names."""
    placed = [(f"{_OPERATIONS}.{module}", operation) for module, operation in modules.items()]
    yield "operations", [(place, [operation.constant]) for place, operation in placed]
    results = [(place, [each.class_name for each in _results(operation)]) for place, operation in placed]
    yield "results", [(place, classes) for place, classes in results if classes]
    errors = [(place, [each.class_name for each in operation.errors]) for place, operation in placed]
    yield "errors", [*statuses, *((place, classes) for place, classes in errors if classes)]


def _deferred_surface(
    spelled: SpelledContract, named: Sequence[Named], schemes: tuple[Expression, ...], *, has_all: bool
) -> Deferred:
    """Return the view of a module, which changes with the names of its parts only."""
    told = (str(docs.header(spelled)), spelled.package, spelled.root, docs.one_line(spelled.contract.title))
    names = [name for place, defined in named for name in (place, *defined, "")]
    key = key_of("surface", *told, str(has_all), *map(str, schemes), "", *names)
    return Deferred(key, lambda: _surface(spelled, tuple(starmap(part_view, named)), schemes, has_all=has_all))


def _results(operation: SpelledOperation) -> list[SpelledAnswer]:
    return [answer for answer in operation.successes if answer.class_name]


def _surface(
    spelled: SpelledContract, parts: tuple[PartView, ...], schemes: tuple[Expression, ...], *, has_all: bool
) -> PartedView:
    return PartedView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        package_literal=Literal(spelled.root),
        schemes=schemes,
        has_all=has_all,
        has_names=has_all or bool(parts),
        parts=parts,
    )


def _deferred(
    operation: SpelledOperation, spelled: SpelledContract, shared: Mapping[str, Shared], making: Making
) -> Deferred:
    statuses = [(answer.response.status, shared[answer.response.status]) for answer in operation.errors]
    key = making.remembered.key(operation, beside=(docs.header(spelled), spelled.package, statuses))
    return Deferred(key, lambda: _part(operation, spelled, tuple(errors_of(operation, shared)), making))


def _part(
    operation: SpelledOperation, spelled: SpelledContract, errors: tuple[ErrorView, ...], making: Making
) -> OperationPartView:
    return OperationPartView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        request=DocText(docs.one_line(f"{operation.operation.method} {operation.operation.path}"), 0),
        parents=tuple(Identifier(name) for name in sorted({_parent(error) for error in errors})),
        results=tuple(making.result(answer, operation) for answer in _results(operation)),
        errors=errors,
        operations=(making.operation(operation),),
    )


def _parent(error: ErrorView) -> str:
    """Return the class that *error* is made from, without the type of the body."""
    return str(error.parent).partition("[")[0]


def _module(error: ErrorView) -> str:
    return names.snake(str(error.name), "status")
