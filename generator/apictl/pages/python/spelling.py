"""A contract in Python's words: what server, client, samples and tests of one service have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from apictl.contract.contract import Contract
from apictl.contract.operation import Header, Operation, Parameter, Response
from apictl.contract.pagination import Pagination
from apictl.contract.schema import Schema
from apictl.contract.security import SecurityScheme
from apictl.findings import Finding
from apictl.pages.python.contents import SpelledContent
from apictl.pages.python.identities import Identity
from apictl.pages.python.keeping import Names


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
        annotation: union over all contents that are one value; over the streams where there are only such.
        is_required: as declared; true for responses.
        event_keys: as long as `contents`; those of whole events.
    """

    contents: tuple[SpelledContent, ...]
    keys: tuple[str, ...]
    annotation: str
    is_required: bool
    event_keys: tuple[str, ...] = ()

    @property
    def argument_annotation(self) -> str:
        """The annotation of the `body` argument."""
        return self.annotation if self.is_required or self.annotation == "Any" else _optional(self.annotation)

    @property
    def is_streamed(self) -> bool:
        """Whether it is one item after another, whatever its media type."""
        return all(content.is_streamed for content in self.contents)

    @property
    def items(self) -> tuple[str, ...]:
        """Annotations of what can be read piece by piece: items of streams, and bytes."""
        pieces = (content.item or "bytes" for content in self.contents if content.comes_in_pieces)
        return tuple(dict.fromkeys(pieces))

    @property
    def service_annotation(self) -> str:
        """The annotation of what a service answers, which may come piece by piece."""
        streams = [f"AsyncIterable[{item}]" for item in self.items]
        return " | ".join(dict.fromkeys([*([] if self.is_streamed else [self.annotation]), *streams]))

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

    @property
    def service_annotation(self) -> str:
        """The annotation of the body as a service gives it; "None" when there is none."""
        return "None" if self.body is None else self.body.service_annotation


@dataclass(frozen=True, slots=True)
class SpelledPaging:
    """How an operation lists page by page.

    Attributes:
        pagination: as declared or recognised.
        argument: that asks for a page; "" of links.
        item: annotation of an item.
    """

    pagination: Pagination
    argument: str
    item: str


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
        paging: None unless it lists page by page.
    """

    operation: Operation
    function: str
    constant: str
    parameters: tuple[SpelledParameter, ...]
    body: SpelledBody | None
    answers: tuple[SpelledAnswer, ...]
    returns: str
    paging: SpelledPaging | None = None

    @property
    def takes_principal(self) -> bool:
        """Whether the service's method is told who calls: some credential is asked for, be it optional."""
        return any(self.operation.security)

    @property
    def successes(self) -> tuple[SpelledAnswer, ...]:
        """The answers that a call returns."""
        return tuple(answer for answer in self.answers if answer.is_success)

    @property
    def service_returns(self) -> str:
        """Annotation of what a service returns."""
        returned = (
            f"results.{each.class_name}" if each.class_name else each.service_annotation for each in self.successes
        )
        return " | ".join(dict.fromkeys(returned)) or "None"

    @property
    def items(self) -> str:
        """Annotation of what successes are made of that can be read piece by piece; "" when none can."""
        bodies = [answer.body for answer in self.successes if answer.body is not None]
        return " | ".join(dict.fromkeys(item for body in bodies for item in body.items))

    @property
    def is_streamed(self) -> bool:
        """Whether every success is a stream."""
        successes = self.successes
        return bool(successes) and all(each.body is not None and each.body.is_streamed for each in successes)

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
        identities: by definition; what tells it from the others whatever changes around it.
        groups: by tag, in the contract's order; never an empty group.
        schemes: security schemes in the contract's order.
        judged: schemas of `contract.json` that are no definitions, by key.
        findings: about what Python can't say as the contract does.
        names: those that were chosen so far, and those of earlier runs.
    """

    contract: Contract
    package: str
    distribution: str
    stem: str
    class_names: Mapping[str, str]
    identities: Mapping[str, Identity]
    groups: tuple[SpelledGroup, ...]
    schemes: tuple[SpelledScheme, ...]
    judged: Mapping[str, Schema]
    findings: tuple[Finding, ...] = ()
    names: Names = field(default_factory=Names)

    @property
    def root(self) -> str:
        """Import name of the package that holds models and support: `package`, or what that is in."""
        return self.package.partition(".")[0]

    @property
    def folder(self) -> PurePosixPath:
        """Where `package` is kept, in the folder of the service."""
        return PurePosixPath("python", *self.package.split("."))

    @property
    def has_requests(self) -> bool:
        """Whether there is a contract of requests, be it empty, and not of events alone."""
        return self.contract.events is None or bool(self.contract.source)

    @property
    def operations(self) -> tuple[SpelledOperation, ...]:
        """All operations, group by group."""
        return tuple(operation for group in self.groups for operation in group.operations)
