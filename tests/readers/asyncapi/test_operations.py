"""Operations: directions as the service sees them, their messages, replies and ids."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.contract.events import Direction, Location, MessagePart
from apictl.readers.asyncapi.outline import Perspective
from tests.readers.asyncapi.documents import events_of, operation_of, read_text, read_tree, second, third
from tests.readers.documents import errors_of, rules_of

TEXT = {"payload": {"type": "string"}}
NUMBER = {"payload": {"type": "integer"}}


@pytest.mark.parametrize(
    "action, perspective, direction",
    [
        ("publish", Perspective.SERVICE, Direction.RECEIVE),
        ("subscribe", Perspective.SERVICE, Direction.SEND),
        ("publish", Perspective.CLIENT, Direction.SEND),
        ("subscribe", Perspective.CLIENT, Direction.RECEIVE),
    ],
)
def test_asyncapi_2_says_what_others_do(action: str, perspective: Perspective, direction: Direction) -> None:
    tree = second({"a": {action: {"operationId": "x", "message": TEXT}}})

    assert operation_of(read_tree(tree, perspective=perspective)).direction is direction


@pytest.mark.parametrize("action", ["send", "receive"])
def test_asyncapi_3_says_what_the_service_does(action: str) -> None:
    tree = third(
        {"a": {"address": "a", "messages": {"m": TEXT}}}, {"x": {"action": action, "channel": {"$ref": "#/channels/a"}}}
    )

    operation = operation_of(read_tree(tree))

    assert (operation.id, operation.direction, operation.channel) == ("x", Direction(action), "a")


def test_operation_has_the_listed_messages_of_its_channel_else_all() -> None:
    channel = {"address": "a", "messages": {"m": TEXT, "n": NUMBER}}
    reference = {"$ref": "#/channels/a"}
    operations = {
        "all": {"action": "send", "channel": reference},
        "one": {"action": "send", "channel": reference, "messages": [{"$ref": "#/channels/a/messages/n"}]},
    }

    every, one = events_of(read_tree(third({"a": channel}, operations))).operations

    assert (every.messages, one.messages) == (("AM", "AN"), ("AN",))


def test_message_of_another_channel_is_refused() -> None:
    channels = {"a": {"address": "a", "messages": {"m": TEXT}}, "b": {"address": "b", "messages": {"n": NUMBER}}}
    operation = {
        "action": "send", "channel": {"$ref": "#/channels/a"}, "messages": [{"$ref": "#/channels/b/messages/n"}],
    }  # fmt: skip

    reading = read_tree(third(channels, {"x": operation}))

    assert errors_of(reading) == [("operation-message-foreign", "/operations/x/messages/0")]


def test_message_that_is_referred_to_past_its_channel_is_read_with_a_warning() -> None:
    channels = {"a": {"address": "a", "messages": {"m": {"$ref": "#/components/messages/m"}}}}
    operation = {
        "action": "send", "channel": {"$ref": "#/channels/a"}, "messages": [{"$ref": "#/components/messages/m"}],
    }  # fmt: skip

    reading = read_tree(third(channels, {"x": operation}, components={"messages": {"m": TEXT}}))

    assert operation_of(reading).messages == ("m",)
    assert rules_of(reading) == ["operation-message-indirect"]


@pytest.mark.parametrize(
    "target, rule",
    [("#/channels/b", "reference-unresolved"), ("#/components/channels/aside", "channel-undeclared")],
)
def test_operation_on_a_channel_that_is_none_of_the_document_s_is_refused(target: str, rule: str) -> None:
    tree = third(
        {"a": {"address": "a", "messages": {"m": TEXT}}},
        {"x": {"action": "send", "channel": {"$ref": target}}},
        components={"channels": {"aside": {"address": "aside"}}},
    )

    assert [found for found, _ in errors_of(read_tree(tree))] == [rule]


def test_empty_list_of_messages_is_refused() -> None:
    operation: Any = {"action": "send", "channel": {"$ref": "#/channels/a"}, "messages": []}

    reading = read_tree(third({"a": {"address": "a", "messages": {"m": TEXT}}}, {"x": operation}))

    assert errors_of(reading) == [("operation-without-messages", "/operations/x/messages")]


def test_operation_of_asyncapi_2_without_message_carries_anything() -> None:
    reading = read_tree(second({"a": {"publish": {"operationId": "onA"}}}))

    assert events_of(reading).messages[operation_of(reading).messages[0]].payload is None
    assert rules_of(reading) == ["message-undeclared"]


def test_missing_ids_are_made_of_direction_and_channel() -> None:
    channels = {"lights/{id}/lit": {"publish": {"message": TEXT}, "subscribe": {"message": TEXT}}}
    channels["lights/{id}/lit"]["parameters"] = {"id": {"schema": {"type": "string"}}}

    reading = read_tree(second(channels))

    assert [one.id for one in events_of(reading).operations] == ["receiveLightsIdLit", "sendLightsIdLit"]
    assert rules_of(reading).count("operation-id-missing") == 2


def test_missing_ids_that_meet_are_told_apart_whatever_the_order() -> None:
    one, other = {"a/b": {"publish": {"message": TEXT}}}, {"a.b": {"publish": {"message": TEXT}}}

    forth = {one.channel: one.id for one in events_of(read_tree(second(one | other))).operations}
    back = {one.channel: one.id for one in events_of(read_tree(second(other | one))).operations}

    assert forth == back
    assert len(set(forth.values())) == 2


def test_operation_id_is_used_once() -> None:
    operation = {"operationId": "x", "message": TEXT}

    reading = read_tree(second({"a": {"publish": operation}, "b": {"publish": operation}}))

    assert errors_of(reading) == [("operation-id-duplicate", "/channels/b/publish/operationId")]


REPLY = """
asyncapi: 3.0.0
info: {title: Sums, version: '1'}
channels:
  ask: {address: ask, messages: {sum: {headers: {properties: {to: {}}}, payload: {type: array}}}}
  answer: {address: null, messages: {result: {payload: {type: number}}, failure: {payload: {type: string}}}}
operations:
  add:
    action: receive
    channel: {$ref: '#/channels/ask'}
    reply: %s
"""


def test_reply_goes_to_an_address_in_the_message() -> None:
    reply = "{channel: {$ref: '#/channels/answer'}, address: {location: $message.header#/to}}"

    found = operation_of(read_text(REPLY % reply)).reply

    assert found is not None
    assert (found.channel, found.messages) == ("answer", ("AnswerResult", "AnswerFailure"))
    assert found.address is not None
    assert (found.address.part, found.address.pointer) == (MessagePart.HEADER, "/to")


def test_reply_lists_messages_of_its_channel() -> None:
    reply = (
        "{channel: {$ref: '#/channels/answer'}, address: {location: $message.header#/to},"
        " messages: [{$ref: '#/channels/answer/messages/failure'}]}"
    )

    found = operation_of(read_text(REPLY % reply)).reply

    assert found is not None
    assert found.messages == ("AnswerFailure",)


def test_reply_may_be_a_component() -> None:
    components = "components: {replies: {back: {address: {location: $message.header#/to}}}}\n"

    found = operation_of(read_text(REPLY % "{$ref: '#/components/replies/back'}" + components)).reply

    assert found is not None
    assert found.channel is None
    assert found.address == Location(MessagePart.HEADER, "/to", found.place.child("address", "location"))


@pytest.mark.parametrize(
    "reply, severity",
    [("{}", "error"), ("{channel: {$ref: '#/channels/answer'}}", "warning")],
)
def test_reply_without_a_way_to_go_is_found(reply: str, severity: str) -> None:
    findings = read_text(REPLY % reply).findings

    assert [(one.rule, one.severity.value, one.place.pointer) for one in findings] == [
        ("reply-incomplete", severity, "/operations/add/reply")
    ]


def test_reply_with_a_message_of_another_channel_is_refused() -> None:
    reply = "{channel: {$ref: '#/channels/answer'}, messages: [{$ref: '#/channels/ask/messages/sum'}]}"

    assert ("operation-message-foreign", "/operations/add/reply/messages/0") in errors_of(read_text(REPLY % reply))


@pytest.mark.parametrize(
    "names, is_doubtful",
    [
        (["onLit", "receiveDimmed"], True),
        (["onLit", "sendDimmed"], False),
        (["turnOn"], False),
        (["online"], False),
        (["processorStatus"], False),
        (["sendLit"], False),
    ],
)
def test_document_that_is_named_the_other_way_round_is_doubted(names: list[str], is_doubtful: bool) -> None:  # noqa: FBT001
    channels = {name: {"subscribe": {"operationId": name, "message": TEXT}} for name in names}

    reading = read_tree(second(channels))
    turned = read_tree(second(channels), perspective=Perspective.CLIENT)

    assert ("perspective-doubtful" in rules_of(reading)) is is_doubtful
    assert not (is_doubtful and "perspective-doubtful" in rules_of(turned))
