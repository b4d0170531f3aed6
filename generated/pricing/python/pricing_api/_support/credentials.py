"""What a client shows to prove who calls."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias, assert_never
from urllib.parse import quote

from .declarations import Operation, Requirement, SecurityScheme
from .grants import Grant
from .tokens import TokenSource

Secret: TypeAlias = str | Callable[[], str]
"""A token or a key, or what returns the current one for each call."""

Login: TypeAlias = tuple[str, str] | Callable[[], tuple[str, str]]
"""User and password, or what returns the current ones for each call."""

Credential: TypeAlias = Secret | Login | Grant
"""What is given for a security scheme: the credential itself, or what gets it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """Credentials as they stand in a request.

    Attributes:
        headers: names and values.
        query: `name=value` pairs joined by "&", encoded.
        cookies: `name=value` pairs, encoded.
    """

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    query: str = field(default="", repr=False)
    cookies: tuple[str, ...] = field(default=(), repr=False)


NOTHING: Final = Shown()
"""No credential."""


class Wallet:
    """The credentials of one client."""

    def __init__(self, schemes: tuple[SecurityScheme, ...], given: Mapping[str, Credential | None]) -> None:
        """Hold what is *given* for each of *schemes* by name; None when nothing is.

        Raises:
            ValueError: a token is to be fetched, and nothing says where.
        """
        self._schemes = {scheme.name: scheme for scheme in schemes}
        self._given = {
            name: TokenSource(self._schemes[name], credential) if isinstance(credential, Grant) else credential
            for name, credential in given.items()
            if credential is not None
        }
        self._kept: dict[str, Shown] = {}
        self.has_sources: Final = any(isinstance(credential, TokenSource) for credential in self._given.values())
        """Whether there is a credential that has to be fetched."""

    def shown(self, operation: Operation[Any]) -> Shown:
        """Return what *operation* asks for: its first alternative for which every credential is given.

        Nothing is shown when no alternative is complete: the caller's transport may still authenticate. A client
        certificate belongs to the transport, so a scheme that asks for one needs no credential here.

        Raises:
            ValueError: a credential can't stand in a request; the message does not tell the credential.
        """
        if not self._given:
            return NOTHING
        kept = self._kept.get(operation.id)
        if kept is not None:
            return kept
        chosen = self._chosen(operation)
        shown = _joined([self._one(self._schemes[requirement.scheme]) for requirement in chosen]) if chosen else NOTHING
        if all(isinstance(self._given[requirement.scheme], str | tuple) for requirement in chosen):
            self._kept[operation.id] = shown
        return shown

    def sources(self, operation: Operation[Any]) -> tuple[TokenSource, ...]:
        """Return where the tokens come from that *operation* is shown."""
        given = (self._given[requirement.scheme] for requirement in self._chosen(operation))
        return tuple(credential for credential in given if isinstance(credential, TokenSource))

    def _chosen(self, operation: Operation[Any]) -> list[Requirement]:
        for alternative in operation.security:
            carried = [requirement for requirement in alternative if not self._is_of_transport(requirement)]
            if carried and all(requirement.scheme in self._given for requirement in carried):
                return carried
        return []

    def _is_of_transport(self, requirement: Requirement) -> bool:
        return self._schemes[requirement.scheme].kind == "mutualTLS"

    def _one(self, scheme: SecurityScheme) -> Shown:
        given = self._given[scheme.name]
        if isinstance(given, TokenSource):
            return _shown(scheme, (given.token,))
        credential = given() if callable(given) else given
        parts = (credential,) if isinstance(credential, str) else credential
        if not all(part.isprintable() for part in parts):
            message = f"the credential for {scheme.name!r} holds a line break or another control character"
            raise ValueError(message)
        return _shown(scheme, parts)


def _shown(scheme: SecurityScheme, parts: tuple[str, ...]) -> Shown:
    match scheme.kind:
        case "apiKey":
            return _api_key(scheme, parts[0])
        case "basic":
            return _authorization("Basic", _user_password(scheme, parts))
        case "bearer" | "oauth2" | "openIdConnect":
            return _authorization("Bearer", parts[0])
        case "http":
            return _authorization(scheme.http_scheme.capitalize(), parts[0])
        case "mutualTLS":
            return NOTHING
        case _:
            assert_never(scheme.kind)


def _user_password(scheme: SecurityScheme, parts: tuple[str, ...]) -> str:
    user, password = parts
    if ":" in user:
        message = f"the user for {scheme.name!r} holds a colon, which HTTP Basic can't carry"
        raise ValueError(message)
    return base64.b64encode(f"{user}:{password}".encode()).decode()


def _authorization(scheme: str, value: str) -> Shown:
    return Shown(headers=(("Authorization", f"{scheme} {value}"),))


def _api_key(scheme: SecurityScheme, value: str) -> Shown:
    match scheme.key_location:
        case "header":
            return Shown(headers=((scheme.key_name, value),))
        case "query":
            return Shown(query=f"{quote(scheme.key_name, safe='')}={quote(value, safe='')}")
        case "cookie":
            return Shown(cookies=(f"{scheme.key_name}={quote(value, safe=_COOKIE_SAFE)}",))
        case _:
            assert_never(scheme.key_location)


_COOKIE_SAFE: Final = "!#$&'()*+/:<=>?@[]^`{|}"
"""Octets of a cookie value that need no encoding (RFC 6265, 4.1.1)."""


def _joined(several: list[Shown]) -> Shown:
    if len(several) == 1:
        return several[0]
    return Shown(
        headers=tuple(header for shown in several for header in shown.headers),
        query="&".join(shown.query for shown in several if shown.query),
        cookies=tuple(cookie for shown in several for cookie in shown.cookies),
    )
