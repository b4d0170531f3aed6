"""Access tokens: asked for, kept, and renewed before they expire."""

from __future__ import annotations

import base64
import math
from collections.abc import Generator
from typing import Any, Final, TypeAlias, assert_never
from urllib.parse import quote_plus, urlencode

import httpx2
import orjson

from .clock import Clock
from .declarations import SecurityScheme
from .grants import ClientCredentials, Grant, RefreshToken

_LEEWAY_SECONDS: Final = 30.0
_LEEWAY_PART: Final = 0.1
"""A token is renewed this long, or this part of its life, before it expires: whichever is shorter."""

_SHOWN: Final = 200

Requests: TypeAlias = "Generator[httpx2.Request | None, httpx2.Response]"
"""Requests to be sent, each of which gets its response; None when there are no more."""


class TokenRefused(Exception):
    """No access token was given.

    Attributes:
        scheme: name of the security scheme in the contract.
        reason: what the server says, or what is wrong with its answer; never a secret of the caller.
        response: as it came.
    """

    def __init__(self, scheme: str, reason: str, response: httpx2.Response) -> None:
        """Keep all three."""
        super().__init__(scheme, reason, response)
        self.scheme = scheme
        self.reason = reason
        self.response = response

    def __str__(self) -> str:
        """Return the scheme, the address and the reason."""
        url = self.response.request.url.copy_with(query=None)
        return f"no token for {self.scheme!r} from {url}: {self.response.status_code}: {self.reason}"


class TokenSource:
    """The token of one client for one security scheme."""

    def __init__(self, scheme: SecurityScheme, grant: Grant) -> None:
        """Get tokens for *scheme* with *grant*.

        Raises:
            ValueError: neither says where tokens are.
        """
        self._scheme = scheme
        self._grant = grant
        self._refresh_token = grant.refresh_token if isinstance(grant, RefreshToken) else ""
        self._url = grant.token_url or _declared_url(scheme, grant)
        self._token = ""
        self._expires_at = -math.inf
        if not self._url and not scheme.discovery_url:
            message = f"the contract does not say where tokens for {scheme.name!r} are: token_url does"
            raise ValueError(message)

    @property
    def token(self) -> str:
        """The token to show; "" before there is one."""
        return self._token

    def is_fresh(self, clock: Clock, refused: str = "") -> bool:
        """Whether the token can be shown now; one that is *refused* can't."""
        return bool(self._token) and self._token != refused and clock.seconds() < self._expires_at

    def renewal(self, clock: Clock, base_url: httpx2.URL) -> Requests:
        """Yield the requests that get a new token, and None at last; relative addresses are below *base_url*.

        Raises:
            TokenRefused: none was given.
        """
        if not self._url:
            response = yield httpx2.Request("GET", base_url.join(self._scheme.discovery_url), headers=_ACCEPT)
            self._url = self._text(self._read(response), "token_endpoint", response)
        asked_at = clock.seconds()
        response = yield self._request(base_url)
        answer = self._read(response)
        if str(answer.get("token_type") or "bearer").lower() != "bearer":
            kind = _excerpt(answer["token_type"])
            raise TokenRefused(self._scheme.name, f"the token is no bearer token but {kind!r}", response)
        token = self._text(answer, "access_token", response)
        self._keep_rotated(answer.get("refresh_token"))
        self._token, self._expires_at = token, asked_at + _life_seconds(answer.get("expires_in"))
        yield None

    def _request(self, base_url: httpx2.URL) -> httpx2.Request:
        grant = self._grant
        form: dict[str, str | None]
        match grant:
            case ClientCredentials():
                form = {"grant_type": "client_credentials", "audience": grant.audience}
            case RefreshToken():
                form = {"grant_type": "refresh_token", "refresh_token": self._refresh_token}
            case _:
                assert_never(grant)
        form["scope"] = " ".join(grant.scopes)
        headers = dict(_ACCEPT)
        if grant.client_id is not None and grant.client_secret is not None and grant.proof == "basic":
            # Both are encoded as in a form before they are joined (RFC 6749, 2.3.1).
            pair = f"{quote_plus(grant.client_id)}:{quote_plus(grant.client_secret)}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": grant.client_id, "client_secret": grant.client_secret}
        content = urlencode({name: value for name, value in form.items() if value}).encode()
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return httpx2.Request("POST", base_url.join(self._url), headers=headers, content=content)

    def _read(self, response: httpx2.Response) -> dict[str, Any]:
        """Return what *response* says (RFC 6749, 5.1 and 5.2)."""
        try:
            answer = orjson.loads(response.content)
        except ValueError:
            answer = None
        if not response.is_success:
            raise TokenRefused(self._scheme.name, _refusal(answer), response)
        if not isinstance(answer, dict):
            raise TokenRefused(self._scheme.name, "the answer is no JSON object", response)
        return answer

    def _text(self, answer: dict[str, Any], name: str, response: httpx2.Response) -> str:
        value = answer.get(name)
        if not isinstance(value, str) or not value or not value.isprintable():
            raise TokenRefused(self._scheme.name, f"the answer has no {name!r}", response)
        return value

    def _keep_rotated(self, rotated: object) -> None:
        if not isinstance(self._grant, RefreshToken) or not isinstance(rotated, str):
            return
        if rotated and rotated != self._refresh_token:
            self._refresh_token = rotated
            if self._grant.on_rotation is not None:
                self._grant.on_rotation(rotated)


_ACCEPT: Final = {"Accept": "application/json"}


def _declared_url(scheme: SecurityScheme, grant: Grant) -> str:
    match grant:
        case ClientCredentials():
            return scheme.token_url
        case RefreshToken():
            return scheme.refresh_url
        case _:
            assert_never(grant)


def _life_seconds(expires_in: object) -> float:
    """Return how long a token is shown; a server that doesn't say has it shown until it is refused."""
    try:
        life = float(expires_in) if isinstance(expires_in, int | float | str) else math.inf
    except (ValueError, OverflowError):
        life = math.inf
    if math.isnan(life) or life == math.inf:
        return math.inf
    return life - min(_LEEWAY_SECONDS, _LEEWAY_PART * max(life, 0.0))


def _refusal(answer: object) -> str:
    """Return what a refusal says of itself (RFC 6749, 5.2)."""
    if not isinstance(answer, dict) or not isinstance(answer.get("error"), str):
        return "the answer says no reason"
    return _excerpt(": ".join(str(answer[name]) for name in ("error", "error_description") if answer.get(name)))


def _excerpt(value: object) -> str:
    text = str(value)[:_SHOWN]
    return "".join(character if character.isprintable() else " " for character in text)
