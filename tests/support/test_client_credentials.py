"""Credentials: which alternative is shown, where each stands, and that none is told to anybody else."""

from __future__ import annotations

import base64
from typing import Any

import httpx2
import pytest

from apictl.support.credentials import NOTHING, Wallet
from apictl.support.declarations import Answer, Operation, Requirement, SecurityScheme
from apictl.support.judge import Judge
from apictl.support.requests import Requests, Sent

SCHEMES = (
    SecurityScheme("bearer", "bearer", "bearer"),
    SecurityScheme("basic", "basic", "basic"),
    SecurityScheme("digest", "http", "digest", http_scheme="digest"),
    SecurityScheme("header", "apiKey", "header", key_name="X-Key", key_location="header"),
    SecurityScheme("query", "apiKey", "query", key_name="api key", key_location="query"),
    SecurityScheme("cookie", "apiKey", "cookie", key_name="sid", key_location="cookie"),
    SecurityScheme("oauth", "oauth2", "oauth"),
    SecurityScheme("cert", "mutualTLS", "cert"),
)


def _operation(*alternatives: tuple[str, ...]) -> Operation[Any]:
    security = tuple(tuple(Requirement(name) for name in alternative) for alternative in alternatives)
    return Operation("op", "GET", "/quotes", "op", (Answer("200"),), security=security)


def _request(wallet: Wallet, operation: Operation[Any], **settings: Any) -> httpx2.Request:
    http = httpx2.Client(base_url="https://api.example.com", **settings)
    return Requests(http, Judge.of({}), wallet).build(operation, {}, Sent(None, None, None))


@pytest.mark.parametrize(
    "scheme,given,sent",
    [
        ("bearer", "t0ken", "Bearer t0ken"),
        ("oauth", "t0ken", "Bearer t0ken"),
        ("digest", 'username="u"', 'Digest username="u"'),
        ("basic", ("üser", "pass:word"), "Basic " + base64.b64encode("üser:pass:word".encode()).decode()),
    ],
)
def test_credential_stands_in_authorization(scheme: str, given: Any, sent: str) -> None:
    request = _request(Wallet(SCHEMES, {scheme: given}), _operation((scheme,)))

    assert request.headers["authorization"] == sent


def test_api_keys_stand_where_their_schemes_say() -> None:
    wallet = Wallet(SCHEMES, {"header": "h", "query": "q&=ü", "cookie": "c;d"})

    request = _request(wallet, _operation(("header", "query", "cookie")), cookies={"jar": "j"})

    assert request.headers["x-key"] == "h"
    assert request.url.query == b"api%20key=q%26%3D%C3%BC"
    assert request.headers["cookie"] == "jar=j; sid=c%3Bd"


def test_credential_that_is_a_function_is_asked_for_each_call() -> None:
    tokens = iter(["first", "second"])
    wallet = Wallet(SCHEMES, {"bearer": lambda: next(tokens)})

    sent = [_request(wallet, _operation(("bearer",))).headers["authorization"] for _ in range(2)]

    assert sent == ["Bearer first", "Bearer second"]


def test_first_alternative_that_is_complete_is_shown() -> None:
    wallet = Wallet(SCHEMES, {"header": "h", "bearer": "t"})

    request = _request(wallet, _operation(("header", "query"), ("bearer",), ("header",)))

    assert request.headers["authorization"] == "Bearer t"
    assert "x-key" not in request.headers


def test_credential_is_shown_though_the_call_may_be_anonymous() -> None:
    wallet = Wallet(SCHEMES, {"bearer": "t"})

    assert wallet.shown(_operation((), ("bearer",))).headers == (("Authorization", "Bearer t"),)


@pytest.mark.parametrize("alternatives", [(), ((),), (("cert",),), (("header", "query"),)])
def test_nothing_is_shown_where_nothing_is_asked_or_the_alternative_is_incomplete(
    alternatives: tuple[tuple[str, ...], ...],
) -> None:
    wallet = Wallet(SCHEMES, {"bearer": "t", "header": "h"})

    assert wallet.shown(_operation(*alternatives)) == NOTHING


def test_certificate_is_the_business_of_the_transport() -> None:
    wallet = Wallet(SCHEMES, {"bearer": "t"})

    assert wallet.shown(_operation(("cert", "bearer"))).headers == (("Authorization", "Bearer t"),)


@pytest.mark.parametrize("scheme,given", [("bearer", "s3cret\n"), ("basic", ("u", "s3cret\r")), ("cookie", "s3cret\0")])
def test_credential_that_no_header_can_hold_is_refused_and_not_told(scheme: str, given: Any) -> None:
    with pytest.raises(ValueError, match=scheme) as refused:
        _request(Wallet(SCHEMES, {scheme: given}), _operation((scheme,)))

    assert "s3cret" not in str(refused.value)


def test_credential_beyond_latin_1_is_refused_and_not_told() -> None:
    with pytest.raises(ValueError, match="Authorization") as refused:
        _request(Wallet(SCHEMES, {"bearer": "s3cret→"}), _operation(("bearer",)))

    assert "s3cret" not in str(refused.value)
    assert refused.value.__suppress_context__


def test_user_with_a_colon_is_refused() -> None:
    with pytest.raises(ValueError, match="colon"):
        Wallet(SCHEMES, {"basic": ("a:b", "c")}).shown(_operation(("basic",)))


def test_what_is_shown_is_not_in_its_representation() -> None:
    wallet = Wallet(SCHEMES, {"bearer": "s3cret", "query": "s3cret", "cookie": "s3cret"})

    shown = wallet.shown(_operation(("bearer", "query", "cookie")))

    assert "s3cret" not in repr(shown) + repr(wallet)
