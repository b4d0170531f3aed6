"""What is compared: the same thing in both contracts, or one that only one of them has."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

from apictl.contract.contract import Tag
from apictl.contract.definition import Definition
from apictl.contract.links import Link
from apictl.contract.operation import Callback, Encoding, Header, MediaType, Operation, Parameter, RequestBody, Response
from apictl.contract.schema import JsonValue
from apictl.contract.security import SecurityScheme
from apictl.diff.demands import Demands
from apictl.diff.schemas.difference import SchemaAt
from apictl.diff.spot import Spot
from apictl.findings import Place

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Pair(Generic[T]):
    """The same thing in two contracts.

    Attributes:
        old: None when it was added.
        new: None when it was removed.
        spot: where it stands.
    """

    old: T | None
    new: T | None
    spot: Spot


@dataclass(frozen=True, slots=True)
class ServerPair(Pair[str]):
    """A server of the contract or of one operation, by its url with every variable replaced.

    Attributes:
        is_listed: both contracts list servers there; without a list the service answers where its document is served.
    """

    is_listed: bool = True


@dataclass(frozen=True, slots=True)
class TagPair(Pair[Tag]):
    """A group of operations."""


@dataclass(frozen=True, slots=True)
class SchemePair(Pair[SecurityScheme]):
    """A way to authenticate.

    Attributes:
        is_used: some operation of the old contract asks for it.
        old_scopes: that operations of the old contract ask for with it.
        new_scopes: that operations of the new contract ask for with it.
    """

    is_used: bool = False
    old_scopes: frozenset[str] = frozenset()
    new_scopes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class OperationPair(Pair[Operation]):
    """An operation, also one of a webhook or callback.

    Attributes:
        is_moved: only its id says that both are the same.
    """

    is_moved: bool = False


@dataclass(frozen=True, slots=True)
class CallbackPair(Pair[Callback]):
    """Requests that an operation announces; its operations are pairs of their own when both contracts have it."""


@dataclass(frozen=True, slots=True)
class Life:
    """How long something is promised to stay.

    Attributes:
        place: of the operation or parameter.
        is_deprecated: as declared.
        sunset: when it goes, as written in `x-sunset`; "" when nothing is said.
        stability: as written in `x-stability-level`; "" when nothing is said.
    """

    place: Place
    is_deprecated: bool
    sunset: str
    stability: str


@dataclass(frozen=True, slots=True)
class LifePair(Pair[Life]):
    """What both contracts promise about the life of an operation or parameter."""


@dataclass(frozen=True, slots=True)
class DemandsPair(Pair[Demands]):
    """What both contracts ask of callers who want to be let in."""


class Repetition(enum.Enum):
    """What became of writing one value into writing an array of one, which is the same text."""

    SAME = "same"
    GAINED = "gained"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class ParameterPair(Pair[Parameter]):
    """A parameter.

    Attributes:
        is_scalar: its values are no arrays and no objects, so that explode means nothing.
        repetition: whether only one contract lets it stand more than once, as `?tag=a&tag=b`.
    """

    is_scalar: bool = False
    repetition: Repetition = Repetition.SAME


@dataclass(frozen=True, slots=True)
class BodyPair(Pair[RequestBody]):
    """A request body."""


@dataclass(frozen=True, slots=True)
class MediaTypePair(Pair[MediaType]):
    """A representation of a body.

    Attributes:
        is_asked_for: of an answer of the service, of whose representations the caller chooses one by `Accept`.
    """

    is_asked_for: bool = False


@dataclass(frozen=True, slots=True)
class EncodingPair(Pair[Encoding]):
    """How one property of a form is written; None is what holds without a declaration.

    Attributes:
        is_scalar: the property is neither array nor object, so that style and explode mean nothing.
    """

    is_scalar: bool = False


@dataclass(frozen=True, slots=True)
class ResponsePair(Pair[Response]):
    """An answer.

    Attributes:
        status: that is spoken of.
        has_success_left: some success is declared by both contracts, this one apart.
        is_covered: a range or `default` of the contract that lacks the status speaks of it.
    """

    status: str = ""
    has_success_left: bool = True
    is_covered: bool = False


@dataclass(frozen=True, slots=True)
class HeaderPair(Pair[Header]):
    """A header of an answer or of a part of a form.

    Attributes:
        is_scalar: its values are no arrays and no objects.
    """

    is_scalar: bool = False


@dataclass(frozen=True, slots=True)
class LinkPair(Pair[Link]):
    """A way from an answer to another operation.

    Attributes:
        leads_elsewhere: the new link leads to another operation than the old one.
        old_passed: what the old link passes on: parameters as the new contract calls them, and values as text.
        new_passed: the same of the new link.
    """

    leads_elsewhere: bool = False
    old_passed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    new_passed: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Documentation:
    """What is said to people of one thing.

    Attributes:
        fields: that the other contract has otherwise, as OpenAPI calls them.
    """

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentationPair(Pair[Documentation]):
    """What both contracts say to people of one thing, and not in the same words; both are there."""


@dataclass(frozen=True, slots=True)
class SchemaPair(Pair[SchemaAt]):
    """Schemas of the same value; both are there.

    Attributes:
        root: what the value is called at the head of a path into it: "body", "limit".
        written: both as the documents have them, where they are compared otherwise: of a value that is sent as text.
    """

    root: str = "body"
    written: tuple[SchemaAt, SchemaAt] | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Values that are known today; readers are told to expect others (`x-extensible-enum`).

    Attributes:
        values: in the document's order.
    """

    values: tuple[JsonValue, ...]


@dataclass(frozen=True, slots=True)
class ListingPair(Pair[Listing]):
    """Two lists of known values of one part of a value; both are there."""


@dataclass(frozen=True, slots=True)
class Definitions:
    """The named schemas of both contracts."""

    old: Mapping[str, Definition]
    new: Mapping[str, Definition]
