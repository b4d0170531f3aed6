"""Contract to `server.py`, `sample.py` and `samples.json`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias

from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import JsonValue, Schema
from apictl.contract.security import SecurityKind
from apictl.findings import Finding, Place, error
from apictl.pages.data import json_bytes
from apictl.pages.nodes import CommentText, DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.page import GeneratedFile, Page, PageSet
from apictl.pages.python import docs
from apictl.pages.python.spelling import (
    SpelledAnswer,
    SpelledContract,
    SpelledGroup,
    SpelledOperation,
    SpelledScheme,
)
from apictl.support.declarations import Kind

_CREDENTIALS = {
    SecurityKind.API_KEY: "ApiKey",
    SecurityKind.BASIC: "BasicCredential",
    SecurityKind.BEARER: "BearerToken",
    SecurityKind.OAUTH2: "BearerToken",
    SecurityKind.OPENID_CONNECT: "BearerToken",
    SecurityKind.HTTP: "HttpCredential",
    SecurityKind.MUTUAL_TLS: "ClientCertificate",
}


@dataclass(frozen=True, slots=True)
class ArgumentView:
    """A keyword argument of a method."""

    name: Identifier
    annotation: Expression
    is_path: bool


@dataclass(frozen=True, slots=True)
class MethodView:
    """A method of a service."""

    name: Identifier
    constant: Identifier
    doc: DocText
    has_body: bool
    body: Expression
    arguments: tuple[ArgumentView, ...]
    has_arguments: bool
    returns: Expression


@dataclass(frozen=True, slots=True)
class GroupView:
    """The service of one tag."""

    attribute: Identifier
    constant: Identifier
    service: Identifier
    sample: Identifier
    doc: DocText
    methods: tuple[MethodView, ...]


@dataclass(frozen=True, slots=True)
class SchemeView:
    """A callback of `Security`."""

    name: Literal
    method: Identifier
    credential: Identifier
    doc: DocText


@dataclass(frozen=True, slots=True)
class ServerView:
    """`server.py` and `sample.py`."""

    header: CommentText
    package: DottedName
    package_literal: Literal
    title: DocText
    groups: tuple[GroupView, ...]
    schemes: tuple[SchemeView, ...]
    has_security: bool


Samples: TypeAlias = "dict[str, dict[str, JsonValue]]"
"""Operation id → status → {"body", "headers"}."""


def emit(spelled: SpelledContract, samples: Samples, *, is_external: bool) -> PageSet:
    """Return the pages of the server side; of an external service only a fake."""
    package = PurePosixPath("python") / spelled.package
    view = _view(spelled)
    stub = Page("server/sample.py.jinja", view, package / "sample.py")
    pages = (
        (Page("server/fake.py.jinja", view, package / "sample.py"),)
        if is_external
        else (Page("server/server.py.jinja", view, package / "server.py"), stub)
    )
    return PageSet(pages, (GeneratedFile(package / "samples.json", json_bytes(samples)),))


def _view(spelled: SpelledContract) -> ServerView:
    return ServerView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        package_literal=Literal(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        groups=tuple(map(_group, spelled.groups)),
        schemes=tuple(map(_scheme, spelled.schemes)),
        has_security=bool(spelled.schemes),
    )


def _group(group: SpelledGroup) -> GroupView:
    return GroupView(
        attribute=Identifier(group.attribute),
        constant=Identifier(f"SAMPLE_{group.attribute.upper()}"),
        service=Identifier(f"{group.class_stem}Service"),
        sample=Identifier(f"Sample{group.class_stem}"),
        doc=DocText(group.description.strip() or f"What an implementation of {group.tag or 'the service'} provides."),
        methods=tuple(map(_method, group.operations)),
    )


def _method(operation: SpelledOperation) -> MethodView:
    return MethodView(
        name=Identifier(operation.function),
        constant=Identifier(operation.constant),
        doc=DocText(docs.operation_doc(operation), 8),
        has_body=operation.body is not None,
        body=Expression("None" if operation.body is None else operation.body.argument_annotation),
        arguments=tuple(
            ArgumentView(
                name=Identifier(parameter.argument),
                annotation=Expression(parameter.service_annotation),
                is_path=parameter.parameter.location.value == "path",
            )
            for parameter in operation.parameters
        ),
        has_arguments=bool(operation.parameters),
        returns=Expression(operation.returns),
    )


def _scheme(spelled: SpelledScheme) -> SchemeView:
    scheme = spelled.scheme
    text = docs.one_line(scheme.description) or f"Judge a credential of {scheme.name!r}"
    return SchemeView(
        name=Literal(scheme.name),
        method=Identifier(spelled.method),
        credential=Identifier(_CREDENTIALS[scheme.kind]),
        doc=DocText(text if text.endswith(".") else f"{text}.", 8),
    )


def sample_values(spelled: SpelledContract) -> tuple[Samples, tuple[Finding, ...]]:
    """Return a sample for each answer, and what has none."""
    sampler = Sampler({name: definition.schema for name, definition in spelled.contract.definitions.items()})
    findings: list[Finding] = []
    values: Samples = {}
    for operation in spelled.operations:
        for answer in operation.answers:
            sample = dict(_sampled(sampler, answer, findings))
            if sample:
                values.setdefault(operation.operation.id, {})[answer.response.status] = sample
    return values, tuple(findings)


def _sampled(sampler: Sampler, answer: SpelledAnswer, findings: list[Finding]) -> Iterator[tuple[str, JsonValue]]:
    if answer.body is not None:
        content = answer.body.contents[0]
        media = content.media_type
        schema: Schema = media.schema if content.is_judged and media.schema is not None else {"type": "string"}
        if content.kind is Kind.JSON and media.schema is None:
            schema = True
        value = _sample(sampler, schema, media.examples)
        if isinstance(value, Unsatisfiable):
            findings.append(_unsatisfiable(value, media.place))
        else:
            yield "body", value
    headers = {
        header.header.name: value
        for header in answer.headers
        if not isinstance(value := _sample(sampler, header.header.schema, ()), Unsatisfiable)
    }
    if headers:
        yield "headers", headers


def _unsatisfiable(fault: Unsatisfiable, place: Place) -> Finding:
    """Return the finding that says whether there is no value, or only none was found, as where a limit is met."""
    if fault.is_proved:
        return error("schema-unsatisfiable", place, "no value satisfies the schema of this body")
    return error("sample-not-found", place, f"no sample of this body was found: {fault.reason}"[:200])


def _sample(sampler: Sampler, schema: Schema, examples: tuple[JsonValue, ...]) -> JsonValue | Unsatisfiable:
    for example in examples:
        if sampler.is_meant(schema, example):
            return example
    try:
        return sampler.sample(schema)
    except Unsatisfiable as fault:
        return fault
