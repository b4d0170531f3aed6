"""A contract in Python's words: what server, client, samples and tests of one service have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apictl.contract.contract import Contract
from apictl.contract.operation import Header, Operation, Parameter, Response
from apictl.contract.schema import Schema
from apictl.contract.security import SecurityScheme
from apictl.findings import Finding
from apictl.pages.python.contents import SpelledContent


@dataclass(frozen=True, slots=True)
class SpelledParameter:
    """A parameter as a keyword argument.

    Attributes:
        parameter: as declared.
        argument: Python name.
        annotation: of a value that is there.
        key: of its schema in `contract.json`.
        has_default: whether the service always sees a value.
    """

    parameter: Parameter
    argument: str
    annotation: str
    key: str
    has_default: bool

    @property
    def service_annotation(self) -> str:
        """What the service's method sees."""
        always = self.parameter.is_required or self.has_default or self.annotation == "Any"
        return self.annotation if always else _optional(self.annotation)

    @property
    def client_annotation(self) -> str:
        """What the client's method takes."""
        always = self.parameter.is_required or self.annotation == "Any"
        return self.annotation if always else _optional(self.annotation)


def _optional(annotation: str) -> str:
    return annotation if annotation.endswith("None") else f"{annotation} | None"


@dataclass(frozen=True, slots=True)
class SpelledHeader:
    """A response header as an attribute."""

    header: Header
    attribute: str
    annotation: str
    key: str

    @property
    def attribute_annotation(self) -> str:
        """The annotation of the attribute, with `None` for an optional header."""
        return self.annotation if self.header.is_required else _optional(self.annotation)


@dataclass(frozen=True, slots=True)
class SpelledBody:
    """A body: its contents with their keys in `contract.json` ("" where nothing is judged).

    Attributes:
        contents: in the contract's order.
        keys: as long as `contents`.
        annotation: union over all contents.
        is_required: as declared; true for responses.
    """

    contents: tuple[SpelledContent, ...]
    keys: tuple[str, ...]
    annotation: str
    is_required: bool

    @property
    def argument_annotation(self) -> str:
        """The annotation of the `body` argument."""
        return self.annotation if self.is_required or self.annotation == "Any" else _optional(self.annotation)

    @property
    def media_types(self) -> tuple[str, ...]:
        """The declared media types, in the contract's order."""
        return tuple(content.media_type.name for content in self.contents)


@dataclass(frozen=True, slots=True)
class SpelledAnswer:
    """A declared response.

    Attributes:
        response: as declared.
        body: None when there is none.
        headers: as attributes.
        is_success: whether a call returns it; otherwise it is raised.
        class_name: of the result in `results.py` or the error in `errors.py`; "" when the body itself is returned.
    """

    response: Response
    body: SpelledBody | None
    headers: tuple[SpelledHeader, ...]
    is_success: bool
    class_name: str

    @property
    def body_annotation(self) -> str:
        """The annotation of the body; "None" when there is none."""
        return "None" if self.body is None else self.body.annotation


@dataclass(frozen=True, slots=True)
class SpelledOperation:
    """An operation as a method.

    Attributes:
        operation: as declared.
        function: name of the method.
        constant: name of its declaration in `operations.py`.
        parameters: as keyword arguments, required ones first.
        body: None when the request carries none.
        answers: in the contract's order.
        returns: annotation of the returned value.
    """

    operation: Operation
    function: str
    constant: str
    parameters: tuple[SpelledParameter, ...]
    body: SpelledBody | None
    answers: tuple[SpelledAnswer, ...]
    returns: str

    @property
    def successes(self) -> tuple[SpelledAnswer, ...]:
        """The answers that a call returns."""
        return tuple(answer for answer in self.answers if answer.is_success)

    @property
    def errors(self) -> tuple[SpelledAnswer, ...]:
        """The answers that a call raises."""
        return tuple(answer for answer in self.answers if not answer.is_success)


@dataclass(frozen=True, slots=True)
class SpelledScheme:
    """A security scheme with the method of the service's `Security` that judges its credential."""

    scheme: SecurityScheme
    method: str


@dataclass(frozen=True, slots=True)
class SpelledGroup:
    """The operations of one tag.

    Attributes:
        tag: as declared; "" for untagged operations.
        description: of the tag.
        attribute: Python name in snake_case, as `quotes`.
        class_stem: Python name in PascalCase, as `Quotes`.
        operations: in the contract's order.
    """

    tag: str
    description: str
    attribute: str
    class_stem: str
    operations: tuple[SpelledOperation, ...]


@dataclass(frozen=True, slots=True)
class SpelledContract:
    """A contract in Python's words.

    Attributes:
        contract: as read.
        package: import name, as `pricing_api`.
        distribution: name on a package index, as `pricing-api`.
        stem: PascalCase name of the service, as `Pricing`.
        class_names: by definition.
        groups: by tag, in the contract's order; never an empty group.
        schemes: security schemes in the contract's order.
        judged: schemas of `contract.json` that are no definitions, by key.
        findings: about what Python can't say as the contract does.
    """

    contract: Contract
    package: str
    distribution: str
    stem: str
    class_names: Mapping[str, str]
    groups: tuple[SpelledGroup, ...]
    schemes: tuple[SpelledScheme, ...]
    judged: Mapping[str, Schema]
    findings: tuple[Finding, ...] = ()

    @property
    def has_requests(self) -> bool:
        """Whether there is a contract of requests, be it empty, and not of events alone."""
        return self.contract.events is None or bool(self.contract.source)

    @property
    def operations(self) -> tuple[SpelledOperation, ...]:
        """All operations, group by group."""
        return tuple(operation for group in self.groups for operation in group.operations)
