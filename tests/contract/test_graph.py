"""Who sends what to whom, made of contracts."""

from __future__ import annotations

from dataclasses import replace

from apictl.contract.graph import around, graph_of
from tests.rules.graph.traffic import consuming, events, flows, offering, party

ANY = "{type: object}"
ASKING = """channels:
  ask: {address: asks, messages: {Q: {name: Q, payload: {type: object}}}}
  back: {address: null, messages: {A: {name: A, payload: {type: object}}}}
operations:
  o:
    action: %s
    channel: {$ref: '#/channels/ask'}
    reply: {address: {location: '$message.header#/to'}, channel: {$ref: '#/channels/back'}}
"""


def test_who_sends_reaches_who_receives_whatever_their_parameters_are_called() -> None:
    sender = party("a", "send", ANY, address="'trips.{id}.done'")
    receiver = party("b", "receive", ANY, address="'trips.{tripId}.done'")

    graph = graph_of([receiver, sender])

    assert flows(graph) == ["a -> b"]
    assert [topic.label for topic in graph.topics] == ["trips.{id}.done"]


def test_other_addresses_are_not_reached() -> None:
    graph = graph_of([party("a", "send", ANY, address="'trips.{id}'"), party("b", "receive", ANY, address="trips.x")])

    assert flows(graph) == []
    assert len(graph.topics) == 2


def test_brokers_must_be_equal_where_both_are_named() -> None:
    kafka, other, rabbit = (
        f"{{s: {{host: '{host}', protocol: {protocol}}}}}"
        for host, protocol in (("k:9092", "kafka"), ("other:9092", "kafka"), ("k:9092", "amqp"))
    )
    sender = party("a", "send", ANY, servers=kafka)

    def reached(servers: str) -> list[str]:
        return flows(graph_of([sender, party("b", "receive", ANY, servers=servers)]))

    assert reached(kafka) == reached("{}") == ["a -> b"]
    assert reached(other) == reached(rabbit) == []


def test_broker_has_another_port_over_tls() -> None:
    plain = party("a", "send", ANY, servers="{s: {host: 'k:9092', protocol: kafka}}")
    secure = party("b", "receive", ANY, servers="{s: {host: 'K:9093', protocol: kafka-secure}}")

    assert flows(graph_of([plain, secure])) == ["a -> b"]
    assert graph_of([plain, secure]).topics[0].protocols == ("kafka",)


def test_topic_of_kafka_may_be_called_otherwise_than_its_channel() -> None:
    sender = events(
        "a",
        """channels:
  c: {address: trips, bindings: {kafka: {topic: trips-v2}}, messages: {Trip: {payload: {type: object}}}}
operations:
  o: {action: send, channel: {$ref: '#/channels/c'}}
""",
    )

    assert flows(graph_of([sender, party("b", "receive", ANY, address="trips-v2")])) == ["a -> b"]
    assert flows(graph_of([sender, party("b", "receive", ANY)])) == []


def test_reply_whose_address_is_known_at_run_time_goes_to_who_asked() -> None:
    graph = graph_of([events("a", ASKING % "send"), events("b", ASKING % "receive")])

    assert flows(graph) == ["a -> b", "b -> a"]
    assert [topic.label for topic in graph.topics] == ["asks", "replies to asks"]


def test_service_talks_to_itself_only_by_messages_that_it_both_sends_and_receives() -> None:
    """A document of a web socket has both directions at one address, and the other side is not the service."""
    text = """channels:
  c: {address: chat, messages: {In: {name: In, payload: {}}, Out: {name: Out, payload: {}}}}
operations:
  send: {action: send, channel: {$ref: '#/channels/c'}, messages: [{$ref: '#/channels/c/messages/Out'}]}
  get: {action: receive, channel: {$ref: '#/channels/c'}, messages: [{$ref: '#/channels/c/messages/%s'}]}
"""

    assert flows(graph_of([events("a", text % "In")])) == []
    assert flows(graph_of([events("a", text % "Out")])) == ["a -> a"]


def test_call_knows_its_operation() -> None:
    graph = graph_of([consuming("a", "b", "getX", "getY"), offering("b", "getX")])

    assert [(call.consumer, call.provider, call.operation is not None) for call in graph.calls] == [
        ("a", "b", True),
        ("a", "b", False),
    ]


def test_part_around_a_service_has_its_neighbours_and_nothing_between_them() -> None:
    graph = graph_of(
        [
            party("a", "send", ANY),
            party("b", "receive", ANY),
            party("c", "receive", ANY),
            party("d", "send", ANY, address="other"),
            replace(consuming("e", "b", "getX")),
        ]
    )

    part = around(graph, frozenset({"b"}))

    assert [member.name for member in part.members] == ["a", "b", "e"]
    assert flows(part) == ["a -> b"]
    assert [[end.service for end in topic.ends] for topic in part.topics] == [["a", "b"]]
    assert len(part.calls) == 1
