"""Operations: a request with its parameters and body, the responses it may get."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from apictl.contract.links import Link
from apictl.contract.pagination import Pagination
from apictl.contract.schema import JsonValue, Schema
from apictl.contract.security import SecurityRequirement
from apictl.findings import Place


class ParameterLocation(enum.Enum):
    """Where a parameter stands in the request (OpenAPI 3.2, Parameter Object, `in`)."""

    PATH = "path"
    QUERY = "query"
    QUERYSTRING = "querystring"
    """The whole query is one document, without a name."""
    HEADER = "header"
    COOKIE = "cookie"


class Style(enum.Enum):
    """How a value is written as text (OpenAPI 3.2, Style Values)."""

    MATRIX = "matrix"
    LABEL = "label"
    SIMPLE = "simple"
    FORM = "form"
    SPACE_DELIMITED = "spaceDelimited"
    PIPE_DELIMITED = "pipeDelimited"
    DEEP_OBJECT = "deepObject"
    COOKIE = "cookie"
    """As `form`, and nothing is percent-encoded."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation, with the document's defaults filled in.

    Attributes:
        name: on the wire.
        location: in the request.
        schema: of the value.
        place: of the Parameter Object (after its `$ref`).
        description: CommonMark text; "" when absent.
        is_required: always true in a path.
        is_deprecated: as declared.
        style: how the value is written; meaningless when `media_type` is given.
        explode: whether each item or property is written by itself.
        allow_reserved: whether RFC 3986 reserved characters stay unescaped.
        allow_empty: whether a query may name it without a value.
        media_type: of a `content` parameter, whose value is one document of that type; never None for a whole query.
        examples: values, in the document's order.
        sunset: when it goes, as written in `x-sunset`; "" when nothing is said.
        stability: level as written in `x-stability-level`; "" when nothing is said.
    """

    name: str
    location: ParameterLocation
    schema: Schema
    place: Place
    description: str = ""
    is_required: bool = False
    is_deprecated: bool = False
    style: Style = Style.FORM
    explode: bool = True
    allow_reserved: bool = False
    allow_empty: bool = False
    media_type: str | None = None
    examples: tuple[JsonValue, ...] = ()
    sunset: str = ""
    stability: str = ""


@dataclass(frozen=True, slots=True)
class Header:
    """A response header or a header of a multipart part; always style `simple`.

    Attributes:
        name: as written; compared without case.
        schema: of the value.
        place: of the Header Object (after its `$ref`).
        description: CommonMark text; "" when absent.
        is_required: as declared.
        explode: whether each property is written as `name=value`.
        media_type: of a `content` header.
    """

    name: str
    schema: Schema
    place: Place
    description: str = ""
    is_required: bool = False
    explode: bool = False
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one property of a form is written (OpenAPI 3.1, Encoding Object).

    Attributes:
        content_type: comma-separated media types or ranges; None for the default of the property's schema.
        style: None unless style, explode or allowReserved is declared; `SIMPLE` when items are joined by commas before
            the whole is escaped.
        explode: as declared or by default of the style.
        allow_reserved: as declared.
        headers: of the part, `multipart` only.
    """

    content_type: str | None = None
    style: Style | None = None
    explode: bool = True
    allow_reserved: bool = False
    headers: tuple[Header, ...] = ()


@dataclass(frozen=True, slots=True)
class MediaType:
    """One representation of a body.

    Attributes:
        name: media type or range as written (`application/json`, `image/*`).
        schema: of the decoded value; None when nothing is declared.
        place: of the Media Type Object (after its `$ref`).
        encodings: by property name.
        examples: values, in the document's order.
        item_schema: of each item of a sequence (`text/event-stream`, `application/jsonl`, `multipart/mixed` …); None
            when nothing is declared.
        prefix_encodings: of the first parts of a sequence, by position.
        item_encoding: of each part of a sequence behind these; None when nothing is declared.
    """

    name: str
    schema: Schema | None
    place: Place
    encodings: Mapping[str, Encoding] = field(default_factory=lambda: MappingProxyType({}))
    examples: tuple[JsonValue, ...] = ()
    item_schema: Schema | None = None
    prefix_encodings: tuple[Encoding, ...] = ()
    item_encoding: Encoding | None = None


@dataclass(frozen=True, slots=True)
class RequestBody:
    """What a request carries.

    Attributes:
        contents: in the document's order; never empty.
        place: of the Request Body Object (after its `$ref`).
        description: CommonMark text; "" when absent.
        is_required: as declared.
    """

    contents: tuple[MediaType, ...]
    place: Place
    description: str = ""
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Response:
    """One declared answer.

    Attributes:
        status: "200" … "599", a range "1XX" … "5XX" in upper case, or "default".
        place: of the Response Object (after its `$ref`).
        description: CommonMark text; "" when absent.
        contents: in the document's order; empty when there is no body.
        headers: without `Content-Type`, which OpenAPI ignores there.
        links: to other operations, in the document's order.
        summary: one line; "" when absent.
    """

    status: str
    place: Place
    description: str = ""
    contents: tuple[MediaType, ...] = ()
    headers: tuple[Header, ...] = ()
    links: tuple[Link, ...] = ()
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Callback:
    """Requests that the service makes to an address found in the triggering request.

    Attributes:
        name: key in the `callbacks` of the operation.
        expression: runtime expression that gives the address.
        operations: requests made there; their `path` is the expression.
    """

    name: str
    expression: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """One request the contract declares.

    Attributes:
        id: `operationId`, or made of method and path when there is none; unique in the contract.
        method: in upper case; one that OpenAPI has no field for as written, for methods differ by case (RFC 9110, 9.1).
        path: template as written, with a leading slash.
        place: of the Operation Object.
        summary: one line; "" when absent.
        description: CommonMark text; "" when absent.
        tag: the first tag; "" when untagged.
        is_deprecated: as declared.
        parameters: path item's and operation's merged, in the document's order.
        request_body: None when none is declared.
        responses: in the document's order; never empty for a readable document.
        security: alternatives (or), each a tuple of requirements (and); an empty alternative allows
            anonymous calls; an empty tuple asks for nothing.
        callbacks: in the document's order.
        servers: urls that replace the contract's for this operation, with variables replaced; empty when none do.
        tags: all of them, in the document's order.
        has_declared_id: `id` is the document's `operationId`.
        security_place: where `security` is declared, be it for the whole document; None when it is not.
        sunset: when it goes, as written in `x-sunset`; "" when nothing is said.
        stability: level as written in `x-stability-level`; "" when nothing is said.
        pagination: as declared by `x-apictl-pagination`; None when nothing is.
    """

    id: str
    method: str
    path: str
    place: Place
    summary: str = ""
    description: str = ""
    tag: str = ""
    is_deprecated: bool = False
    parameters: tuple[Parameter, ...] = ()
    request_body: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[tuple[SecurityRequirement, ...], ...] = ()
    callbacks: tuple[Callback, ...] = ()
    servers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    has_declared_id: bool = True
    security_place: Place | None = None
    sunset: str = ""
    stability: str = ""
    pagination: Pagination | None = None
