"""What happens to bindings of channels, and to brokers."""

from __future__ import annotations

from typing import Final

from tests.diff.events.cases import ON_TRIPS, Case, channel_case, document

BINDINGS: Final = (
    channel_case(
        "topic of Kafka is another", "address: trips, bindings: {kafka: {topic: a}}",
        "address: trips, bindings: {kafka: {topic: b}}",
        receives="binding-destination-changed!", sends="binding-destination-changed!",
    ),
    channel_case(
        "topic of Kafka is written down", "address: trips, bindings: {kafka: {partitions: 3}}",
        "address: trips, bindings: {kafka: {partitions: 3, topic: trips}}",
        receives="", sends="",
    ),
    channel_case(
        "partitions of Kafka are more", "address: trips, bindings: {kafka: {partitions: 3}}",
        "address: trips, bindings: {kafka: {partitions: 6}}",
        receives="binding-partitions-changed?", sends="binding-partitions-changed?",
    ),
    channel_case(
        "topic of Kafka is compacted",
        "address: trips, bindings: {kafka: {topicConfiguration: {cleanup.policy: [delete]}}}",
        "address: trips, bindings: {kafka: {topicConfiguration: {cleanup.policy: [compact]}}}",
        receives="binding-retention-changed?", sends="binding-retention-changed?",
    ),
    channel_case(
        "messages of Kafka must be smaller",
        "address: trips, bindings: {kafka: {topicConfiguration: {max.message.bytes: 2000}}}",
        "address: trips, bindings: {kafka: {topicConfiguration: {max.message.bytes: 1000}}}",
        receives="binding-size-changed!", sends="binding-size-changed!",
    ),
    channel_case(
        "exchange of AMQP is another", "address: trips, bindings: {amqp: {is: routingKey, exchange: {name: a}}}",
        "address: trips, bindings: {amqp: {is: routingKey, exchange: {name: b}}}",
        receives="binding-destination-changed!", sends="binding-destination-changed!",
    ),
    channel_case(
        "type of an exchange of AMQP is another",
        "address: trips, bindings: {amqp: {is: routingKey, exchange: {name: a, type: topic}}}",
        "address: trips, bindings: {amqp: {is: routingKey, exchange: {name: a, type: fanout}}}",
        receives="binding-declaration-changed!", sends="binding-declaration-changed!",
    ),
    channel_case(
        "queue of AMQP is durable", "address: trips, bindings: {amqp: {is: queue, queue: {name: a, durable: false}}}",
        "address: trips, bindings: {amqp: {is: queue, queue: {name: a, durable: true}}}",
        receives="binding-declaration-changed!", sends="binding-declaration-changed!",
    ),
    channel_case(
        "method of WebSocket is another", "address: trips, bindings: {ws: {method: GET}}",
        "address: trips, bindings: {ws: {method: POST}}",
        receives="binding-destination-changed!", sends="binding-destination-changed!",
    ),
    channel_case(
        "header of WebSocket is required",
        "address: trips, bindings: {ws: {headers: {type: object, properties: {a: {type: string}}}}}",
        "address: trips, bindings: {ws: {headers: {type: object, properties: {a: {type: string}}, required: [a]}}}",
        receives="property-required!", sends="property-required!",
    ),
    channel_case(
        "version of a binding is another", "address: trips, bindings: {kafka: {topic: a, bindingVersion: 0.4.0}}",
        "address: trips, bindings: {kafka: {topic: a, bindingVersion: 0.5.0}}",
        receives="", sends="",
    ),
    channel_case(
        "binding that no rule knows is another",
        "address: trips, bindings: {pulsar: {namespace: a, persistence: persistent}}",
        "address: trips, bindings: {pulsar: {namespace: b, persistence: persistent}}",
        receives="binding-changed?", sends="binding-changed?",
    ),
    channel_case(
        "field that no rule knows is new", "address: trips, bindings: {kafka: {topic: a}}",
        "address: trips, bindings: {kafka: {topic: a, x-quota: 5}}",
        receives="binding-changed?", sends="binding-changed?",
    ),
)  # fmt: skip


_KAFKA: Final = "{host: 'kafka.example:9092', protocol: kafka%s}"
_LOGIN: Final = ", security: [{$ref: '#/components/securitySchemes/login'}]"
_SCHEME: Final = "components: {securitySchemes: {login: {type: %s}}}"
_MQTT: Final = "{host: mqtt.example, protocol: mqtt}"


def _servers(name: str, old: str, new: str, *, receives: str, sends: str, servers: str = "") -> Case:
    """A case of servers, and of those that the channel is on where *servers* is their text."""
    texts = document("trips: {address: trips, messages: {trip: {payload: {type: string}}}%s}", ON_TRIPS)
    before, after = (texts.replace("%s", servers and each) for each in (old, new))
    if not servers:
        return Case(name, f"{before}servers: {old}\n", f"{after}servers: {new}\n", receives, sends)
    return Case(name, f"{before}servers: {servers}\n", f"{after}servers: {servers}\n", receives, sends)


SERVERS: Final = (
    _servers(
        "broker is gone", f"{{a: {_KAFKA % ''}, b: {_MQTT}}}", f"{{a: {_KAFKA % ''}}}",
        receives="event-server-removed!", sends="event-server-removed!",
    ),
    _servers(
        "broker is called otherwise", f"{{a: {_KAFKA % ''}}}", f"{{b: {_KAFKA % ''}}}",
        receives="", sends="",
    ),
    _servers(
        "broker has another host", f"{{a: {_KAFKA % ''}}}", f"{{a: {_MQTT}}}",
        receives="event-server-removed! event-server-added", sends="event-server-removed! event-server-added",
    ),
    _servers(
        "broker asks for credentials",
        f"{{a: {_KAFKA % ''}}}", f"{{a: {_KAFKA % ', security: [{type: scramSha256}]'}}}",
        receives="security-alternative-removed! security-scheme-added",
        sends="security-alternative-removed! security-scheme-added",
    ),
    _servers(
        "mechanism of a login is another", f"{{a: {_KAFKA % _LOGIN}}}\n{_SCHEME % 'scramSha256'}",
        f"{{a: {_KAFKA % _LOGIN}}}\n{_SCHEME % 'scramSha512'}",
        receives="security-scheme-changed!", sends="security-scheme-changed!",
    ),
    _servers(
        "broker speaks another version", f"{{a: {_KAFKA % ', protocolVersion: 2.8.0'}}}",
        f"{{a: {_KAFKA % ', protocolVersion: 3.7.0'}}}",
        receives="event-server-version-changed?", sends="event-server-version-changed?",
    ),
    _servers(
        "channel is on fewer brokers", "", ", servers: [{$ref: '#/servers/a'}]",
        servers=f"{{a: {_KAFKA % ''}, b: {_MQTT}}}",
        receives="event-server-removed!", sends="event-server-removed!",
    ),
)  # fmt: skip
