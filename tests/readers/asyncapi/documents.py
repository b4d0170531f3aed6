"""Documents of AsyncAPI that stand in a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from apictl.contract.contract import Contract
from apictl.contract.events import Channel, EventOperation, Events, Message
from apictl.readers.asyncapi.outline import Perspective
from apictl.readers.expectation import Expectation
from apictl.readers.read import read
from apictl.readers.reading import Reading
from apictl.source.library import DocumentMissing, Library
from tests.readers.documents import contract_of

PATH = "asyncapi.yaml"


def read_files(files: Mapping[str, str], *, perspective: Perspective = Perspective.SERVICE) -> Reading:
    """Read `asyncapi.yaml` of a workspace that holds *files*."""

    def fetch(name: str) -> bytes:
        if name not in files:
            raise DocumentMissing(name)
        return files[name].encode()

    return read(Library(fetch), PATH, service="lights", expected=Expectation(perspective=perspective))


def read_text(text: str, **files: str) -> Reading:
    """Read a document written as YAML; *files* are YAML documents beside it, by their stems."""
    return read_files({PATH: text, **{f"{name}.yaml": content for name, content in files.items()}})


def read_tree(tree: Any, *, perspective: Perspective = Perspective.SERVICE) -> Reading:
    """Read a document given as a tree."""
    return read_files({PATH: json.dumps(tree)}, perspective=perspective)


def second(channels: Any = None, *, version: str = "2.6.0", **more: Any) -> dict[str, Any]:
    """A document of AsyncAPI 2 of which only what matters is given."""
    tree: dict[str, Any] = {"asyncapi": version, "info": {"title": "Lights", "version": "1"}}
    return tree | {"channels": channels or {}} | more


def third(channels: Any = None, operations: Any = None, *, version: str = "3.0.0", **more: Any) -> dict[str, Any]:
    """A document of AsyncAPI 3 of which only what matters is given."""
    tree: dict[str, Any] = {"asyncapi": version, "info": {"title": "Lights", "version": "1"}}
    return tree | {"channels": channels or {}, "operations": operations or {}} | more


def one_message(message: Any, *, version: str = "3.0.0", **more: Any) -> dict[str, Any]:
    """A document in which the service receives one message, `lit`, on one channel, `lights`."""
    if version.startswith("2"):
        publish = {"operationId": "onLit", "message": message}
        return second({"lights": {"publish": publish}}, version=version, **more)
    channel = {"address": "lights", "messages": {"lit": message}}
    operation = {"action": "receive", "channel": {"$ref": "#/channels/lights"}}
    return third({"lights": channel}, {"onLit": operation}, version=version, **more)


def events_of(reading: Reading) -> Events:
    """The events of a reading that must have some."""
    events = contract_of(reading).events
    assert events is not None
    return events


def message_of(reading: Reading) -> Message:
    """The only message of a reading."""
    (message,) = events_of(reading).messages.values()
    return message


def channel_of(reading: Reading) -> Channel:
    """The only channel of a reading."""
    (channel,) = events_of(reading).channels
    return channel


def operation_of(reading: Reading) -> EventOperation:
    """The only operation of a reading."""
    (operation,) = events_of(reading).operations
    return operation


def definitions_of(contract: Contract) -> dict[str, Any]:
    """The schemas of the definitions by name."""
    return {name: definition.schema for name, definition in contract.definitions.items()}
