"""What happens to channels and to what is done on them."""

from __future__ import annotations

from typing import Final

from tests.diff.events.cases import KINDS, NAMED, ON_TRIPS, TRIP, channel_case, operation_case, whole_case

_A: Final = "a: {payload: {const: a}}"
_B: Final = "b: {payload: {const: b}}"

_SPLIT: Final = """\
trip:
  action: ACTION
  channel: {$ref: '#/channels/trips'}
  messages: [{$ref: '#/channels/trips/messages/a'}]
more:
  action: ACTION
  channel: {$ref: '#/channels/trips'}
  messages: [{$ref: '#/channels/trips/messages/b'}]"""

CHANNELS: Final = (
    whole_case(
        "channel has another key", (NAMED % "trips", ON_TRIPS),
        (NAMED % "journeys", ON_TRIPS.replace("channels/trips", "channels/journeys")),
        receives="", sends="",
    ),
    whole_case(
        "channel has another key, of which a message has its name", (TRIP, ON_TRIPS),
        (TRIP.replace("trips:", "journeys:", 1), ON_TRIPS.replace("channels/trips", "channels/journeys")),
        receives="message-renamed?", sends="message-renamed?",
    ),
    channel_case(
        "address is another", "address: trips", "address: v2.trips",
        receives="channel-address-changed!", sends="channel-address-changed!",
    ),
    channel_case(
        "address is known only at run time", "address: trips", "address: null",
        receives="channel-address-changed!", sends="channel-address-changed!",
    ),
    channel_case(
        "parameter is renamed",
        "address: 'trips.{a}', parameters: {a: {}}", "address: 'trips.{b}', parameters: {b: {}}",
        receives="channel-parameter-renamed?", sends="channel-parameter-renamed?",
    ),
    channel_case(
        "parameter is new", "address: trips", "address: 'trips.{a}', parameters: {a: {}}",
        receives="channel-address-changed!", sends="channel-address-changed!",
    ),
    channel_case(
        "value of a parameter is gone", "address: 'trips.{a}', parameters: {a: {enum: [x, y]}}",
        "address: 'trips.{a}', parameters: {a: {enum: [x]}}",
        receives="enum-value-removed!", sends="enum-value-removed",
    ),
    channel_case(
        "value of a parameter is new", "address: 'trips.{a}', parameters: {a: {enum: [x]}}",
        "address: 'trips.{a}', parameters: {a: {enum: [x, y]}}",
        receives="enum-value-added", sends="enum-value-added!",
    ),
    channel_case(
        "parameter is taken from elsewhere in the message",
        "address: 'trips.{a}', parameters: {a: {location: '$message.payload#/a'}}",
        "address: 'trips.{a}', parameters: {a: {location: '$message.payload#/b'}}",
        receives="channel-parameter-location-changed!", sends="channel-parameter-location-changed!",
    ),
    whole_case(
        "operation is gone", (TRIP, ON_TRIPS), (TRIP, "{}"),
        receives="event-operation-removed!", sends="event-operation-removed!",
    ),
    whole_case(
        "operation is new", (TRIP, "{}"), (TRIP, ON_TRIPS),
        receives="event-operation-added", sends="event-operation-added",
    ),
    whole_case(
        "operation is renamed", (TRIP, ON_TRIPS), (TRIP, ON_TRIPS.replace("trip:", "journey:")),
        receives="event-operation-id-changed?", sends="event-operation-id-changed?",
    ),
    whole_case(
        "operation and channel are gone", (f"{TRIP}\nzones: {{address: zones}}", ON_TRIPS),
        ("zones: {address: zones}", "{}"),
        receives="event-operation-removed!", sends="event-operation-removed!",
    ),
    whole_case(
        "unused channel is gone", (f"{TRIP}\nzones: {{address: zones}}", ON_TRIPS), (TRIP, ON_TRIPS),
        receives="channel-removed!", sends="channel-removed!",
    ),
    whole_case(
        "unused channel is new", (TRIP, ON_TRIPS), (f"{TRIP}\nzones: {{address: zones}}", ON_TRIPS),
        receives="channel-added", sends="channel-added",
    ),
    whole_case(
        "message of an unused channel allows more",
        (f"{TRIP}\nzones: {{address: zones, messages: {{zone: {{payload: {{enum: [a]}}}}}}}}", ON_TRIPS),
        (f"{TRIP}\nzones: {{address: zones, messages: {{zone: {{payload: {{enum: [a, b]}}}}}}}}", ON_TRIPS),
        receives="enum-value-added!", sends="enum-value-added!",
    ),
    whole_case(
        "operation is split in two", (KINDS % f"{_A}, {_B}", ON_TRIPS),
        (KINDS % f"{_A}, {_B}", _SPLIT),
        receives="event-operation-added", sends="event-operation-added",
    ),
)  # fmt: skip


OPERATIONS: Final = (
    operation_case(
        "reply is new", "", ", reply: {channel: {$ref: '#/channels/answers'}}",
        receives="reply-added", sends="reply-added!",
    ),
    operation_case(
        "reply is gone", ", reply: {channel: {$ref: '#/channels/answers'}}", "",
        receives="reply-removed!", sends="reply-removed",
    ),
    operation_case(
        "reply goes to another channel", ", reply: {channel: {$ref: '#/channels/answers'}}",
        ", reply: {channel: {$ref: '#/channels/others'}}",
        receives="reply-address-changed! message-renamed?", sends="reply-address-changed! message-renamed?",
    ),
    operation_case(
        "reply goes to another address", ", reply: {address: {location: '$message.header#/a'}}",
        ", reply: {address: {location: '$message.header#/b'}}",
        receives="reply-address-changed!", sends="reply-address-changed!",
    ),
    operation_case(
        "scope is asked for", ", security: []", ", security: [{type: userPassword}]",
        receives="security-scheme-added security-alternative-removed!",
        sends="security-scheme-added security-alternative-removed!",
    ),
    operation_case(
        "group of Kafka is another", ", bindings: {kafka: {groupId: {const: a}}}",
        ", bindings: {kafka: {groupId: {const: b}}}",
        receives="binding-group-changed?", sends="binding-group-changed?",
    ),
    operation_case(
        "quality of service of MQTT is lower", ", bindings: {mqtt: {qos: 2}}", ", bindings: {mqtt: {qos: 1}}",
        receives="binding-delivery-changed?", sends="binding-delivery-changed!",
    ),
    operation_case(
        "quality of service of MQTT is higher", ", bindings: {mqtt: {qos: 1}}", ", bindings: {mqtt: {qos: 2}}",
        receives="binding-delivery-changed?", sends="binding-delivery-changed?",
    ),
    operation_case(
        "messages of MQTT are retained", ", bindings: {mqtt: {qos: 1}}", ", bindings: {mqtt: {qos: 1, retain: true}}",
        receives="binding-delivery-changed?", sends="binding-delivery-changed?",
    ),
    operation_case(
        "default of MQTT is written down",
        ", bindings: {mqtt: {qos: 1}}", ", bindings: {mqtt: {qos: 1, retain: false}}",
        receives="", sends="",
    ),
    operation_case(
        "messages of AMQP expire sooner",
        ", bindings: {amqp: {expiration: 9000}}", ", bindings: {amqp: {expiration: 900}}",
        receives="binding-delivery-changed?", sends="binding-delivery-changed?",
    ),
    operation_case(
        "queue of NATS is another", ", bindings: {nats: {queue: a}}", ", bindings: {nats: {queue: b}}",
        receives="binding-group-changed?", sends="binding-group-changed?",
    ),
    operation_case(
        "method of HTTP is another", ", bindings: {http: {method: GET}}", ", bindings: {http: {method: POST}}",
        receives="binding-destination-changed!", sends="binding-destination-changed!",
    ),
    operation_case(
        "query of HTTP takes fewer values",
        ", bindings: {http: {method: GET, query: {type: object, properties: {a: {enum: [x, y]}}}}}",
        ", bindings: {http: {method: GET, query: {type: object, properties: {a: {enum: [x]}}}}}",
        receives="enum-value-removed!", sends="enum-value-removed",
    ),
)  # fmt: skip
