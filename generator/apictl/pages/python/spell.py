"""Spells a contract: chooses every Python name and annotation once, for all emitters."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from apictl.contract.contract import Contract
from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType, Operation, Parameter, Response
from apictl.contract.schema import Schema, reference_name
from apictl.pages.python import names
from apictl.pages.python.annotations import annotation, union
from apictl.pages.python.contents import resolve, spell_contents
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
from apictl.pages.python.statuses import phrase, successes

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
    }
)
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
        )

    @functools.cached_property
    def class_names(self) -> Mapping[str, str]:
        return names.unique(self.contract.definitions, lambda name: names.pascal(name, "Model"))

    @property
    def _annotations(self) -> Mapping[str, str]:
        """The class names, with `None` beside a class whose definition accepts null, too."""
        definitions = self.contract.definitions
        return {
            name: f"{class_name} | None" if _accepts_null(definitions[name].schema) else class_name
            for name, class_name in self.class_names.items()
        }

    def _groups(self) -> tuple[SpelledGroup, ...]:
        contract = self.contract
        class_names = self._annotations
        ids = [operation.id for operation in contract.operations]
        functions = names.unique(ids, lambda wire: names.snake(wire, "operation"), reserved=_METHODS_TAKEN)
        stems = names.unique(ids, lambda wire: names.pascal(wire, "Operation"))
        spelled = [
            (operation.tag, self._operation(operation, functions[operation.id], (stems[operation.id], class_names)))
            for operation in contract.operations
        ]
        described = {tag.name: tag.description for tag in contract.tags}
        used = list(dict.fromkeys(tag for tag, _ in spelled))
        ordered = sorted(used, key=lambda tag: list(described).index(tag) if tag in described else len(described))
        labels = {tag: tag or contract.service for tag in ordered}
        attributes = names.unique(labels.values(), lambda tag: names.snake(tag, "group"), reserved=_GROUPS_TAKEN)
        class_stems = names.unique(labels.values(), lambda tag: names.pascal(tag, "Group"))
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

    def _operation(self, operation: Operation, function: str, scope: tuple[str, Mapping[str, str]]) -> SpelledOperation:
        stem, class_names = scope
        request = operation.request_body
        body = (
            None
            if request is None
            else self._body(request.contents, f"{operation.id}/body", class_names, is_required=request.is_required)
        )
        answers = self._answers(operation, stem, class_names)
        returned = [
            f"results.{answer.class_name}" if answer.class_name else answer.body_annotation
            for answer in answers
            if answer.is_success
        ]
        return SpelledOperation(
            operation=operation,
            function=function,
            constant=function.rstrip("_").upper(),
            parameters=self._parameters(operation, class_names),
            body=body,
            answers=answers,
            returns=union(returned) if returned else "None",
        )

    def _parameters(self, operation: Operation, class_names: Mapping[str, str]) -> tuple[SpelledParameter, ...]:
        wire = [_wire_key(parameter) for parameter in operation.parameters]
        plain = {_wire_key(parameter): parameter.name for parameter in operation.parameters}
        arguments = names.unique(wire, lambda key: names.snake(plain[key], "parameter"), reserved=_ARGUMENTS_TAKEN)
        spelled = [
            SpelledParameter(
                parameter=parameter,
                argument=arguments[_wire_key(parameter)],
                annotation=annotation(parameter.schema, class_names),
                key=self._key(f"{operation.id}/{parameter.location.value}/{parameter.name}", parameter.schema),
                has_default=not parameter.is_required
                and default_of(parameter.schema, self.contract.definitions) is not None,
            )
            for parameter in operation.parameters
        ]
        return tuple(sorted(spelled, key=lambda parameter: not parameter.parameter.is_required))

    def _answers(self, operation: Operation, stem: str, class_names: Mapping[str, str]) -> tuple[SpelledAnswer, ...]:
        good = successes(operation.responses)
        return tuple(
            self._answer(operation, response, (stem, class_names, _class_kind(response, good)))
            for response in operation.responses
        )

    def _answer(
        self, operation: Operation, response: Response, scope: tuple[str, Mapping[str, str], str]
    ) -> SpelledAnswer:
        stem, class_names, kind = scope
        prefix = f"{operation.id}/{response.status}"
        attributes = names.unique(
            [header.name for header in response.headers],
            lambda name: names.snake(name, "header"),
            reserved=_ATTRIBUTES_TAKEN,
        )
        return SpelledAnswer(
            response=response,
            body=self._body(response.contents, prefix, class_names) if response.contents else None,
            headers=tuple(
                SpelledHeader(
                    header=header,
                    attribute=attributes[header.name],
                    annotation=annotation(header.schema, class_names),
                    key=self._key(f"{prefix}/header/{header.name}", header.schema),
                )
                for header in response.headers
            ),
            is_success=kind != "error",
            class_name="" if kind == "plain" else f"{stem}{_phrase(response.status, kind)}",
        )

    def _body(
        self, contents: Sequence[MediaType], prefix: str, class_names: Mapping[str, str], *, is_required: bool = True
    ) -> SpelledBody:
        spelled = spell_contents(contents, class_names, self.contract.definitions)
        return SpelledBody(
            contents=spelled,
            keys=tuple(
                self._key(f"{prefix}/{content.media_type.name}", content.media_type.schema)
                if content.is_judged and content.media_type.schema is not None
                else ""
                for content in spelled
            ),
            annotation=union(content.annotation for content in spelled),
            is_required=is_required,
        )

    def _key(self, role: str, schema: Schema) -> str:
        """Return the key that judges *schema*: the definition it refers to, else *role*, which is entered."""
        name = reference_name(schema)
        if name is not None and isinstance(schema, Mapping) and len(schema) == 1:
            return name
        self.judged[role] = schema
        return role


def _accepts_null(schema: Schema) -> bool:
    """Whether *schema* itself names null among its types or members."""
    if not isinstance(schema, Mapping):
        return False
    types, members = schema.get("type"), schema.get("enum")
    return (isinstance(types, list) and "null" in types) or (isinstance(members, list) and None in members)


def _wire_key(parameter: Parameter) -> str:
    return f"{parameter.name} {parameter.location.value}"


def _class_kind(response: Response, good: Sequence[Response]) -> str:
    """Return "error", "result" (a class carries body and headers) or "plain" (the body is returned as it is)."""
    if response not in good:
        return "error"
    return "result" if len(good) > 1 or response.headers else "plain"


def _phrase(status: str, kind: str) -> str:
    return "Response" if status == "default" and kind == "result" else phrase(status)


def default_of(schema: Schema, definitions: Mapping[str, Definition]) -> object:
    """Return the default that *schema* declares, beside a reference or behind it; None when there is none."""
    if isinstance(schema, Mapping) and schema.get("default") is not None:
        return schema["default"]
    resolved = resolve(schema, definitions)
    return resolved.get("default") if isinstance(resolved, Mapping) else None
