"""Which servers of a contract want a URL, and what `brokers.py` says of them."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from urllib.parse import quote

import pytest

from apictl.contract.events import Channel, EventServer
from apictl.findings import Place
from apictl.pages.adapters import ADAPTERS
from apictl.pages.python.servers import server_groups
from tests.emitters.events.documents import pages, spelled

PLACE = Place("asyncapi.yaml", "")
KAFKA = "log: {host: 'kafka.example:9092', protocol: kafka}"
RABBIT = "queues: {host: rabbit.example, protocol: amqp, pathname: /rides}"


def brokers(servers: str, *homes: str) -> str:
    """Return `brokers.py` of a service that receives on a channel at each of *homes*, lists of *servers*."""
    channels = "\n".join(
        f"  c{number}: {{address: a{number}, messages: {{m{number}: {{payload: {{type: string}}}}}}"
        + (f", servers: [{', '.join(_reference(name) for name in home.split())}]}}" if home else "}")
        for number, home in enumerate(homes)
    )
    operations = "\n".join(
        f"  o{number}: {{action: receive, channel: {{$ref: '#/channels/c{number}'}}}}" for number in range(len(homes))
    )
    servers = f"servers: {{{servers}}}" if servers else ""
    return pages(f"{servers}\nchannels:\n{channels}\noperations:\n{operations}\n")["brokers.py"]


def _reference(name: str) -> str:
    return f"{{$ref: '#/servers/{name}'}}"


def connect(module: str) -> ast.FunctionDef:
    """Return the function `connect` of *module*."""
    (found,) = (node for node in ast.parse(module).body if isinstance(node, ast.FunctionDef) and node.name == "connect")
    return found


def signature(module: str) -> str:
    """Return the arguments of `connect` in *module*."""
    return ast.unparse(connect(module).args)


def returned(module: str) -> str:
    """Return what `connect` in *module* returns."""
    (found,) = (node for node in connect(module).body if isinstance(node, ast.Return))
    assert found.value is not None
    return ast.unparse(found.value)


def test_servers_with_channels_of_their_own_have_a_url_each() -> None:
    module = brokers(f"{KAFKA}, {RABBIT}", "log", "queues")

    assert signature(module) == "*, log_url: str, queues_url: str"
    assert returned(module) == (
        "Switchboard(channels.SERVICE, {'log': BROKERS.connected(log_url), 'queues': BROKERS.connected(queues_url)})"
    )
    assert 'BROKERS: Final = Brokers("t-api", ("kafka", "rabbit"))' in module
    assert "log_url: of 'log' (kafka, kafka.example:9092)." in module
    assert "queues_url: of 'queues' (amqp, rabbit.example/rides)." in module


def test_servers_that_are_alternatives_have_one_url() -> None:
    module = brokers(f"{KAFKA}, spare: {{host: 'b:9093', protocol: kafka-secure}}", "log spare", "")

    assert signature(module) == "url: str"
    assert returned(module) == "BROKERS.connected(url)"
    assert "url: of 'log' (kafka, kafka.example:9092) or 'spare' (kafka-secure, b:9093)." in module


def test_without_servers_any_broker_will_do() -> None:
    module = brokers("", "")

    assert signature(module) == "url: str, *, process: str=''"
    assert returned(module) == "BROKERS.connected(url, process=process)"
    assert all(f'"{each.name}"' in module for each in ADAPTERS)
    assert "url: of any broker; the contract names none." in module


def test_a_protocol_without_an_adapter_leaves_only_memory() -> None:
    module = brokers("web: {host: h, protocol: ibmmq}", "web")

    assert 'Brokers("t-api", ())' in module


def test_only_a_contract_with_web_sockets_has_something_to_serve() -> None:
    web = "web: {host: h, protocol: wss}"

    assert "serve" not in brokers(KAFKA, "log")
    assert "serve" not in brokers("", "")
    assert "return WebSocketServer(channels.SERVICE" in brokers(web, "web")
    assert "servers=" not in brokers(web, "web")
    assert 'servers=("web",)' in brokers(f"{KAFKA}, {web}", "log", "web")


def test_what_channels_of_one_address_ask_of_a_handshake_is_asked_together() -> None:
    channel = "{address: a, messages: {m: {payload: {type: string}}}, bindings: {ws: {query: {required: [%s]}}}}"
    operations = "o: {action: receive, channel: {$ref: '#/channels/one'}}"

    events = spelled(
        f"servers: {{web: {{host: h, protocol: ws}}}}\n"
        f"channels:\n  one: {channel % 'x'}\n  two: {channel % 'y'}\noperations: {{{operations}}}\n"
    )

    (key,) = (each.handshake.query for each in events.channels if each.handshake)
    assert events.judged[key] == {"allOf": [{"required": ["x"]}, {"required": ["y"]}]}


def test_a_url_is_never_called_like_another_argument() -> None:
    module = brokers("a-b: {host: h, protocol: redis}, a.b: {host: i, protocol: redis}", "a-b", "a.b")

    assert signature(module) == "*, a_b_url: str, a_b_url_2: str, process: str=''"


def test_a_hostile_server_is_text_in_a_docstring() -> None:
    name = '\\"\\"\\"); __import__(\'os\').abort() #'
    pointer = quote('"""); __import__(\'os\').abort() #')

    module = pages(
        f"""
servers: {{"{name}": {{host: "{name}", protocol: "{name}"}}, other: {{host: h, protocol: kafka}}}}
channels:
  c: {{address: a, servers: [{{$ref: "#/servers/{pointer}"}}], messages: {{m: {{payload: {{type: string}}}}}}}}
  d: {{address: b, servers: [{{$ref: "#/servers/other"}}], messages: {{n: {{payload: {{type: string}}}}}}}}
operations:
  one: {{action: receive, channel: {{$ref: '#/channels/c'}}}}
  two: {{action: receive, channel: {{$ref: '#/channels/d'}}}}
"""
    )["brokers.py"]

    assert len(connect(module).body) == 2
    assert "abort()" in module
    assert "\n__import__" not in module


def keys(homes: Sequence[str], *, addresses: Sequence[str] = "pqrs") -> list[tuple[str, list[str]]]:
    """Return the groups for channels with *addresses* at *homes*: key and alternatives."""
    declared = [EventServer(name, name, "kafka", PLACE) for name in "abc"]
    pairs = zip(addresses, homes, strict=False)
    channels = [Channel(f"at {own} {home}", own, PLACE, servers=tuple(home.split())) for own, home in pairs]
    return [(one.key, [each.name for each in one.alternatives]) for one in server_groups(channels, declared)]


@pytest.mark.parametrize(
    "homes,groups",
    [
        ((), [("a", ["a", "b", "c"])]),
        (("", ""), [("a", ["a", "b", "c"])]),
        (("a b", "b c"), [("b", ["b"])]),
        (("a b", "c"), [("a", ["a", "b"]), ("c", ["c"])]),
        (("b", "a b", ""), [("b", ["b"])]),
        (("b", "a", ""), [("a", ["a"]), ("b", ["b"])]),
        (("gone",), [("a", ["a", "b", "c"])]),
    ],
)
def test_a_channel_lives_where_it_shares_a_server(homes: Sequence[str], groups: list[tuple[str, list[str]]]) -> None:
    assert keys(homes) == groups


@pytest.mark.parametrize(
    "homes,groups",
    [
        (("a b", "b c", "a", "c"), [("a", ["a"]), ("b", ["b"]), ("c", ["c"])]),
        (("", "b", "a", "c"), [("a", ["a"]), ("b", ["b"]), ("c", ["c"])]),
        (("a", "b", "", ""), [("a", ["a"]), ("b", ["b"])]),
    ],
)
def test_channels_of_one_address_live_together(homes: Sequence[str], groups: list[tuple[str, list[str]]]) -> None:
    assert keys(homes, addresses=("x", "x", "y", "z")) == groups
