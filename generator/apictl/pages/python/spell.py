"""Spells a contract: chooses every Python name and annotation once, for all emitters."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from apictl.contract.contract import Contract
from apictl.contract.definition import Definition
from apictl.contract.operation import MediaType, Operation, Response
from apictl.contract.schema import Schema, reference_name
from apictl.findings import Finding, Place, warning
from apictl.pages.python import names
from apictl.pages.python.annotations import Annotations
from apictl.pages.python.answer_classes import AnswerClasses, Role, answer_classes
from apictl.pages.python.contents import SpelledContent, resolve, spell_contents
from apictl.pages.python.identities import Identity, identities
from apictl.pages.python.keeping import Names
from apictl.pages.python.lowering import Lowering, takes_null
from apictl.pages.python.naming import (
    OperationNames,
    argument_names,
    class_names,
    group_names,
    header_names,
    operation_names,
    scheme_names,
)
from apictl.pages.python.paging import misfits, spell_paging
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
from apictl.pages.python.streams import spell_request_contents, spell_success_contents
from apictl.pages.python.types import union


def spell(contract: Contract, *, package: str | None = None, kept: Names | None = None) -> SpelledContract:
    """Return *contract* in Python's words; *package* overrides the import name, *kept* has names that last."""
    chosen = package or names.package_name(contract.service)
    kept = kept or Names()
    known = identities(contract)
    return _Speller(contract, kept, class_names(contract, kept, known), known).spelled(chosen)


def spell_received(contract: Contract, whole: SpelledContract, *, package: str) -> SpelledContract:
    """Return *contract*, of what the service of *whole* sends, in Python's words; both have the same models."""
    return _Speller(contract, whole.names.of_receivers(), whole.class_names, whole.identities).spelled(package)


@dataclass(frozen=True)
class _Speller:
    """The names of one contract while they are chosen; `judged` grows as keys are given out."""

    contract: Contract
    names: Names
    class_names: Mapping[str, str]
    identities: Mapping[str, Identity]
    judged: dict[str, Schema] = field(default_factory=dict)

    def spelled(self, package: str) -> SpelledContract:
        contract = self.contract
        groups = self._groups()
        methods = scheme_names(contract.security_schemes, self.names)
        return SpelledContract(
            contract=contract,
            package=package,
            distribution=package.replace("_", "-"),
            stem=names.pascal(contract.service, "Service"),
            class_names=self.class_names,
            identities=self.identities,
            groups=groups,
            schemes=tuple(SpelledScheme(scheme, methods[name]) for name, scheme in contract.security_schemes.items()),
            judged=self.judged,
            findings=(
                *_impossible_contents(contract),
                *misfits(contract.operations, contract.definitions),
                *self.classes.findings,
            ),
            names=self.names,
        )

    @functools.cached_property
    def annotations(self) -> Annotations:
        nullable = (name for name, each in self.contract.definitions.items() if takes_null(each.schema))
        return Annotations(self.class_names, Lowering(frozenset(nullable)))

    @functools.cached_property
    def classes(self) -> AnswerClasses:
        return answer_classes(self.contract.operations, self.operation_names.stems, self.names)

    @functools.cached_property
    def operation_names(self) -> OperationNames:
        return operation_names(self.contract.operations, self.names)

    def _groups(self) -> tuple[SpelledGroup, ...]:
        contract, chosen = self.contract, self.operation_names
        spelled = [
            (each.tag, self._operation(each, chosen.functions[each.id], chosen.constants[each.id]))
            for each in contract.operations
        ]
        described = {tag.name: tag.description for tag in contract.tags}
        used = list(dict.fromkeys(tag for tag, _ in spelled))
        ordered = sorted(used, key=lambda tag: list(described).index(tag) if tag in described else len(described))
        groups = group_names(contract, ordered, self.names)
        return tuple(
            SpelledGroup(
                tag=tag,
                description=described.get(tag, ""),
                attribute=groups.attributes[tag],
                class_stem=groups.class_stems[tag],
                operations=tuple(operation for of_tag, operation in spelled if of_tag == tag),
            )
            for tag in ordered
        )

    def _operation(self, operation: Operation, function: str, constant: str) -> SpelledOperation:
        request = operation.request_body
        body = (
            None
            if request is None
            else self._body(self._sent(request.contents), f"{operation.id}/body", is_required=request.is_required)
        )
        parameters = self._parameters(operation)
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
            parameters=parameters,
            body=body,
            answers=answers,
            returns=" | ".join(returned) or "None",
            paging=spell_paging(operation, parameters, self.annotations, self.contract.definitions),
        )

    def _parameters(self, operation: Operation) -> tuple[SpelledParameter, ...]:
        arguments = argument_names(operation, self.names)
        spelled = [
            SpelledParameter(
                parameter=parameter,
                argument=arguments[parameter.name, parameter.location],
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
        attributes = header_names(operation, response, self.names) if response.headers else {}
        is_success = self.classes.roles[operation.id, response.status] is not Role.ERROR
        spell_all = self._success_contents if is_success else self._contents
        return SpelledAnswer(
            response=response,
            body=self._body(spell_all(contents), prefix) if contents else None,
            headers=tuple(
                SpelledHeader(
                    header=header,
                    attribute=attributes[header.name],
                    annotation=self.annotations.of(header.schema),
                    key=self._key(f"{prefix}/header/{header.name}", header.schema),
                )
                for header in response.headers
            ),
            is_success=is_success,
            class_name=self.classes.names.get((operation.id, response.status), ""),
        )

    def _contents(self, contents: Sequence[MediaType]) -> tuple[SpelledContent, ...]:
        return spell_contents(contents, self.annotations, self.contract.definitions)

    def _sent(self, contents: Sequence[MediaType]) -> tuple[SpelledContent, ...]:
        return spell_request_contents(contents, self.annotations, self.contract.definitions)

    def _success_contents(self, contents: Sequence[MediaType]) -> tuple[SpelledContent, ...]:
        return spell_success_contents(contents, self.annotations, self.contract.definitions)

    def _body(self, contents: tuple[SpelledContent, ...], prefix: str, *, is_required: bool = True) -> SpelledBody:
        whole = [content.type for content in contents if not content.is_streamed]
        streams = dict.fromkeys(f"AsyncIterable[{content.item}]" for content in contents)
        return SpelledBody(
            contents=contents,
            keys=tuple(self._key_of(f"{prefix}/{each.media_type.name}", each.judged) for each in contents),
            event_keys=tuple(self._key_of(f"{prefix}/{each.media_type.name}/event", each.event) for each in contents),
            annotation=self.annotations.text(union(whole)) if whole else " | ".join(streams),
            is_required=is_required,
        )

    def _key_of(self, role: str, schema: Schema | None) -> str:
        return "" if schema is None else self._key(role, schema)

    def _key(self, role: str, schema: Schema) -> str:
        """Return the key that judges *schema*: the definition it refers to, else *role*, which is entered."""
        name = reference_name(schema)
        if name is not None and isinstance(schema, Mapping) and len(schema) == 1:
            return name
        self.judged[role] = schema
        return role


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
