"""Requests prepared from a contract: for each operation the plainest valid one, and wrong ones a step away from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeAlias

from apictl.contract.operation import Operation, Parameter, ParameterLocation
from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import JsonValue, Schema
from apictl.emitters.contract_tests import wire
from apictl.emitters.contract_tests.ambiguities import ambiguities
from apictl.emitters.contract_tests.bodies import WireBody, wire_body
from apictl.emitters.contract_tests.lenient import lenient_bodies
from apictl.emitters.contract_tests.reasons import Reasons
from apictl.pages.python.contents import SpelledContent
from apictl.pages.python.spelling import SpelledContract, SpelledOperation
from apictl.support.declarations import Kind

Entry: TypeAlias = "dict[str, JsonValue]"

_WRONG_BODIES = 12
_WRONG_PARAMETERS = 2
_TRIED = 12
_DOCUMENTS = frozenset({Kind.JSON, Kind.YAML})
_UNDECLARED = "application/x-undeclared"


@dataclass(frozen=True, slots=True)
class Request:
    """A request by its values.

    Attributes:
        values: of parameters that are sent.
        content: of the body; None when there is none.
        body: its value.
    """

    values: tuple[tuple[Parameter, JsonValue], ...]
    content: SpelledContent | None = None
    body: JsonValue = None


class Cases:
    """Makes the cases of one contract."""

    def __init__(self, spelled: SpelledContract) -> None:
        """Take values from the schemas of *spelled*."""
        self._spelled = spelled
        schemas = {name: definition.schema for name, definition in spelled.contract.definitions.items()}
        self._sampler = Sampler(schemas)
        self._reasons = Reasons(schemas)

    def entry(self, spelled: SpelledOperation) -> Entry:
        """Return what `cases.json` says of *spelled*."""
        operation = spelled.operation
        request = self._request(spelled)
        valid = None if request is None else _written(operation, request)
        wrong = [] if request is None or valid is None else list(self._wrong(operation, request))
        return {
            "id": operation.id,
            "method": operation.method,
            "path": operation.path,
            "source": operation.place.path,
            "pointer": operation.place.pointer,
            "security": [[requirement.scheme for requirement in each] for each in operation.security],
            "statuses": [response.status for response in operation.responses],
            "ambiguities": ambiguities(operation, self._spelled.contract.definitions),
            "valid": valid,
            "wrong": [*wrong],
        }

    def _request(self, spelled: SpelledOperation) -> Request | None:
        """Return the plainest valid request; None when no value of a schema is found."""
        required = [parameter for parameter in spelled.operation.parameters if parameter.is_required]
        try:
            values = tuple((each, self._value(each.schema, each.examples)) for each in required)
            if spelled.body is None or not spelled.body.is_required:
                return Request(values)
            content = spelled.body.contents[0]
            return Request(values, content, self._body(content))
        except Unsatisfiable:
            return None

    def _body(self, content: SpelledContent) -> JsonValue:
        """Return the plainest body of *content*; one with more in it where the plainest has no spelling."""
        schema = _body_schema(content)
        plainest = self._value(schema, content.media_type.examples)
        others = (self._sampler.sample(schema, seed=seed) for seed in range(1, _TRIED))
        return next((body for body in chain((plainest,), others) if _is_writable(content, body)), plainest)

    def _value(self, schema: Schema, examples: tuple[JsonValue, ...]) -> JsonValue:
        good = (example for example in examples if self._sampler.is_meant(schema, example))
        for example in good:
            return example
        return self._sampler.sample(schema)

    def _wrong(self, operation: Operation, request: Request) -> Iterator[Entry]:
        for parameter in operation.parameters:
            yield from self._without(operation, request, parameter)
            yield from self._wrong_values(operation, request, parameter)
        if request.content is not None:
            yield from self._wrong_bodies(request.content, request.body)

    def _without(self, operation: Operation, request: Request, parameter: Parameter) -> Iterator[Entry]:
        if parameter.is_required and parameter.location is not ParameterLocation.PATH:
            values = tuple((each, value) for each, value in request.values if each is not parameter)
            written = _written(operation, Request(values))
            if written is not None:
                yield {"why": f"{_name(parameter)} is missing", **written}

    def _wrong_values(self, operation: Operation, request: Request, parameter: Parameter) -> Iterator[Entry]:
        """Yield requests with values of *parameter* whose text no reading makes valid."""
        others = tuple((each, value) for each, value in request.values if each is not parameter)
        found = 0
        for value in self._refused(parameter.schema, _TRIED):
            text = wire.plain_text(value)
            if isinstance(value, list | dict) or any(self._is_valid(parameter.schema, one) for one in _readings(text)):
                continue
            written = _written(operation, Request((*others, (parameter, value))))
            if written is None:
                continue
            yield {"why": f"{_name(parameter)}: {self._reasons.of(parameter.schema, value)}", **written}
            found += 1
            if found >= _WRONG_PARAMETERS:
                return

    def _wrong_bodies(self, content: SpelledContent, body: JsonValue) -> Iterator[Entry]:
        written = wire_body(content, body)
        if "*/*" not in content.media_type.name:
            yield _with_body(f"the media type {_UNDECLARED} is not declared", WireBody(_UNDECLARED, written.content))
        yield {"why": "the body is missing", "body": None, "media_type": None}
        if content.kind not in _DOCUMENTS:
            return
        yield _with_body(f"the body is no {content.kind.name}", WireBody(written.media_type, {"text": "{"}))
        schema = _body_schema(content)
        for why, value in lenient_bodies(schema, body, (self._sampler, self._spelled.contract.definitions)):
            if not self._is_valid(schema, value):
                yield _with_body(why, wire_body(content, value))
        for value in self._refused(schema, _WRONG_BODIES):
            yield _with_body(f"body: {self._reasons.of(schema, value)}", wire_body(content, value))

    def _refused(self, schema: Schema, count: int) -> Iterator[JsonValue]:
        try:
            yield from islice(self._sampler.invalid(schema, count=count), count)
        except Unsatisfiable:
            return

    def _is_valid(self, schema: Schema, value: JsonValue) -> bool:
        try:
            return self._sampler.is_valid(schema, value)
        except Unsatisfiable:
            return True


def _is_writable(content: SpelledContent, body: JsonValue) -> bool:
    try:
        wire_body(content, body)
    except wire.Unwritable:
        return False
    return True


def _body_schema(content: SpelledContent) -> Schema:
    return True if content.judged is None else content.judged


def _name(parameter: Parameter) -> str:
    return f"{parameter.location.value} {parameter.name}"


def _readings(text: str) -> Iterator[JsonValue]:
    """Yield every value that a lenient reader may see in *text*."""
    yield text
    yield [text]
    yield {text: ""}
    for spelling in (text, text.strip().lower()):
        try:
            value: JsonValue = json.loads(spelling)
        except ValueError:
            continue
        yield value
        yield [value]
    if text == "":
        yield None
        yield []


def _with_body(why: str, body: WireBody) -> Entry:
    return {"why": why, "body": {**body.content}, "media_type": body.media_type}


def _written(operation: Operation, request: Request) -> Entry | None:
    """Return *request* as it is sent; None when a value has no spelling in its place."""
    path, query, headers, cookies = operation.path, [], [], []
    try:
        for parameter, value in request.values:
            match parameter.location:
                case ParameterLocation.PATH:
                    path = path.replace(f"{{{parameter.name}}}", wire.path_text(parameter, value))
                case ParameterLocation.QUERY | ParameterLocation.QUERYSTRING:
                    query.append(wire.query_text(parameter, value))
                case ParameterLocation.HEADER:
                    headers.append((parameter.name, wire.header_text(parameter, value)))
                case ParameterLocation.COOKIE:
                    cookies.append(wire.cookie_text(parameter, value))
        body = None if request.content is None else wire_body(request.content, request.body)
    except wire.Unwritable:
        return None
    if cookies:
        headers.append(("Cookie", "; ".join(cookies)))
    entry: Entry = {"path": path, "query": "&".join(filter(None, query)), "headers": [[*pair] for pair in headers]}
    if body is not None:
        entry |= {"body": {**body.content}, "media_type": body.media_type}
    return entry
