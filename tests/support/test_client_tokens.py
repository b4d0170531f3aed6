"""Access tokens: where they are asked for, how long they are kept, and who gets to see them."""

from __future__ import annotations

import asyncio
import base64
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

import httpx2
import pytest

from apictl.support.async_calls import AsyncCaller
from apictl.support.calls import Caller
from apictl.support.credentials import Wallet
from apictl.support.declarations import Answer, Operation, Requirement, SecurityScheme
from apictl.support.exchanges import Policy
from apictl.support.grants import ClientCredentials, Grant, RefreshToken
from apictl.support.responses import UnexpectedResponse
from apictl.support.retries import Retries
from apictl.support.tokens import TokenRefused
from tests.support.calling import BASE, BOTH, JSON, JUDGE, FakeTime

SCHEME = SecurityScheme(
    "login", "oauth2", "login", token_url="https://login.example.test/token", refresh_url="/refresh"
)
OPENID = SecurityScheme(
    "login", "openIdConnect", "login", discovery_url="https://login.example.test/.well-known/openid-configuration"
)
OPERATION: Operation[Any] = Operation(
    "op", "POST", "/things", "op", (Answer("200", (JSON,)),), security=((Requirement("login", ("things:read",)),),)
)
ROBOT = ClientCredentials(client_id="robot", client_secret="s3cret")


@dataclass
class Platform:
    """A service and the server that gives tokens for it: each token is new, and only the newest is good."""

    life: Any = 3600
    answer: dict[str, Any] = field(default_factory=dict)
    status: int = 200
    asked: list[httpx2.Request] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        if "well-known" in request.url.path:
            self.asked.append(request)
            return httpx2.Response(200, json={"token_endpoint": "https://login.example.test/discovered"})
        if request.url.path != "/v1/things":
            time.sleep(self.seconds)
            self.asked.append(request)
            given = {"access_token": f"token-{len(self.asked)}", "token_type": "Bearer", "expires_in": self.life}
            return httpx2.Response(self.status, json=given | self.answer)
        self.shown.append(request.headers.get("authorization", ""))
        good = self.shown[-1] == f"Bearer token-{len(self.asked)}"
        return httpx2.Response(200 if good else 401, json={})

    @property
    def form(self) -> dict[str, list[str]]:
        return parse_qs(self.asked[-1].content.decode())


def _wallet(grant: Grant = ROBOT, scheme: SecurityScheme = SCHEME) -> Wallet:
    return Wallet((scheme,), {"login": grant})


def _caller(platform: Platform, fake: FakeTime, wallet: Wallet | None = None, **settings: Any) -> Caller:
    http = httpx2.Client(base_url=BASE, transport=httpx2.MockTransport(platform), **settings)
    return Caller(http, JUDGE, wallet or _wallet(), Policy(Retries(attempts=1, clock=fake.clock)))


@pytest.mark.parametrize("call", BOTH)
def test_token_is_fetched_and_shown(call: Callable[..., Any]) -> None:
    platform = Platform()

    assert call(platform, OPERATION, wallet=_wallet()) == {}

    assert platform.shown == ["Bearer token-1"]
    assert str(platform.asked[0].url) == "https://login.example.test/token"
    assert platform.form == {"grant_type": ["client_credentials"]}
    assert platform.asked[0].headers["authorization"] == "Basic " + base64.b64encode(b"robot:s3cret").decode()


def test_token_is_kept_until_shortly_before_it_expires() -> None:
    platform, fake = Platform(life=3600), FakeTime()
    caller = _caller(platform, fake)

    for moment in (0, 3569, 3570, 3571):
        fake.now = moment
        caller.call(OPERATION)

    assert platform.shown == ["Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2"]


@pytest.mark.parametrize(
    "life, fetches", [(10, 2), ("10", 2), (None, 1), ("soon", 1), (True, 2), (float(10**300), 1), (-5, 2)]
)
def test_life_of_a_token_is_what_the_server_says_if_it_says_something(life: Any, fetches: int) -> None:
    platform, fake = Platform(life=life), FakeTime()
    caller = _caller(platform, fake)

    caller.call(OPERATION)
    fake.now = 9
    caller.call(OPERATION)

    assert len(platform.asked) == fetches


def test_scopes_audience_and_proof_go_into_the_form() -> None:
    platform = Platform()
    grant = ClientCredentials(
        client_id="rob ot", client_secret="s:3", scopes=("a", "b"), audience="things", proof="form", token_url="/t"
    )

    _caller(platform, FakeTime(), _wallet(grant)).call(OPERATION)

    assert str(platform.asked[0].url) == "https://api.example.test/t"
    assert "authorization" not in platform.asked[0].headers
    assert platform.form == {
        "grant_type": ["client_credentials"],
        "audience": ["things"],
        "scope": ["a b"],
        "client_id": ["rob ot"],
        "client_secret": ["s:3"],
    }


def test_id_and_secret_are_encoded_before_they_are_joined() -> None:
    platform = Platform()

    _caller(platform, FakeTime(), _wallet(ClientCredentials(client_id="a:b", client_secret="c d"))).call(OPERATION)

    sent = platform.asked[0].headers["authorization"].removeprefix("Basic ")
    assert base64.b64decode(sent) == b"a%3Ab:c+d"


def test_refresh_token_that_rotates_is_used_and_told() -> None:
    platform, fake, told = Platform(life=10, answer={"refresh_token": "r-2"}), FakeTime(), list[str]()
    grant = RefreshToken(refresh_token="r-1", client_id="app", on_rotation=told.append)
    caller = _caller(platform, fake, _wallet(grant))

    caller.call(OPERATION)
    first = platform.form
    fake.now = 20
    caller.call(OPERATION)

    assert first == {"grant_type": ["refresh_token"], "refresh_token": ["r-1"], "client_id": ["app"]}
    assert platform.form["refresh_token"] == ["r-2"]
    assert told == ["r-2"]
    assert str(platform.asked[0].url) == "https://api.example.test/refresh"


def test_address_of_tokens_is_discovered_once() -> None:
    platform, fake = Platform(life=10), FakeTime()
    caller = _caller(platform, fake, _wallet(scheme=OPENID))

    with pytest.raises(UnexpectedResponse):  # the discovery counts as a token to the platform of this test
        caller.call(Operation("none", "POST", "/things", "none", (Answer("200", (JSON,)),)))
    caller.call(OPERATION)
    fake.now = 20
    caller.call(OPERATION)

    assert [request.url.path for request in platform.asked] == [
        "/.well-known/openid-configuration",
        "/discovered",
        "/discovered",
    ]


@pytest.mark.parametrize("call", BOTH)
def test_token_that_is_refused_is_renewed_once(call: Callable[..., Any]) -> None:
    platform = Platform()
    revoked = iter([401, 200])

    def service(request: httpx2.Request) -> httpx2.Response:
        answer = platform(request)
        return httpx2.Response(next(revoked), json={}) if request.url.path == "/v1/things" else answer

    assert call(service, OPERATION, wallet=_wallet()) == {}

    assert platform.shown == ["Bearer token-1", "Bearer token-2"]


@pytest.mark.parametrize("call", BOTH)
def test_service_that_refuses_every_token_is_asked_twice(call: Callable[..., Any]) -> None:
    platform = Platform()

    def service(request: httpx2.Request) -> httpx2.Response:
        answer = platform(request)
        return httpx2.Response(401) if request.url.path == "/v1/things" else answer

    with pytest.raises(UnexpectedResponse) as raised:
        call(service, OPERATION, wallet=_wallet())
    assert raised.value.status == 401
    assert len(platform.shown) == 2


def test_threads_that_need_a_token_fetch_one() -> None:
    platform = Platform(seconds=0.05)
    caller = _caller(platform, FakeTime())
    threads = [threading.Thread(target=caller.call, args=(OPERATION,)) for _ in range(8)]

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(platform.asked) == 1
    assert platform.shown == ["Bearer token-1"] * 8


def test_tasks_that_need_a_token_fetch_one() -> None:
    platform = Platform()

    async def service(request: httpx2.Request) -> httpx2.Response:
        await asyncio.sleep(0.01)
        return platform(request)

    async def run() -> None:
        async with httpx2.AsyncClient(base_url=BASE, transport=httpx2.MockTransport(service)) as http:
            caller = AsyncCaller(http, JUDGE, _wallet())
            await asyncio.gather(*(caller.call(OPERATION) for _ in range(8)))

    asyncio.run(run())

    assert len(platform.asked) == 1
    assert platform.shown == ["Bearer token-1"] * 8


def test_nothing_of_the_transport_goes_to_who_gives_tokens() -> None:
    platform = Platform()
    settings: dict[str, Any] = {
        "auth": ("user", "other-s3cret"),
        "headers": {"X-Key": "other-s3cret"},
        "cookies": {"sid": "s3cret"},
    }

    with pytest.raises(UnexpectedResponse):  # the transport's own authentication wins, as it does without tokens
        _caller(platform, FakeTime(), **settings).call(OPERATION)

    assert "other-s3cret" not in str(platform.asked[0].headers)
    assert "cookie" not in platform.asked[0].headers
    assert platform.asked[0].headers["authorization"] == "Basic " + base64.b64encode(b"robot:s3cret").decode()


@pytest.mark.parametrize(
    "status, answer, reason",
    [
        (400, {"error": "invalid_client", "error_description": "who\nare you?"}, "invalid_client: who are you?"),
        (500, {}, "the answer says no reason"),
        (200, {"access_token": None}, "the answer has no 'access_token'"),
        (200, {"access_token": "a\r\nX: y"}, "the answer has no 'access_token'"),
        (200, {"token_type": "mac"}, "the token is no bearer token but 'mac'"),
        (302, {}, "the answer says no reason"),
    ],
)
def test_refused_token_tells_why_and_no_secret(status: int, answer: dict[str, Any], reason: str) -> None:
    platform = Platform(status=status, answer=answer)

    with pytest.raises(TokenRefused) as refused:
        _caller(platform, FakeTime()).call(OPERATION)

    assert str(refused.value) == f"no token for 'login' from https://login.example.test/token: {status}: {reason}"
    assert platform.shown == []


def test_answer_that_is_no_json_is_told() -> None:
    def service(_request: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, text="<html>")

    with pytest.raises(TokenRefused, match="no JSON object"):
        BOTH[0](service, OPERATION, wallet=_wallet())


@pytest.mark.parametrize("grant", [ROBOT, RefreshToken(refresh_token="r")])
def test_contract_that_does_not_say_where_tokens_are_needs_the_caller_to(grant: Grant) -> None:
    with pytest.raises(ValueError, match="does not say where tokens for 'login' are"):
        _wallet(grant, SecurityScheme("login", "oauth2", "login"))


def test_secrets_are_not_in_a_representation() -> None:
    refresh = RefreshToken(refresh_token="s3cret", client_id="a", client_secret="s3cret")

    assert "s3cret" not in repr(ROBOT) + repr(refresh) + repr(_wallet(refresh))


def test_operation_that_asks_for_nothing_fetches_nothing() -> None:
    platform = Platform()

    with pytest.raises(UnexpectedResponse):
        BOTH[0](platform, Operation("op", "GET", "/things", "op", (Answer("200", (JSON,)),)), wallet=_wallet())

    assert platform.asked == []
