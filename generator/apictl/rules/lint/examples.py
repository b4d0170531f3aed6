"""Examples beside their schemas: all of a document are judged in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind

from apictl.contract.contract import Contract
from apictl.contract.definition import Definition
from apictl.contract.operation import Header, MediaType, Operation, Parameter
from apictl.contract.schema import JsonValue, Schema
from apictl.findings import Place
from apictl.readers.access import items, mapping
from apictl.readers.unions import causes
from apictl.rules.lint.rule import AsyncApi, OpenApi
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.values import shown


@dataclass(frozen=True, slots=True)
class Example:
    """A value that shows what a schema is for.

    Attributes:
        value: as written.
        place: of the value.
        schema: that it should keep to; references are to definitions.
    """

    value: JsonValue
    place: Place
    schema: Schema


@dataclass(frozen=True, slots=True)
class Misfit:
    """An example that its schema refuses.

    Attributes:
        place: of what is wrong, in the example.
        message: what is wrong with it.
    """

    place: Place
    message: str


def misfits(scope: Scope) -> Iterator[Misfit]:
    """Yield what is wrong with the examples of the document, the first flaw of each."""
    one_sided = _one_sided(scope)
    yield from _judged([*_schema_examples(scope)], scope.parts.definitions, forgiven=one_sided)
    if scope.contract is not None:
        carried = [*_carried_examples(scope, scope.contract), *_event_examples(scope.contract)]
        yield from _judged(carried, scope.contract.definitions, forgiven=frozenset())


def _one_sided(scope: Scope) -> frozenset[str]:
    """Return the names of properties of one direction; an example of a schema may be of the other."""
    return frozenset(
        name
        for node in scope.objects(OpenApi.SCHEMA, AsyncApi.SCHEMA)
        for name, schema in mapping(node.fields.get("properties")).items()
        if mapping(schema).get("readOnly") is True or mapping(schema).get("writeOnly") is True
    )


def _judged(
    examples: Sequence[Example], definitions: Mapping[str, Definition], *, forgiven: frozenset[str]
) -> Iterator[Misfit]:
    """Yield the misfits among *examples*; one validator knows all schemas, so that each is compiled once."""
    if not examples:
        return
    schema: dict[str, JsonValue] = {
        "$defs": {name: _plain(definition.schema) for name, definition in definitions.items()},
        "prefixItems": [_plain(example.schema) for example in examples],
    }
    try:
        validator = Draft202012Validator(schema, validate_formats=False)
    except ValueError:
        return  # a pattern is none, say, which is told of by itself
    told: set[int] = set()
    for error in validator.iter_errors([example.value for example in examples]):
        index = error.instance_path[0]
        if isinstance(index, int) and index not in told and not _is_doubtful(error, forgiven):
            told.add(index)
            yield _misfit(examples[index], error)


def _misfit(example: Example, error: ValidationError) -> Misfit:
    """Return what is wrong with *example*: in the branch of a union that was meant, where that is clear."""
    cause = next(causes(error), error)
    if isinstance(cause, ValidationError):
        return Misfit(example.place.child(*cause.instance_path[1:]), _sentence(cause))
    return Misfit(example.place.child(*cause.path[1:]), _sentence(error))


def _is_doubtful(error: ValidationError, forgiven: frozenset[str]) -> bool:
    """Whether a member is missing that may be left out in one direction, or nobody can say whether a pattern fits."""
    match error.kind:
        case ValidationErrorKind.Required(name):
            return name in forgiven
        case ValidationErrorKind.BacktrackLimitExceeded() | ValidationErrorKind.RegexEngineFailure():
            return True
        case _:
            return False


def _sentence(error: ValidationError) -> str:
    """Return what is wrong, without the whole value that it is wrong with."""
    match error.kind:
        case ValidationErrorKind.Required(name):
            return f"{name[:60]!r} is missing, which is required"
        case ValidationErrorKind.Type(types):
            return f"{_cut(error.instance)} is no {' or '.join(sorted(types))}"
        case ValidationErrorKind.AdditionalProperties(unexpected):
            return f"{unexpected[0][:60]!r} is no property that may be there"
        case ValidationErrorKind.Enum():
            return f"{_cut(error.instance)} is none of the values of the enum"
        case ValidationErrorKind.OneOfMultipleValid():
            return f"{_cut(error.instance)} fits several branches of oneOf, and only one may"
        case ValidationErrorKind.AnyOf() | ValidationErrorKind.OneOfNotValid():
            return f"{_cut(error.instance)} fits no branch of {error.kind.name}"
        case ValidationErrorKind.FalseSchema():
            return "nothing may stand here in this direction"
        case _:
            return f"{_cut(error.instance)} does not keep to {error.kind.name!r}"


def _cut(value: object) -> str:
    match value:
        case dict():
            return "this object"
        case list():
            return "this array"
        case _:
            return shown(value)  # type: ignore[arg-type] # what was judged is JSON


def _schema_examples(scope: Scope) -> Iterator[Example]:
    converter = scope.parts.converter
    if converter is None:
        return
    for node in scope.objects(OpenApi.SCHEMA, AsyncApi.SCHEMA):
        fields = node.fields
        if "example" not in fields and "examples" not in fields:
            continue
        schema = converter.schema(node.place, node.value)
        if "example" in fields and scope.is_openapi:
            yield Example(fields["example"], node.place.child("example"), schema)
        for index, value in enumerate(items(fields.get("examples"))):
            yield Example(value, node.place.child("examples", index), schema)


def _carried_examples(scope: Scope, contract: Contract) -> Iterator[Example]:
    seen: set[Place] = set()
    for operation in _operations(contract):
        for holder in _holders(operation):
            if holder.place in seen or holder.schema is None:
                continue
            seen.add(holder.place)
            yield from _examples_of(scope, holder.place, holder.schema, is_text=_is_text(holder))


def _examples_of(scope: Scope, place: Place, schema: Schema, *, is_text: bool) -> Iterator[Example]:
    node = scope.at(place)
    if node is None:
        return
    if "example" in node.fields and not (is_text and isinstance(node.fields["example"], str)):
        yield Example(node.fields["example"], place.child("example"), schema)
    for name in mapping(node.fields.get("examples")):
        example = scope.child(node, "examples", name)
        if example is not None and "value" in example.fields:
            value = example.fields["value"]
            if not (is_text and isinstance(value, str)):
                yield Example(value, example.place.child("value"), schema)


def _is_text(holder: Parameter | Header | MediaType) -> bool:
    """Whether a text may be the whole body as it is on the wire, which no schema describes."""
    if not isinstance(holder, MediaType):
        return False
    essence = holder.name.partition(";")[0].strip().lower()
    return essence != "application/json" and not essence.endswith("+json")


def _operations(contract: Contract) -> Iterator[Operation]:
    pending = [*contract.operations, *contract.webhooks]
    for operation in pending:
        yield operation
        pending += [inner for callback in operation.callbacks for inner in callback.operations]


def _holders(operation: Operation) -> Iterator[Parameter | Header | MediaType]:
    yield from operation.parameters
    if operation.request_body is not None:
        yield from operation.request_body.contents
    for response in operation.responses:
        yield from response.headers
        yield from response.contents


def _event_examples(contract: Contract) -> Iterator[Example]:
    for message in contract.events.messages.values() if contract.events is not None else ():
        for example in message.examples:
            if example.headers is not None and message.headers is not None:
                yield Example(dict(example.headers), example.place.child("headers"), message.headers)
            if example.payload and message.payload is not None:
                yield Example(example.payload[0], example.place.child("payload"), message.payload.schema)


def _plain(schema: Schema) -> JsonValue:
    return schema if isinstance(schema, bool) else dict(schema)
