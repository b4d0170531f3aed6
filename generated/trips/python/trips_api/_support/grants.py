"""What an access token is asked for with (OAuth 2.0, RFC 6749): given by the caller of a client, and never changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Proof: TypeAlias = Literal["basic", "form"]
"""How an OAuth client proves itself: by HTTP Basic, which every server knows, or in the form (RFC 6749, 2.3.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCredentials:
    """A client that calls in its own name (RFC 6749, 4.4).

    The token is fetched through the transport of the client when the first call needs it, kept until shortly before it
    expires, and fetched once for calls that need it at the same time. A call that is refused with 401 tries a new token
    once.

    Attributes:
        client_id: of the OAuth client.
        client_secret: of the OAuth client.
        scopes: to ask for; none for those that the server gives by itself.
        token_url: where the token is; None for what the contract says.
        audience: that the token is for, which some servers want to be told.
        proof: where id and secret of the OAuth client stand in the request.
    """

    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...] = ()
    token_url: str | None = None
    audience: str | None = None
    proof: Proof = "basic"


@dataclass(frozen=True, slots=True, kw_only=True)
class RefreshToken:
    """A client that calls in the name of somebody who allowed it before (RFC 6749, 6).

    Access tokens are fetched, kept and tried again as those of `ClientCredentials`.

    Attributes:
        refresh_token: as it was given last.
        client_id: of the OAuth client; None where the server knows it by the token.
        client_secret: of the OAuth client; None for a public one.
        scopes: to ask for; none for all that were allowed.
        token_url: where the token is; None for what the contract says.
        proof: where id and secret of the OAuth client stand in the request.
        on_rotation: told the refresh token that takes the place of this one, to be kept for the next start.
    """

    refresh_token: str = field(repr=False)
    client_id: str | None = None
    client_secret: str | None = field(default=None, repr=False)
    scopes: tuple[str, ...] = ()
    token_url: str | None = None
    proof: Proof = "basic"
    on_rotation: Callable[[str], None] | None = None


Grant: TypeAlias = ClientCredentials | RefreshToken
