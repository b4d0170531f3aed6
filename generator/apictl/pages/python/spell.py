"""Spells a contract: chooses every Python name and annotation once, for all emitters."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from apictl.contract.contract import Contract
from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType, Operation, Parameter, Response
from apictl.contract.schema import Schema, reference_name
from apictl.findings import Finding, Place, warning
from apictl.pages.python import names
from apictl.pages.python.annotations import Annotations
from apictl.pages.python.answer_classes import AnswerClasses, Role, answer_classes
from apictl.pages.python.contents import resolve, spell_contents
from apictl.pages.python.lowering import Lowering, takes_null
from apictl.pages.python.spelling import (
    SpelledAnswer,
    SpelledBody,
    SpelledContract,
    SpelledGroup,
    SpelledHeader,
    SpelledOperation,
    SpelledParameter,
    SpelledScheme,
)
from apictl.pages.python.statuses import is_without_content
from apictl.pages.python.types import union

_ARGUMENTS_TAKEN = frozenset(
    {"self", "body", "content_type", "timeout_seconds", "models", "errors", "results", "operations"}
)
_ATTRIBUTES_TAKEN = frozenset(
    {"self", "body", "status", "args", "media_type", "headers", "add_note", "with_traceback", "declared_status"}
)
_GROUPS_TAKEN = frozenset(
    {
        "self",
        "security",
        "errors",
        "models",
        "results",
        "operations",
        "http",
        "app",
        "router",
        "responses",
        "close",
        "aclose",
        "settings",
        "authentication",
        "handlers",
        "service",
        "contract_router",
    }
)
_CONSTANTS_TAKEN = frozenset({"JUDGE", "OPERATIONS", "SECURITY_SCHEMES", "UUID"})
_METHODS_TAKEN = frozenset(
    {"self", "list", "dict", "tuple", "str", "int", "float", "bool", "bytes", "object", "date", "datetime"}
)


def spell(contract: Contract, *, package: str | None = None) -> SpelledContract:
    """Return *contract* in Python's words; *package* overrides the import name."""
    chosen = package or names.package_name(contract.service)
    return _Speller(contract).spelled(chosen)


@dataclass(frozen=True)
class _Speller:
    """The names of one contract while they are chosen; `judged` grows as keys are given out."""

    contract: Contract
    judged: dict[str, Schema] = field(default_factory=dict)

    def spelled(self, package: str) -> SpelledContract:
        contract = self.contract
        groups = self._groups()
        methods = names.unique(
            contract.security_schemes, lambda name: names.snake(name, "scheme"), reserved=_METHODS_TAKEN
        )
        return SpelledContract(
            contract=contract,
            package=package,
            distribution=package.replace("_", "-"),
            stem=names.pascal(contract.service, "Service"),
            class_names=self.class_names,
            groups=groups,
            schemes=tuple(SpelledScheme(scheme, methods[name]) for name, scheme in contract.security_schemes.items()),
            judged=self.judged,
            findings=(*_impossible_contents(contract), *self.classes.findings),
        )

    @functools.cached_property
    def class_names(self) -> Mapping[str, str]:
        return names.unique(self.contract.definitions, lambda name: names.pascal(name, "Model"))

    @functools.cached_property
    def annotations(self) -> Annotations:
        nullable = (name for name, each in self.contract.definitions.items() if takes_null(each.schema))
        return Annotations(self.class_names, Lowering(frozenset(nullable)))

    @functools.cached_property
    def classes(self) -> AnswerClasses:
        operations = self.contract.operations
        stems = names.unique([each.id for each in operations], lambda wire: names.pascal(wire, "Operation"))
        return answer_classes(operations, stems)

    def _groups(self) -> tuple[SpelledGroup, ...]:
        contract = self.contract
        functions = names.unique(
            [each.id for each in contract.operations],
            lambda wire: names.snake(wire, "operation"),
            reserved=_METHODS_TAKEN,
        )
        constants = names.unique(functions.values(), _constant, reserved=_CONSTANTS_TAKEN)
        spelled = [
            (each.tag, self._operation(each, functions[each.id], constants[functions[each.id]]))
            for each in contract.operations
        ]
        described = {tag.name: tag.description for tag in contract.tags}
        used = list(dict.fromkeys(tag for tag, _ in spelled))
        ordered = sorted(used, key=lambda tag: list(described).index(tag) if tag in described else len(described))
        labels = {tag: tag or _label_of_untagged(contract.service, used) for tag in ordered}
        attributes = names.unique(labels.values(), lambda tag: names.snake(tag, "group"), reserved=_GROUPS_TAKEN)
        class_stems = names.unique(labels.values(), _class_stem)
        return tuple(
            SpelledGroup(
                tag=tag,
                description=described.get(tag, ""),
                attribute=attributes[labels[tag]],
                class_stem=class_stems[labels[tag]],
                operations=tuple(operation for of_tag, operation in spelled if of_tag == tag),
            )
            for tag in ordered
        )

    def _operation(self, operation: Operation, function: str, constant: str) -> SpelledOperation:
        request = operation.request_body
        body = (
            None
            if request is None
            else self._body(request.contents, f"{operation.id}/body", is_required=request.is_required)
        )
        answers = tuple(self._answer(operation, response) for response in operation.responses)
        returned = dict.fromkeys(
            f"results.{answer.class_name}" if answer.class_name else answer.body_annotation
            for answer in answers
            if answer.is_success
        )
        return SpelledOperation(
            operation=operation,
            function=function,
            constant=constant,
            parameters=self._parameters(operation),
            body=body,
            answers=answers,
            returns=" | ".join(returned) or "None",
        )

    def _parameters(self, operation: Operation) -> tuple[SpelledParameter, ...]:
        wire = [_wire_key(parameter) for parameter in operation.parameters]
        plain = {_wire_key(parameter): parameter.name for parameter in operation.parameters}
        arguments = names.unique(wire, lambda key: names.snake(plain[key], "parameter"), reserved=_ARGUMENTS_TAKEN)
        spelled = [
            SpelledParameter(
                parameter=parameter,
                argument=arguments[_wire_key(parameter)],
                annotation=self.annotations.of(parameter.schema),
                key=self._key(f"{operation.id}/{parameter.location.value}/{parameter.name}", parameter.schema),
                has_default=not parameter.is_required
                and default_of(parameter.schema, self.contract.definitions) is not None,
            )
            for parameter in operation.parameters
        ]
        return tuple(sorted(spelled, key=lambda parameter: not parameter.parameter.is_required))

    def _answer(self, operation: Operation, response: Response) -> SpelledAnswer:
        prefix = f"{operation.id}/{response.status}"
        contents = () if is_without_content(operation.method, response.status) else response.contents
        attributes = names.unique(
            [header.name for header in response.headers],
            lambda name: names.snake(name, "header"),
            reserved=_ATTRIBUTES_TAKEN,
        )
        return SpelledAnswer(
            response=response,
            body=self._body(contents, prefix) if contents else None,
            headers=tuple(
                SpelledHeader(
                    header=header,
                    attribute=attributes[header.name],
                    annotation=self.annotations.of(header.schema),
                    key=self._key(f"{prefix}/header/{header.name}", header.schema),
                )
                for header in response.headers
            ),
            is_success=self.classes.roles[operation.id, response.status] is not Role.ERROR,
            class_name=self.classes.names.get((operation.id, response.status), ""),
        )

    def _body(self, contents: Sequence[MediaType], prefix: str, *, is_required: bool = True) -> SpelledBody:
        spelled = spell_contents(contents, self.annotations, self.contract.definitions)
        return SpelledBody(
            contents=spelled,
            keys=tuple(
                self._key(f"{prefix}/{content.media_type.name}", content.media_type.schema)
                if content.is_judged and content.media_type.schema is not None
                else ""
                for content in spelled
            ),
            annotation=self.annotations.text(union(content.type for content in spelled)),
            is_required=is_required,
        )

    def _key(self, role: str, schema: Schema) -> str:
        """Return the key that judges *schema*: the definition it refers to, else *role*, which is entered."""
        name = reference_name(schema)
        if name is not None and isinstance(schema, Mapping) and len(schema) == 1:
            return name
        self.judged[role] = schema
        return role


def _wire_key(parameter: Parameter) -> str:
    return f"{parameter.name} {parameter.location.value}"


def _constant(function: str) -> str:
    return function.rstrip("_").upper()


def _class_stem(label: str) -> str:
    """Return what the classes of a group begin or end with; the stub's `SampleSecurity` is of no group."""
    stem = names.pascal(label, "Group")
    return "SecurityGroup" if stem == "Security" else stem


def _label_of_untagged(service: str, tags: Sequence[str]) -> str:
    """Return what the group of operations without a tag is called: as the service, unless a tag is."""
    label = service
    while label in tags:
        label += " untagged"
    return label


def _impossible_contents(contract: Contract) -> Iterator[Finding]:
    """Yield a finding for each declared content that no answer ever has; nothing is generated for it."""
    seen: set[tuple[Place, str]] = set()
    for operation in contract.operations:
        for response in operation.responses:
            if response.contents and is_without_content(operation.method, response.status):
                answer = "to HEAD" if operation.method == "HEAD" else f"with status {response.status}"
                key = (response.place, answer)
                if key not in seen:
                    message = f"an answer {answer} has no content, what is declared here is never sent"
                    yield warning("content-impossible", response.place.child("content"), message)
                seen.add(key)


def default_of(schema: Schema, definitions: Mapping[str, Definition]) -> object:
    """Return the default that *schema* declares, beside a reference or behind it; None when there is none."""
    if isinstance(schema, Mapping) and schema.get("default") is not None:
        return schema["default"]
    resolved = resolve(schema, definitions)
    return resolved.get("default") if isinstance(resolved, Mapping) else None
