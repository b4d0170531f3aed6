"""How callers who may not are answered: which status, and which challenge (RFC 9110, 11.6.1; RFC 6750, 3)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Final, Literal

import httpx2
import pytest
from starlette.requests import Request

from apictl.support.authentication import ApiKey, Authentication, BearerToken, Forbidden, credential_of
from apictl.support.credentials import Wallet
from apictl.support.declarations import Answer, Operation, Requirement, SecurityScheme
from apictl.support.endpoint import Settings, Surroundings
from apictl.support.judge import Judge
from apictl.support.service import Service

KEY: Final = SecurityScheme("key", "apiKey", "key", key_name="X-Key")
LOGIN: Final = SecurityScheme("login", "openIdConnect", "login")
SERVICE: Final = SecurityScheme("service", "bearer", "service")


async def of_nobody(_credential: Any, _scopes: tuple[str, ...]) -> None:
    """Refuse everybody."""


async def without_scopes(credential: BearerToken, _scopes: tuple[str, ...]) -> None:
    """Know the caller, who may not do this."""
    raise Forbidden(f"{credential.token} may not do this")


async def asked(service: Service, headers: Mapping[str, str]) -> httpx2.Response:
    transport = httpx2.ASGITransport(app=service.application())
    async with httpx2.AsyncClient(transport=transport, base_url="http://service.test") as http:
        return await http.get("/", headers=dict(headers))


def answer(
    *alternatives: tuple[Requirement, ...], judgement: Any = of_nobody, headers: Mapping[str, str]
) -> tuple[int, str | None]:
    """Return status and challenge of an operation that asks for one of *alternatives*."""

    async def handle(*, principal: object) -> None:
        assert principal is not None

    operation: Operation[None] = Operation("get", "GET", "/", "get", (Answer("204"),), security=alternatives)
    schemes = (KEY, LOGIN, SERVICE)
    authentication = Authentication(schemes, {scheme.name: judgement for scheme in schemes})
    surroundings = Surroundings(Judge.of({}), authentication, None, Settings())
    response = asyncio.run(asked(Service("service", [(operation, handle)], surroundings), headers))
    return response.status_code, response.headers.get("www-authenticate")


Name = Literal["key", "login", "service"]


def asks(name: Name, *scopes: str) -> tuple[Requirement, ...]:
    return (Requirement(name, scopes),)


@pytest.mark.parametrize("name", ["login", "service"])
def test_caller_without_a_token_is_only_told_to_bring_one(name: Name) -> None:
    assert answer(asks(name), headers={}) == (401, 'Bearer realm="api"')


@pytest.mark.parametrize("name", ["login", "service"])
def test_refused_token_is_called_one(name: Name) -> None:
    headers = {"Authorization": "Bearer old"}

    assert answer(asks(name), headers=headers) == (401, 'Bearer error="invalid_token"')


def test_only_the_token_is_called_refused_where_other_schemes_would_do() -> None:
    alternatives = asks("key"), asks("service"), asks("login")
    headers = {"Authorization": "Bearer old"}

    assert answer(*alternatives, headers=headers) == (401, 'ApiKey, Bearer error="invalid_token"')


def test_token_that_was_not_looked_at_is_not_called_refused() -> None:
    both = (Requirement("key"), Requirement("login"))

    assert answer(both, headers={"Authorization": "Bearer good"}) == (401, 'ApiKey, Bearer realm="api"')


def test_refused_key_is_no_matter_of_tokens() -> None:
    assert answer(asks("key"), headers={"X-Key": "old"}) == (401, "ApiKey")


def test_caller_without_a_scope_is_told_which_are_asked_for() -> None:
    headers = {"Authorization": "Bearer good"}

    found = answer(asks("login", "trips:read", "trips:drive"), judgement=without_scopes, headers=headers)

    assert found == (403, 'Bearer error="insufficient_scope", scope="trips:read trips:drive"')


@pytest.mark.parametrize("scope", ['"', "a\nb", "a b", "größe", "\\"])
def test_scope_that_is_none_stays_out_of_the_header(scope: str) -> None:
    found = answer(asks("login", scope), judgement=without_scopes, headers={"Authorization": "Bearer good"})

    assert found == (403, 'Bearer error="insufficient_scope"')


def key_in(request: str, place: Literal["query", "cookie"]) -> ApiKey | None:
    """Return the key `sid` that *request*, a query or a `Cookie`, carries in *place*."""
    scope = {"type": "http", "query_string": b"", "headers": []}
    scope |= {"query_string": request.encode()} if place == "query" else {"headers": [(b"cookie", request.encode())]}
    found = credential_of(SecurityScheme("k", "apiKey", "k", key_name="sid", key_location=place), Request(scope))
    assert found is None or isinstance(found, ApiKey)
    return found


@pytest.mark.parametrize("value", ["5", "a b", "a%20b", "100%", "a;b", 'q"', "s:abc/+=", "größe"])
@pytest.mark.parametrize("place", ["query", "cookie"])
def test_key_arrives_as_the_client_was_given_it(place: Literal["query", "cookie"], value: str) -> None:
    scheme = SecurityScheme("k", "apiKey", "k", key_name="sid", key_location=place)
    operation: Operation[None] = Operation("get", "GET", "/", "get", (), security=((Requirement("k"),),))

    shown = Wallet((scheme,), {"k": value}).shown(operation)

    assert key_in(shown.query if place == "query" else shown.cookies[0], place) == ApiKey(value)


@pytest.mark.parametrize("cookies", ['prefs={"a":1}; sid=5', "sid=5; x[]=1", "=1; sid=5", "broken; sid=5"])
def test_cookies_that_break_the_rules_do_not_hide_the_key(cookies: str) -> None:
    assert key_in(cookies, "cookie") == ApiKey("5")


def test_of_two_keys_in_a_query_none_is_taken() -> None:
    assert key_in("sid=1&sid=2", "query") is None


def test_handler_that_forbids_gives_no_challenge() -> None:
    async def let_in(_credential: Any, _scopes: tuple[str, ...]) -> object:
        return "somebody"

    async def handle(*, principal: object) -> None:
        raise Forbidden(f"{principal} may not")

    operation: Operation[None] = Operation("get", "GET", "/", "get", (Answer("204"),), security=(asks("login"),))
    authentication = Authentication((LOGIN,), {"login": let_in})
    surroundings = Surroundings(Judge.of({}), authentication, None, Settings())
    service = Service("service", [(operation, handle)], surroundings)

    response = asyncio.run(asked(service, {"Authorization": "Bearer good"}))

    assert response.status_code == 403
    assert "www-authenticate" not in response.headers
