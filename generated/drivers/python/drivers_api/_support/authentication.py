"""Who calls: credentials are taken from the request and judged by the service's own callbacks."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Final, TypeAlias
from urllib.parse import unquote

from starlette.requests import Request

from .arrived import header_of
from .declarations import Operation, Requirement, SecurityScheme


@dataclass(frozen=True, slots=True)
class ApiKey:
    """The value of an API key."""

    value: str


@dataclass(frozen=True, slots=True)
class BasicCredential:
    """User and password of HTTP Basic (RFC 7617)."""

    username: str
    password: str


@dataclass(frozen=True, slots=True)
class BearerToken:
    """A bearer token (RFC 6750): of a bearer scheme, OAuth2 or OpenID Connect."""

    token: str


@dataclass(frozen=True, slots=True)
class HttpCredential:
    """What follows the name of another HTTP authentication scheme."""

    value: str


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """The TLS extension of the ASGI scope, as the server gives it."""

    tls: Mapping[str, Any]


Credential: TypeAlias = "ApiKey | BasicCredential | BearerToken | HttpCredential | ClientCertificate"
Judgement: TypeAlias = "Callable[[Any, tuple[str, ...]], Awaitable[object | None]]"
"""Takes a credential and the scopes asked for; returns who it is, or None to refuse it."""


class Unauthenticated(Exception):
    """No alternative of the security requirements is satisfied.

    Attributes:
        challenge: value for `WWW-Authenticate`.
    """

    def __init__(self, detail: str, challenge: str) -> None:
        """Keep both."""
        super().__init__(detail)
        self.challenge = challenge


class Forbidden(Exception):
    """Raised by a callback: the caller is known, but lacks a scope.

    Attributes:
        challenge: value for `WWW-Authenticate`; "" for none. It is filled in for the callback.
    """

    def __init__(self, detail: str = "", challenge: str = "") -> None:
        """Keep both."""
        super().__init__(detail)
        self.challenge = challenge


_SCOPE: Final = re.compile(r"[!#-\[\]-~]+")
"""What a scope may be (RFC 6749, 3.3); the contract may say anything."""
_BEARER: Final = 'Bearer realm="api"'
"""The scheme is followed by one parameter at least (RFC 6750, 3)."""
_principals: ContextVar[Mapping[str, object]] = ContextVar("principals")


def principals() -> Mapping[str, object]:
    """Return what the callbacks returned for the current request, by name of the scheme."""
    return _principals.get({})


class Authentication:
    """Judges requests by the security requirements of their operation."""

    def __init__(self, schemes: tuple[SecurityScheme, ...], judgements: Mapping[str, Judgement]) -> None:
        """Use *judgements*, one for each of *schemes* by name."""
        self._schemes = {scheme.name: scheme for scheme in schemes}
        self._judgements = judgements
        self._alternatives: dict[str, tuple[tuple[Requirement, ...], ...]] = {}

    async def admit(self, operation: Operation[Any], request: Request) -> object | None:
        """Return who sends *request*, or raise; the first satisfied alternative decides, and in it the first scheme.

        None is nobody, where an alternative asks for nothing; that one comes last wherever it is declared, so that
        who brings a credential is known by it.

        Raises:
            Unauthenticated: no alternative is satisfied.
            Forbidden: a callback said so for the last one tried.
        """
        forbidden: Forbidden | None = None
        refused: set[str] = set()
        for alternative in self._in_order(operation):
            try:
                found = await self._satisfied(alternative, request, refused)
            except Forbidden as refusal:
                forbidden = refusal
                continue
            if found is not None:
                _principals.set(found)
                return next(iter(found.values()), None)
        if forbidden is not None:
            raise forbidden
        asked = [requirement.scheme for alternative in operation.security for requirement in alternative]
        message = "the request carries no credential that is accepted here"
        raise Unauthenticated(message, self._challenge(asked, refused))

    def _in_order(self, operation: Operation[Any]) -> tuple[tuple[Requirement, ...], ...]:
        ordered = self._alternatives.get(operation.id)
        if ordered is None:
            ordered = tuple(sorted(operation.security, key=lambda requirements: not requirements))
            self._alternatives[operation.id] = ordered
        return ordered

    async def _satisfied(
        self, alternative: tuple[Requirement, ...], request: Request, refused: set[str]
    ) -> Mapping[str, object] | None:
        """Return who calls, by scheme; None when *alternative* is not satisfied. Refused schemes join *refused*."""
        found: dict[str, object] = {}
        for requirement in alternative:
            scheme = self._schemes[requirement.scheme]
            credential = credential_of(scheme, request)
            if credential is None:
                return None
            try:
                principal = await self._judgements[scheme.name](credential, requirement.scopes)
            except Forbidden as refusal:
                raise Forbidden(str(refusal), refusal.challenge or _scope_challenge(scheme, requirement)) from refusal
            if principal is None:
                refused.add(scheme.name)
                return None
            found[scheme.name] = principal
        return found

    def _challenge(self, names: list[str], refused: set[str]) -> str:
        """Return the challenges of the schemes *names*; a token that was refused is called so (RFC 6750, 3.1)."""
        schemes = [self._schemes[name] for name in names]
        is_token_refused = any(_takes_token(scheme) and scheme.name in refused for scheme in schemes)
        token = 'Bearer error="invalid_token"' if is_token_refused else _BEARER
        return ", ".join(dict.fromkeys(token if _takes_token(each) else _challenge_of(each) for each in schemes))


def _takes_token(scheme: SecurityScheme) -> bool:
    return scheme.kind in {"bearer", "oauth2", "openIdConnect"}


def _challenge_of(scheme: SecurityScheme) -> str:
    match scheme.kind:
        case "basic":
            return 'Basic realm="api", charset="UTF-8"'
        case "http":
            return scheme.http_scheme.capitalize()
        case "apiKey":
            return "ApiKey"
        case "mutualTLS":
            return "ClientCertificate"
        case _:
            return _BEARER


def _scope_challenge(scheme: SecurityScheme, requirement: Requirement) -> str:
    """Return what tells which scopes are asked for; "" for credentials without scopes."""
    if not _takes_token(scheme):
        return ""
    challenge = 'Bearer error="insufficient_scope"'
    if requirement.scopes and all(map(_SCOPE.fullmatch, requirement.scopes)):
        return f'{challenge}, scope="{" ".join(requirement.scopes)}"'
    return challenge


def credential_of(scheme: SecurityScheme, request: Request) -> Credential | None:
    """Return the credential of *scheme* that *request* carries; None when there is none."""
    match scheme.kind:
        case "apiKey":
            value = _key_value(scheme, request)
            return None if value is None else ApiKey(value)
        case "basic":
            return _basic(_authorization(request, "basic"))
        case "bearer" | "oauth2" | "openIdConnect":
            token = _authorization(request, "bearer")
            return None if token is None else BearerToken(token)
        case "http":
            value = _authorization(request, scheme.http_scheme)
            return None if value is None else HttpCredential(value)
        case "mutualTLS":
            tls = request.scope.get("extensions", {}).get("tls")
            return None if not tls else ClientCertificate(tls)


def _key_value(scheme: SecurityScheme, request: Request) -> str | None:
    match scheme.key_location:
        case "header":
            return header_of(request, scheme.key_name)
        case "query":
            given = set(request.query_params.getlist(scheme.key_name))
            # Of two keys, who stands before the service may have looked at the other one.
            return given.pop() if len(given) == 1 else None
        case "cookie":
            return _cookie(request, scheme.key_name)


def _cookie(request: Request, name: str) -> str | None:
    value = request.cookies.get(name)
    # Senders escape what a cookie can't hold, as they do with parameters (OpenAPI 3.1.1, Style Values).
    return None if value is None else unquote(value)


def _authorization(request: Request, scheme: str) -> str | None:
    """Return what follows *scheme* in `Authorization` (RFC 9110, 11.6.2)."""
    name, _, value = (header_of(request, "Authorization") or "").partition(" ")
    return value.strip() or None if name.lower() == scheme else None


def _basic(encoded: str | None) -> BasicCredential | None:
    if encoded is None:
        return None
    try:
        username, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return None
    return BasicCredential(username, password) if colon else None
