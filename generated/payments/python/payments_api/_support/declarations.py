"""What a contract declares of its operations, in the form that server, client and tests share."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, Final, Generic, Literal, TypeVar

Result = TypeVar("Result", covariant=True)

Location = Literal["path", "query", "querystring", "header", "cookie"]
Style = Literal["matrix", "label", "simple", "form", "spaceDelimited", "pipeDelimited", "deepObject", "cookie"]


class Absent(enum.Enum):
    """The type of `ABSENT`."""

    ABSENT = "absent"


ABSENT: Final = Absent.ABSENT
"""Nothing was given: neither a value nor null."""


class Kind(enum.Enum):
    """How a body becomes a value."""

    # That of `Enum` is written in Python, and sets of kinds are asked about each body.
    __hash__ = object.__hash__

    JSON = "json"
    YAML = "yaml"
    """The values of JSON, in YAML."""
    FORM = "form"
    """`application/x-www-form-urlencoded`."""
    MULTIPART = "multipart"
    TEXT = "text"
    BINARY = "binary"
    """Any other media type: bytes as they are."""
    EVENTS = "events"
    """`text/event-stream`, one event after another; the data of each is JSON."""
    TEXT_EVENTS = "text events"
    """`text/event-stream`; the data of each event is text."""
    LINES = "lines"
    """JSON documents, each on a line of its own."""
    SEQUENCE = "sequence"
    """JSON documents, each behind a record separator (RFC 7464)."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of the request.

    Attributes:
        name: on the wire.
        argument: keyword argument of the service's and the client's method.
        location: in the request.
        schema: key in the package's `contract.json`.
        type: what the method sees.
        style: how the value is written as text.
        explode: whether each item or property is written by itself.
        is_required: as declared.
        allow_reserved: whether reserved characters stay unescaped in a query.
        allow_empty: whether a query may name it without a value; unless it is required, that is as if it didn't.
        media_type: of a parameter that is one document.
        default: JSON value that the service sees when the parameter is absent.
    """

    name: str
    argument: str
    location: Location
    schema: str
    type: Any
    style: Style = "form"
    explode: bool = True
    is_required: bool = False
    allow_reserved: bool = False
    allow_empty: bool = False
    media_type: str | None = None
    default: Any = ABSENT


@dataclass(frozen=True, slots=True)
class Header:
    """A header of a response; style `simple`.

    Attributes:
        name: on the wire.
        attribute: of the result or error that carries it.
        schema: key in the package's `contract.json`.
        type: what the attribute holds.
        is_required: as declared.
        explode: whether each property is written as `name=value`.
        media_type: of a header that is one document.
    """

    name: str
    attribute: str
    schema: str
    type: Any
    is_required: bool = False
    explode: bool = False
    media_type: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """How one property of a form is written.

    Attributes:
        content_type: comma-separated media types or ranges; None for the default of the value.
        style: None unless the contract declares one; "simple" joins items by commas before the whole is escaped.
        explode: whether each item or property is written by itself.
        allow_reserved: whether reserved characters stay unescaped.
    """

    content_type: str | None = None
    style: Style | None = None
    explode: bool = True
    allow_reserved: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """One representation of a body.

    Attributes:
        media_type: or range, as the contract writes it.
        kind: how bytes become a value.
        type: what the method sees; of a body that is items, one item or the data of one event.
        schema: key in the package's `contract.json` for a value of this type; None when any value will do.
        parts: of a form, by property name.
        event: key of the schema of a whole event, whose data is text there; None when any event will do.
    """

    media_type: str
    kind: Kind
    type: Any
    schema: str | None = None
    parts: Mapping[str, Part] = field(default_factory=lambda: MappingProxyType({}))
    event: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """What a request carries.

    Attributes:
        contents: in the contract's order; never empty.
        is_required: as declared.
    """

    contents: tuple[Content, ...]
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """A response that the contract declares.

    Attributes:
        status: "200" … "599", a range "2XX" … or "default".
        contents: in the contract's order; empty when there is no body.
        headers: in the contract's order.
        result: class that carries body and headers of a success; None when the body itself is returned.
        error: class that carries body and headers of a refusal; None for a success.
    """

    status: str
    contents: tuple[Content, ...] = ()
    headers: tuple[Header, ...] = ()
    result: type[Any] | None = None
    error: type[Any] | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """A security scheme that must be satisfied, with all of these scopes."""

    scheme: str
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """How a credential travels.

    Attributes:
        name: in the contract.
        kind: "apiKey", "basic", "bearer", "http", "oauth2", "openIdConnect" or "mutualTLS".
        method: of the service's `Security` that judges the credential.
        key_name: of the header, query parameter or cookie of an API key.
        key_location: "header", "query" or "cookie".
        http_scheme: name of another HTTP authentication scheme, in lower case.
        token_url: where an OAuth client gets a token in its own name; "" where the contract doesn't say.
        refresh_url: where it gets one in the name of somebody who allowed it; "" where the contract doesn't say.
        discovery_url: of OpenID Connect; the document there tells where tokens are.
    """

    name: str
    kind: Literal["apiKey", "basic", "bearer", "http", "oauth2", "openIdConnect", "mutualTLS"]
    method: str
    key_name: str = ""
    key_location: Literal["header", "query", "cookie"] = "header"
    http_scheme: str = ""
    token_url: str = ""
    refresh_url: str = ""
    discovery_url: str = ""


@dataclass(frozen=True, slots=True)
class Paging:
    """How an operation lists page by page.

    Attributes:
        style: how the next page is asked for.
        items: steps in the body to the list of items.
        argument: of the client's method that asks for a page; "" of links.
        next: steps in the body to the cursor of the next page.
        last: steps in the last item to it, where the page doesn't name it.
        more: steps in the body to whether there is another page.
        first: number of the first page.
    """

    style: Literal["cursor", "offset", "page", "link"]
    items: tuple[str, ...]
    argument: str = ""
    next: tuple[str, ...] | None = None
    last: tuple[str, ...] | None = None
    more: tuple[str, ...] | None = None
    first: int = 1


@dataclass(frozen=True, slots=True)
class Operation(Generic[Result]):
    """One request that the contract declares; *Result* is what a successful call returns.

    Attributes:
        id: `operationId`.
        method: in upper case.
        path: template as the contract writes it.
        function: name of the service's and the client's method.
        answers: every declared response, in the contract's order.
        parameters: in the contract's order.
        body: None when the request carries none.
        security: alternatives (or) of requirements (and); empty when nothing is asked.
        paging: None unless it lists page by page.
    """

    id: str
    method: str
    path: str
    function: str
    answers: tuple[Answer, ...]
    parameters: tuple[Parameter, ...] = ()
    body: Body | None = None
    security: tuple[tuple[Requirement, ...], ...] = ()
    paging: Paging | None = None
