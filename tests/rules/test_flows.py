"""Flows of OAuth2: what callers go by to get a token, and whom a change of it hurts."""

from __future__ import annotations

import pytest

from tests.rules.contracts import between, breaking, rules

DOCUMENT = """
paths:
  /trips: {get: {operationId: listTrips, security: SECURITY}}
components:
  securitySchemes:
    login: {type: oauth2, flows: FLOWS}
    id: {type: openIdConnect, openIdConnectUrl: 'DISCOVERY'}
"""
FLOWS = "{clientCredentials: {tokenUrl: 'https://a.test/token', scopes: {read: Read., write: Write.}}}"


def _document(flows: str = FLOWS, *, security: str = "[{login: [read]}]", discovery: str = "https://a.test/id") -> str:
    return DOCUMENT.replace("FLOWS", flows).replace("SECURITY", security).replace("DISCOVERY", discovery)


@pytest.mark.parametrize(
    "old, new, rule",
    [
        (FLOWS, FLOWS.replace("read: Read., ", ""), "security-scheme-scope-removed"),
        (FLOWS, FLOWS.replace("/token", "/v2/token"), "security-scheme-url-changed"),
        (FLOWS, FLOWS.replace("clientCredentials", "password"), "security-scheme-flow-removed"),
        (FLOWS.replace("scopes", "refreshUrl: 'https://a.test/r', scopes"), FLOWS, "security-scheme-url-changed"),
    ],
)
def test_what_callers_go_by_must_stay_where_operations_ask_for_it(old: str, new: str, rule: str) -> None:
    asked = between(_document(old), _document(new))
    unasked = between(_document(old, security="[]"), _document(new, security="[]"))

    assert breaking(asked) == [rule]
    assert rule in rules(unasked)
    assert breaking(unasked) == []


@pytest.mark.parametrize(
    "new, rule",
    [
        (FLOWS.replace("write: Write.", "write: Write., pay: Pay."), "security-scheme-scope-added"),
        (FLOWS.replace(", write: Write.", ""), "security-scheme-scope-removed"),
        (FLOWS.replace("scopes", "refreshUrl: 'https://a.test/r', scopes"), "security-scheme-url-changed"),
        (FLOWS[:-1] + ", password: {tokenUrl: 'https://a.test/p', scopes: {}}}", "security-scheme-flow-added"),
    ],
)
def test_more_to_go_by_and_a_scope_that_nobody_asks_for_hurt_nobody(new: str, rule: str) -> None:
    found = between(_document(), _document(new))

    assert (rules(found), breaking(found)) == ([rule], [])


def test_scope_that_is_described_otherwise_is_no_change_for_callers() -> None:
    assert between(_document(), _document(FLOWS.replace("Read.", "Reads trips."))) == ()


def test_change_of_a_flow_stands_where_the_flow_does() -> None:
    [change] = between(_document(), _document(FLOWS.replace("/token", "/v2/token")))

    assert change.new.pointer == "/components/securitySchemes/login/flows/clientCredentials/tokenUrl"
    assert change.message == (
        "tokenUrl of flow 'clientCredentials' of security scheme 'login' "
        "is 'https://a.test/v2/token', it was 'https://a.test/token'"
    )


def test_provider_of_openid_connect_may_not_move_where_it_is_asked_for() -> None:
    old = _document(security="[{id: []}]")

    assert breaking(between(old, _document(security="[{id: []}]", discovery="https://b.test/id"))) == [
        "security-scheme-url-changed"
    ]


def test_scheme_of_another_kind_is_one_change() -> None:
    new = _document().replace(f"{{type: oauth2, flows: {FLOWS}}}", "{type: http, scheme: basic}")

    assert rules(between(_document(), new)) == ["security-scheme-changed"]
