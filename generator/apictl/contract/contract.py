"""The contract of one service: what OpenAPI and AsyncAPI documents say, free of their versions and spelling."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from apictl.contract.definition import Definition
from apictl.contract.events import Events
from apictl.contract.operation import Operation
from apictl.contract.schema import JsonValue
from apictl.contract.security import SecurityScheme
from apictl.findings import Place


@dataclass(frozen=True, slots=True)
class Tag:
    """A group of operations.

    Attributes:
        name: as written.
        description: CommonMark text; "" when absent.
        summary: one line; "" when absent.
        parent: name of the tag that this one is below; "" when it is at the top.
        kind: what it groups for, as `nav`, `badge` or `audience`; "" when nothing is said.
    """

    name: str
    description: str = ""
    summary: str = ""
    parent: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Server:
    """Where the service answers (OpenAPI 3.1, Server Object).

    Attributes:
        url: with every variable replaced by its default.
        description: CommonMark text; "" when absent.
        name: that tells it from the others; "" when it has none.
    """

    url: str
    description: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Contract:
    """Everything that is agreed with the users of one service.

    Attributes:
        service: name of the service in the workspace.
        title: of the API.
        version: of the API, as written.
        description: CommonMark text; "" when absent.
        place: of the root document.
        servers: in the document's order.
        tags: declared ones first, then those only used, in order of appearance.
        operations: in the document's order.
        webhooks: requests the service makes, by the same shape as operations; `path` is the webhook's name.
        definitions: by name, in order of first appearance; every reference of a schema leads here.
        security_schemes: by name; only those that are declared.
        source: the root document bundled into one, as the service serves it at `/openapi.json`; empty without one.
        events: what is agreed about events; None when nothing is.
    """

    service: str
    title: str
    version: str
    description: str
    place: Place
    servers: tuple[Server, ...] = ()
    tags: tuple[Tag, ...] = ()
    operations: tuple[Operation, ...] = ()
    webhooks: tuple[Operation, ...] = ()
    definitions: Mapping[str, Definition] = field(default_factory=lambda: MappingProxyType({}))
    security_schemes: Mapping[str, SecurityScheme] = field(default_factory=lambda: MappingProxyType({}))
    source: Mapping[str, JsonValue] = field(default_factory=lambda: MappingProxyType({}))
    events: Events | None = None
