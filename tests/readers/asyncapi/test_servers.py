"""Servers, and what servers and operations ask of their users."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.contract.security import KeyLocation, SecurityKind, SecurityRequirement
from tests.readers.asyncapi.documents import events_of, operation_of, read_text, read_tree, second, third
from tests.readers.documents import contract_of, errors_of, rules_of


@pytest.mark.parametrize(
    "url, host, pathname",
    [
        ("mq.example:5672", "mq.example:5672", ""),
        ("amqp://mq.example/vhost/a", "mq.example", "/vhost/a"),
        ("{region}.example:{port}/v1", "eu.example:5672", "/v1"),
        ("wss://[::1]:80/x", "[::1]:80", "/x"),
        ("", "", ""),
    ],
)
def test_url_of_asyncapi_2_is_host_and_path(url: str, host: str, pathname: str) -> None:
    variables = {"region": {"default": "eu"}, "port": {"enum": ["5672", "5671"], "default": "5672"}}
    server = {"url": url, "protocol": "AMQP", "protocolVersion": "0.9.1", "variables": variables}

    (found,) = events_of(read_tree(second(servers={"main": server}))).servers

    assert (found.host, found.pathname) == (host, pathname)
    assert (found.name, found.protocol, found.protocol_version) == ("main", "amqp", "0.9.1")


def test_server_of_asyncapi_3_has_host_and_path() -> None:
    reading = read_text(
        """
asyncapi: 3.0.0
info: {title: x, version: '1'}
servers:
  main:
    host: '{region}.example'
    pathname: /{vhost}
    protocol: amqp
    description: The broker.
    bindings: {amqp: {}}
    variables: {region: {default: eu}, vhost: {$ref: '#/components/serverVariables/vhost'}}
components: {serverVariables: {vhost: {default: rides}}}
"""
    )

    (found,) = events_of(reading).servers

    assert (found.host, found.pathname, found.description) == ("eu.example", "/rides", "The broker.")
    assert [binding.protocol for binding in found.bindings] == ["amqp"]


@pytest.mark.parametrize(
    "variables, rule, pointer",
    [
        ({}, "server-variable-undeclared", "/servers/main/host"),
        ({"a": {"enum": ["x"], "default": "y"}}, "server-variable-default", "/servers/main/variables/a/default"),
    ],
)
def test_variables_are_declared_and_their_defaults_fit(variables: Any, rule: str, pointer: str) -> None:
    server = {"host": "{a}", "protocol": "amqp", "variables": variables}

    assert errors_of(read_tree(third(servers={"main": server}))) == [(rule, pointer)]


SCHEMES = {
    "login": {"type": "userPassword"},
    "key": {"type": "apiKey", "in": "user"},
    "header": {"type": "httpApiKey", "name": "X-Key", "in": "header"},
    "certificate": {"type": "X509"},
    "symmetric": {"type": "symmetricEncryption"},
    "asymmetric": {"type": "asymmetricEncryption"},
    "plain": {"type": "plain"},
    "scram256": {"type": "scramSha256"},
    "scram512": {"type": "scramSha512"},
    "kerberos": {"type": "gssapi"},
    "basic": {"type": "http", "scheme": "basic"},
    "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
    "digest": {"type": "http", "scheme": "digest"},
    "connect": {"type": "openIdConnect", "openIdConnectUrl": "https://id.example/.well-known"},
}


@pytest.mark.parametrize("document", [second, third])
def test_all_kinds_of_schemes_are_read(document: Any) -> None:
    reading = read_tree(document(components={"securitySchemes": SCHEMES}))

    schemes = events_of(reading).security_schemes
    assert {name: scheme.mechanism for name, scheme in schemes.items() if scheme.kind is SecurityKind.BROKER} == {
        "login": "userPassword",
        "certificate": "X509",
        "symmetric": "symmetricEncryption",
        "asymmetric": "asymmetricEncryption",
        "plain": "plain",
        "scram256": "scramSha256",
        "scram512": "scramSha512",
        "kerberos": "gssapi",
    }
    assert schemes["key"].key_location is KeyLocation.USER
    assert (schemes["header"].key_name, schemes["header"].key_location) == ("X-Key", KeyLocation.HEADER)
    assert [schemes[name].kind.value for name in ("basic", "bearer", "digest", "connect")] == [
        "basic", "bearer", "http", "openIdConnect",
    ]  # fmt: skip
    assert contract_of(reading).security_schemes == {}


@pytest.mark.parametrize("version, field", [("2.6.0", "scopes"), ("3.0.0", "availableScopes")])
def test_flows_have_their_scopes(version: str, field: str) -> None:
    flow = {"tokenUrl": "https://id.example/token", field: {"read": "Read.", "write": "Write."}}
    schemes = {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}
    tree = (second if version.startswith("2") else third)(version=version, components={"securitySchemes": schemes})

    scheme = events_of(read_tree(tree)).security_schemes["o"]

    assert scheme.scopes == ("read", "write")
    assert scheme.flows[0].token_url == "https://id.example/token"


def test_requirements_of_asyncapi_2_are_named() -> None:
    schemes = {"a": {"type": "plain"}, "b": {"type": "X509"}}
    operation = {"operationId": "x", "message": {"payload": {}}, "security": [{"b": []}]}
    channels = {"c": {"publish": operation}}
    servers = {"main": {"url": "mq", "protocol": "amqp", "security": [{"a": [], "b": []}, {"a": []}]}}

    reading = read_tree(second(channels, servers=servers, components={"securitySchemes": schemes}, version="2.6.0"))

    (server,) = events_of(reading).servers
    a, b = SecurityRequirement("a"), SecurityRequirement("b")
    assert server.security == ((a, b), (a,))
    assert operation_of(reading).security == ((b,),)


def test_requirements_of_asyncapi_3_are_schemes() -> None:
    reading = read_text(
        """
asyncapi: 3.0.0
info: {title: x, version: '1'}
servers:
  main:
    host: mq
    protocol: amqp
    security:
      - $ref: '#/components/securitySchemes/a'
      - type: oauth2
        scopes: [read]
        flows: {clientCredentials: {tokenUrl: 'https://x.example', availableScopes: {read: ''}}}
components: {securitySchemes: {a: {type: plain}}}
"""
    )

    events = events_of(reading)
    assert events.servers[0].security == ((SecurityRequirement("a"),), (SecurityRequirement("oauth2", ("read",)),))
    assert list(events.security_schemes) == ["a", "oauth2"]


def test_requirement_of_an_unknown_scheme_is_refused() -> None:
    servers = {"main": {"url": "mq", "protocol": "amqp", "security": [{"none": []}]}}

    reading = read_tree(second(servers=servers))

    assert errors_of(reading) == [("security-scheme-undefined", "/servers/main/security/0/none")]


def test_scope_that_its_scheme_has_not_is_doubted() -> None:
    flow = {"tokenUrl": "https://id.example/token", "scopes": {"read": ""}}
    schemes = {"o": {"type": "oauth2", "flows": {"clientCredentials": flow}}}
    servers = {"main": {"url": "mq", "protocol": "amqp", "security": [{"o": ["write"]}]}}

    assert rules_of(read_tree(second(servers=servers, components={"securitySchemes": schemes}))) == [
        "security-scope-undeclared"
    ]
