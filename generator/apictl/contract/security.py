"""Security schemes and what an operation asks of them."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from apictl.findings import Place


class SecurityKind(enum.Enum):
    """How a credential travels (OpenAPI 3.1, Security Scheme Object)."""

    API_KEY = "apiKey"
    BASIC = "basic"
    """HTTP Basic (RFC 7617)."""
    BEARER = "bearer"
    """HTTP Bearer (RFC 6750)."""
    HTTP = "http"
    """Any other HTTP authentication scheme: the whole value after its name is the credential."""
    OAUTH2 = "oauth2"
    OPENID_CONNECT = "openIdConnect"
    MUTUAL_TLS = "mutualTLS"


class KeyLocation(enum.Enum):
    """Where an API key stands in the request."""

    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True)
class SecurityScheme:
    """One way to authenticate.

    Attributes:
        name: key in the document.
        kind: how the credential travels.
        place: of the Security Scheme Object (after its `$ref`).
        description: CommonMark text; "" when absent.
        key_name: of the header, query parameter or cookie; API keys only.
        key_location: API keys only.
        http_scheme: name of the HTTP authentication scheme in lower case; `HTTP` only.
        scopes: declared scopes of all OAuth2 flows, sorted.
    """

    name: str
    kind: SecurityKind
    place: Place
    description: str = ""
    key_name: str = ""
    key_location: KeyLocation | None = None
    http_scheme: str = ""
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SecurityRequirement:
    """A scheme that must be satisfied, with all of these scopes (or roles).

    Attributes:
        scheme: name of the security scheme.
        scopes: in the document's order.
    """

    scheme: str
    scopes: tuple[str, ...] = ()
