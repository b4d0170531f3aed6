"""Operations as declarations: expressions of `support.declarations`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from apictl.contract.definition import Definition
from apictl.contract.operation import Encoding
from apictl.contract.path_shapes import carried
from apictl.contract.security import SecurityScheme
from apictl.pages.python.expressions import call, dict_of, literal, only_if, tuple_of
from apictl.pages.python.spell import default_of
from apictl.pages.python.spelling import (
    SpelledAnswer,
    SpelledBody,
    SpelledHeader,
    SpelledOperation,
    SpelledPaging,
    SpelledParameter,
    SpelledScheme,
)
from apictl.source.tree import split_pointer


def operation_arguments(spelled: SpelledOperation, definitions: Mapping[str, Definition]) -> dict[str, str]:
    """Return the arguments of the `Operation` of *spelled*, by name, in reading order."""
    operation = spelled.operation
    arguments = {
        "id": literal(operation.id),
        "method": literal(operation.method),
        "path": literal(carried(operation.path)),
        "function": literal(spelled.function),
        "answers": tuple_of(_answer(answer) for answer in spelled.answers),
    }
    if spelled.parameters:
        arguments["parameters"] = tuple_of(_parameter(parameter, definitions) for parameter in spelled.parameters)
    if spelled.body is not None:
        required = only_if(spelled.body.is_required, "True")
        arguments["body"] = call("Body", _contents(spelled.body), is_required=required)
    if operation.security:
        arguments["security"] = tuple_of(
            tuple_of(
                call("Requirement", literal(one.scheme), *([literal(one.scopes)] if one.scopes else []))
                for one in group
            )
            for group in operation.security
        )
    if spelled.paging is not None:
        arguments["paging"] = _paging(spelled.paging)
    return arguments


def _paging(spelled: SpelledPaging) -> str:
    pagination = spelled.pagination
    return call(
        "Paging",
        literal(pagination.style.value),
        _steps(pagination.items) or "()",
        argument=only_if(bool(spelled.argument), literal(spelled.argument)),
        next=_steps(pagination.next),
        last=_steps(pagination.last),
        more=_steps(pagination.more),
        first=only_if(pagination.first != 1, literal(pagination.first)),
    )


def _steps(pointer: str | None) -> str | None:
    return None if pointer is None else tuple_of(map(literal, split_pointer(pointer)))


def _parameter(spelled: SpelledParameter, definitions: Mapping[str, Definition]) -> str:
    parameter = spelled.parameter
    return call(
        "Parameter",
        name=literal(parameter.name),
        argument=literal(spelled.argument),
        location=literal(parameter.location.value),
        schema=literal(spelled.key),
        type=spelled.annotation,
        style=literal(parameter.style.value),
        explode=literal(parameter.explode),
        is_required=only_if(parameter.is_required, "True"),
        allow_reserved=only_if(parameter.allow_reserved, "True"),
        allow_empty=only_if(parameter.allow_empty, "True"),
        media_type=only_if(parameter.media_type is not None, literal(parameter.media_type)),
        default=only_if(spelled.has_default, literal(default_of(parameter.schema, definitions))),
    )


def _answer(spelled: SpelledAnswer) -> str:
    module = "results" if spelled.is_success else "errors"
    class_name = f"{module}.{spelled.class_name}" if spelled.class_name else None
    return call(
        "Answer",
        literal(spelled.response.status),
        *([] if spelled.body is None else [_contents(spelled.body)]),
        headers=only_if(bool(spelled.headers), tuple_of(map(_header, spelled.headers))),
        result=class_name if spelled.is_success else None,
        error=None if spelled.is_success else class_name,
    )


def _header(spelled: SpelledHeader) -> str:
    header = spelled.header
    return call(
        "Header",
        name=literal(header.name),
        attribute=literal(spelled.attribute),
        schema=literal(spelled.key),
        type=spelled.annotation,
        is_required=only_if(header.is_required, "True"),
        explode=only_if(header.explode, "True"),
        media_type=only_if(header.media_type is not None, literal(header.media_type)),
    )


def _contents(body: SpelledBody) -> str:
    return tuple_of(
        call(
            "Content",
            literal(content.media_type.name),
            f"Kind.{content.kind.name}",
            content.annotation,
            *([literal(key)] if key else []),
            parts=only_if(bool(content.media_type.encodings), _parts(content.media_type.encodings)),
            event=only_if(bool(event), literal(event)),
        )
        for content, key, event in zip(body.contents, body.keys, body.event_keys, strict=True)
    )


def _parts(encodings: Mapping[str, Encoding]) -> str:
    return dict_of(
        {
            name: call(
                "Part",
                content_type=only_if(encoding.content_type is not None, literal(encoding.content_type)),
                style=None if encoding.style is None else literal(encoding.style.value),
                explode=only_if(not encoding.explode, "False"),
                allow_reserved=only_if(encoding.allow_reserved, "True"),
            )
            for name, encoding in encodings.items()
        }
    )


def scheme(spelled: SpelledScheme) -> str:
    """Return the `SecurityScheme` of *spelled*."""
    declared: SecurityScheme = spelled.scheme
    return call(
        "SecurityScheme",
        name=literal(declared.name),
        kind=literal(declared.kind.value),
        method=literal(spelled.method),
        key_name=only_if(bool(declared.key_name), literal(declared.key_name)),
        key_location=None if declared.key_location is None else literal(declared.key_location.value),
        http_scheme=only_if(bool(declared.http_scheme), literal(declared.http_scheme)),
        token_url=_url(flow.token_url for flow in declared.flows if flow.name == "clientCredentials"),
        refresh_url=_url(flow.refresh_url or flow.token_url for flow in declared.flows),
        discovery_url=_url([declared.discovery_url]),
    )


def _url(urls: Iterable[str]) -> str | None:
    """Return the first of *urls* that is one."""
    first = next(filter(None, urls), "")
    return only_if(bool(first), literal(first))


def annotation_of(spelled: SpelledOperation) -> str:
    """Return the annotation of the declaration of *spelled*."""
    return f"Final[Operation[{spelled.returns}]]"
