"""Security schemes and what an operation asks of them."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from apictl.findings import Place


class SecurityKind(enum.Enum):
    """How a credential travels (OpenAPI 3.1 and AsyncAPI 3.0, Security Scheme Object)."""

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
    BROKER = "broker"
    """By the protocol of a broker; of events only."""


class KeyLocation(enum.Enum):
    """Where an API key stands in the request, or in the login at a broker."""

    QUERY = "query"
    HEADER = "header"
    COOKIE = "cookie"
    USER = "user"
    PASSWORD = "password"  # noqa: S105 - a place, no secret


@dataclass(frozen=True, slots=True)
class Flow:
    """One way to get a token of OAuth2 (OpenAPI 3.1, OAuth Flow Object).

    Attributes:
        name: `implicit`, `password`, `clientCredentials`, `authorizationCode` or `deviceAuthorization`.
        place: of the OAuth Flow Object.
        scopes: what can be asked for, each with its description.
        authorization_url: as written; "" where the flow has none.
        token_url: as written; "" where the flow has none.
        refresh_url: as written; "" when absent.
        device_authorization_url: as written; "" where the flow has none.
    """

    name: str
    place: Place
    scopes: Mapping[str, str]
    authorization_url: str = ""
    token_url: str = ""
    refresh_url: str = ""
    device_authorization_url: str = ""


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
        flows: OAuth2 only, in the document's order.
        discovery_url: `openIdConnectUrl` as written; OpenID Connect only.
        bearer_format: what a bearer token is, as a hint (`JWT`); "" when absent.
        mechanism: `type` as written, as `scramSha256`; `BROKER` only.
        metadata_url: `oauth2MetadataUrl` as written (RFC 8414); "" when absent; OAuth2 only.
        is_deprecated: as declared.
    """

    name: str
    kind: SecurityKind
    place: Place
    description: str = ""
    key_name: str = ""
    key_location: KeyLocation | None = None
    http_scheme: str = ""
    scopes: tuple[str, ...] = ()
    flows: tuple[Flow, ...] = ()
    discovery_url: str = ""
    bearer_format: str = ""
    mechanism: str = ""
    metadata_url: str = ""
    is_deprecated: bool = False


@dataclass(frozen=True, slots=True)
class SecurityRequirement:
    """A scheme that must be satisfied, with all of these scopes (or roles).

    Attributes:
        scheme: name of the security scheme.
        scopes: in the document's order.
    """

    scheme: str
    scopes: tuple[str, ...] = ()
