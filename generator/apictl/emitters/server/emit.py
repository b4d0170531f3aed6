"""Contract to `server.py`, `sample.py` and `samples.json`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TypeAlias

from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import JsonValue, Schema
from apictl.contract.security import SecurityKind
from apictl.emitters.server.parted import Making, parted
from apictl.emitters.server.views import ArgumentView, GroupView, HandlerView, MethodView, SchemeView, ServerView
from apictl.findings import Finding, Place, error
from apictl.pages.data import json_bytes
from apictl.pages.memory import Memory
from apictl.pages.nodes import DocText, DottedName, Expression, Identifier, Literal
from apictl.pages.page import GeneratedFile, Page, PageSet
from apictl.pages.python import docs
from apictl.pages.python.contents import SpelledContent
from apictl.pages.python.parts import is_parted
from apictl.pages.python.remembering import Remembering, remembering
from apictl.pages.python.spelling import (
    SpelledAnswer,
    SpelledContract,
    SpelledGroup,
    SpelledOperation,
    SpelledParameter,
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
_EXPORTED = (
    "ErrorFactory",
    "Failure",
    "FailureKind",
    "ResponseCheck",
    "Service",
    "Settings",
    "app",
    "preferred_media_type",
    "router",
    "service",
)
"""What `server.py` offers whatever the contract says, so that nobody imports from `_support`."""
_DOCUMENTS = frozenset({Kind.JSON, Kind.YAML, Kind.LINES, Kind.SEQUENCE, Kind.EVENTS})
_EVENTS = frozenset({Kind.EVENTS, Kind.TEXT_EVENTS})

Samples: TypeAlias = "dict[str, dict[str, JsonValue]]"
"""Operation id → status → {"body", "headers"}."""


def emit(
    spelled: SpelledContract, samples: Samples, *, is_external: bool, remembered: Remembering | None = None
) -> PageSet:
    """Return the pages of the server side; of an external service only a fake.

    What is *remembered* of a contract that is kept in parts is not made again.
    """
    package = spelled.folder
    data = GeneratedFile(package / "samples.json", json_bytes(samples))
    if is_parted(spelled):
        making = Making(_group, remembered or remembering(spelled, Memory()))
        view = _view(spelled, tuple(map(_bare_group, spelled.groups)))
        return PageSet(tuple(parted(spelled, view, making, is_external=is_external)), (data,))
    view = server_view(spelled)
    stub = Page("server/sample.py.jinja", view, package / "sample.py")
    pages = (
        (Page("server/fake.py.jinja", view, package / "sample.py"),)
        if is_external
        else (Page("server/server.py.jinja", view, package / "server.py"), stub)
    )
    return PageSet(pages, (data,))


def server_view(spelled: SpelledContract) -> ServerView:
    """Return what the templates see of *spelled*."""
    return _view(spelled, tuple(map(_group, spelled.groups)))


def _view(spelled: SpelledContract, groups: tuple[GroupView, ...]) -> ServerView:
    has_principal = any(operation.takes_principal for operation in spelled.operations)
    return ServerView(
        header=docs.header(spelled),
        package=DottedName(spelled.package),
        package_literal=Literal(spelled.package),
        title=DocText(docs.one_line(spelled.contract.title), 0),
        groups=groups,
        schemes=tuple(map(_scheme, spelled.schemes)),
        exported=tuple(map(Literal, sorted({*offered(spelled), *(str(each.service) for each in groups)}))),
        security=Expression("Security[Principal]" if has_principal else "Security[object]"),
        has_security=bool(spelled.schemes),
        has_principal=has_principal,
        has_several_schemes=len(spelled.schemes) > 1,
    )


def offered(spelled: SpelledContract) -> frozenset[str]:
    """Return what `server.py` offers besides its protocols."""
    return frozenset({*_EXPORTED, *_exported(spelled)})


def _exported(spelled: SpelledContract) -> Iterator[str]:
    """Yield what `server.py` offers to services that judge credentials, or that answer with events."""
    if any("ServerSentEvent[" in operation.items for operation in spelled.operations):
        yield "ServerSentEvent"
    if spelled.schemes:
        yield from ("Forbidden", "Security", "principals")
    yield from (_CREDENTIALS[each.scheme.kind] for each in spelled.schemes)


def _group(group: SpelledGroup) -> GroupView:
    return replace(_bare_group(group), methods=tuple(map(_method, group.operations)))


def _bare_group(group: SpelledGroup) -> GroupView:
    """Return *group* without what its methods take and say."""
    service = f"{group.class_stem}Service"
    is_generic = any(operation.takes_principal for operation in group.operations)
    return GroupView(
        attribute=Identifier(group.attribute),
        constant=Identifier(f"SAMPLE_{group.attribute.upper()}"),
        service=Identifier(service),
        protocol=Expression("Protocol[Principal]" if is_generic else "Protocol"),
        annotation=Expression(f"{service}[Principal]" if is_generic else service),
        sample=Identifier(f"Sample{group.class_stem}"),
        doc=DocText(group.description.strip() or f"What an implementation of {group.tag or 'the service'} provides."),
        methods=tuple(HandlerView(Identifier(each.function), Identifier(each.constant)) for each in group.operations),
    )


def _method(operation: SpelledOperation) -> MethodView:
    arguments = (*_principal(operation), *map(_argument, operation.parameters))
    return MethodView(
        name=Identifier(operation.function),
        constant=Identifier(operation.constant),
        doc=DocText(docs.operation_doc(operation), 8),
        has_body=operation.body is not None,
        body=Expression("None" if operation.body is None else operation.body.argument_annotation),
        arguments=arguments,
        has_arguments=bool(arguments),
        returns=Expression(operation.service_returns),
    )


def _principal(operation: SpelledOperation) -> Iterator[ArgumentView]:
    """Yield the argument that says who calls; nobody has to where an alternative asks for nothing."""
    if operation.takes_principal:
        yield ArgumentView(
            name=Identifier("principal"),
            annotation=Expression("Principal" if all(operation.operation.security) else "Principal | None"),
            sample_annotation=Expression("object"),
            is_path=False,
        )


def _argument(parameter: SpelledParameter) -> ArgumentView:
    annotation = Expression(parameter.service_annotation)
    return ArgumentView(
        name=Identifier(parameter.argument),
        annotation=annotation,
        sample_annotation=annotation,
        is_path=parameter.parameter.location.value == "path",
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


def sample_values(
    spelled: SpelledContract, remembering: Remembering | None = None
) -> tuple[Samples, tuple[Finding, ...]]:
    """Return a sample for each answer, and what has none."""
    remembering = remembering or Remembering()
    sampler = Sampler({name: definition.schema for name, definition in spelled.contract.definitions.items()})
    findings: list[Finding] = []
    values: Samples = {}
    for operation in spelled.operations:
        samples = remembering.recall("samples", operation)
        if samples is None:
            found: list[Finding] = []
            sampled = {each.response.status: dict(_sampled(sampler, each, found)) for each in operation.answers}
            samples = {status: sample for status, sample in sampled.items() if sample}
            findings += found
            if not found:
                remembering.keep("samples", operation, samples)
        if samples:
            values[operation.operation.id] = samples
    return values, tuple(findings)


def _sampled(sampler: Sampler, answer: SpelledAnswer, findings: list[Finding]) -> Iterator[tuple[str, JsonValue]]:
    if answer.body is not None:
        content = answer.body.contents[0]
        value = _sampled_content(sampler, content)
        if isinstance(value, Unsatisfiable):
            findings.append(_unsatisfiable(value, content.media_type.place))
        else:
            yield "body", value
    headers = {
        header.header.name: value
        for header in answer.headers
        if not isinstance(value := _sample(sampler, header.header.schema, ()), Unsatisfiable)
    }
    if headers:
        yield "headers", headers


def _sampled_content(sampler: Sampler, content: SpelledContent) -> JsonValue | Unsatisfiable:
    """Return a value of *content*; of a stream one item, and of an event what it is besides its data, too."""
    any_value: Schema = True if content.kind in _DOCUMENTS else {"type": "string"}
    examples = () if content.is_streamed else content.media_type.examples
    value = _sample(sampler, any_value if content.judged is None else content.judged, examples)
    if content.kind not in _EVENTS or isinstance(value, Unsatisfiable):
        return value
    event = {} if content.event is None else _sample(sampler, content.event, ())
    if isinstance(event, Unsatisfiable):
        return event
    return {**(event if isinstance(event, dict) else {}), "data": value}


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
