"""Lines that mend a document: an answer that is missing, declared as the document declares its others."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from apictl.contract.operation import MediaType, Response
from apictl.contract.schema import reference_name
from apictl.findings import Place
from apictl.rules.lint.scope import Scope

_ERRORS: Final = ("4", "5", "d")
_RESPONSES: Final = "/components/responses/"
_SCHEMAS: Final = "/components/schemas/"
_PLAIN: Final = re.compile(r"[A-Za-z0-9._/+~-]+")
_PROBLEM: Final = (
    "application/problem+json: {schema: {type: object, required: [title, status], properties: "
    "{type: {type: string, format: uri-reference}, title: {type: string}, status: {type: integer}, "
    "detail: {type: string}}}}"
)
"""Problem details (RFC 9457), for a document that has no shape of errors yet."""


@dataclass(frozen=True, slots=True)
class _Known:
    """How a document declares its errors.

    Attributes:
        shared: reference to the commonest shared response, by status.
        content: media type and schema that most errors have; "" where none has a name.
    """

    shared: Mapping[str, str]
    content: str


def error_line(scope: Scope, status: str) -> str:
    """Return the line that declares an error of *status*, to be put among the `responses` of an operation.

    Where the document has a response for this status, or for any, to refer to, it is that one; else one with the body
    that most of its errors have; else one with problem details.
    """
    known = scope.once(_known)
    for key in (status, "default"):
        if known.shared.get(key):
            return f"{_quoted(key)}: {{$ref: '{known.shared[key]}'}}"
    content = known.content or _PROBLEM
    return f"{_quoted(status)}: {{description: {HTTPStatus(int(status)).phrase}, content: {{{content}}}}}"


def _known(scope: Scope) -> _Known:
    places: dict[str, list[Place]] = {}
    for each in _errors(scope):
        places.setdefault(each.status, []).append(each.place)
    return _Known(
        shared={status: _commonest(scope, found) for status, found in places.items()},
        content=_usual_content(scope, tuple(_errors(scope))),
    )


def _errors(scope: Scope) -> Iterator[Response]:
    for operation in () if scope.contract is None else scope.contract.operations:
        yield from (each for each in operation.responses if each.status.startswith(_ERRORS))


def _commonest(scope: Scope, places: Iterable[Place]) -> str:
    """Return what refers to the commonest of *places* that is a component; "" where none is."""
    found = Counter(_reference(scope, place) for place in places if place.pointer.startswith(_RESPONSES))
    return next((reference for reference, _ in found.most_common() if reference), "")


def _usual_content(scope: Scope, errors: tuple[Response, ...]) -> str:
    """Return the media type and schema that most of *errors* have, where the schema has a name; "" where none has."""
    contents = Counter(
        (content.name, reference)
        for each in errors
        for content in each.contents
        if _PLAIN.fullmatch(content.name) and (reference := _schema_reference(scope, content))
    )
    return next((f"{name}: {{schema: {{$ref: '{to}'}}}}" for (name, to), _ in contents.most_common(1)), "")


def _schema_reference(scope: Scope, content: MediaType) -> str:
    name = None if content.schema is None else reference_name(content.schema)
    definition = None if name is None or scope.contract is None else scope.contract.definitions.get(name)
    is_shared = definition is not None and definition.place.pointer.startswith(_SCHEMAS)
    return _reference(scope, definition.place) if definition is not None and is_shared else ""


def _reference(scope: Scope, place: Place) -> str:
    """Return what stands in a `$ref` to *place*; "" for one that would have to be escaped."""
    root = scope.root.place.path
    file = "" if place.path == root else posixpath.relpath(place.path, posixpath.dirname(root))
    return f"{file}#{place.pointer}" if _PLAIN.fullmatch(file + place.pointer) else ""


def _quoted(status: str) -> str:
    return f"'{status}'" if status[0].isdigit() else status
