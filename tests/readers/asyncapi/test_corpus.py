"""Real documents: each is read, or refused at a place; both versions of an example mean the same."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema_rs import validator_map_for

from apictl.contract.contract import Contract
from apictl.contract.events import Events, Message
from apictl.contract.schema import Schema, referenced_names
from apictl.findings import Severity
from apictl.readers.read import read
from apictl.readers.reading import Reading
from apictl.source.library import DocumentMissing, Library
from tests.corpus.documents import CORPUS, MISSING

FOLDER = CORPUS / "asyncapi"
FILES = sorted(path.name for path in FOLDER.glob("*.yaml")) if FOLDER.is_dir() else []
OLD = "spec26-"
REFUSED = {
    "blueapi.yaml": "reference-remote",
    "ruter-adt.yaml": "type-wrong",
    "spec-adeo-kafka-request-reply.yaml": "reference-remote",
}
"""Documents whose schemas are elsewhere, with what the first finding says."""
OTHER_HEADERS = {"spec26-operation-security.yaml"}
"""Examples whose newer version declares other headers."""


def fetch(path: str) -> bytes:
    try:
        return Path(CORPUS / path).read_bytes()
    except OSError:
        raise DocumentMissing(path) from None


@functools.cache
def reading_of(file: str) -> Reading:
    return read(Library(fetch), f"asyncapi/{file}", service="corpus")


def contract_of(file: str) -> tuple[Contract, Events]:
    contract = reading_of(file).contract
    assert contract is not None
    assert contract.events is not None
    return contract, contract.events


@pytest.mark.skipif(not FILES, reason=MISSING)
@pytest.mark.parametrize("file", FILES)
def test_real_document_is_read_or_refused_at_a_place(file: str) -> None:
    reading = reading_of(file)

    errors = [finding for finding in reading.findings if finding.severity is Severity.ERROR]
    assert (reading.contract is None) == bool(errors) == (file in REFUSED)
    assert not errors or errors[0].rule == REFUSED[file]
    document = Library(fetch).document(f"asyncapi/{file}")
    assert document is not None
    assert all(document.locate(finding.place).line is not None for finding in reading.findings)
    assert all(len(finding.message) <= 200 for finding in reading.findings)


@pytest.mark.skipif(not FILES, reason=MISSING)
@pytest.mark.parametrize("file", [file for file in FILES if file not in REFUSED])
def test_contract_of_a_real_document_is_whole(file: str) -> None:
    contract, events = contract_of(file)

    channels = {channel.name for channel in events.channels}
    schemas: list[Schema] = [definition.schema for definition in contract.definitions.values()]
    for message in events.messages.values():
        schemas += [message.payload.schema] if message.payload else []
        schemas += [one for one in (message.headers, message.key) if one is not None]
    definitions: dict[str, Any] = {name: one.schema for name, one in contract.definitions.items()}
    assert {name for schema in schemas for name in referenced_names(schema)} <= definitions.keys()
    assert all(channel.messages for channel in events.channels)
    assert all(operation.channel in channels for operation in events.operations)
    assert {name for operation in events.operations for name in operation.messages} <= events.messages.keys()
    assert len(validator_map_for({"$defs": definitions})) > len(definitions)


@pytest.mark.skipif(not FILES, reason=MISSING)
@pytest.mark.parametrize("file", [file for file in FILES if file.startswith(OLD)])
def test_both_versions_of_an_example_mean_the_same(file: str) -> None:
    has_headers = file not in OTHER_HEADERS

    old = meaning(file, has_headers=has_headers)
    new = meaning(file.replace(OLD, "spec-"), has_headers=has_headers)

    assert old == new


def meaning(file: str, *, has_headers: bool) -> Any:
    """What is sent where, whatever it is called."""
    contract, events = contract_of(file)
    addresses = {channel.name: channel.address for channel in events.channels}
    operations = {
        (addresses[operation.channel], operation.direction): sorted(
            look(contract, events.messages[name], has_headers=has_headers) for name in operation.messages
        )
        for operation in events.operations
    }
    parameters = {channel.address: [one.name for one in channel.parameters] for channel in events.channels}
    servers = [(one.name, one.host, one.pathname, one.protocol, len(one.security)) for one in events.servers]
    return operations, parameters, servers


def look(contract: Contract, message: Message, *, has_headers: bool) -> str:
    correlation = message.correlation and (message.correlation.part.value, message.correlation.pointer)
    return json.dumps(
        [
            message.content_type,
            message.title,
            message.summary,
            correlation,
            expanded(contract, message.headers, ()) if has_headers else None,
            expanded(contract, message.payload.schema, ()) if message.payload else None,
        ],
        sort_keys=True,
    )


def expanded(contract: Contract, node: Any, above: tuple[str, ...]) -> Any:
    """A schema with its definitions in place of their names; one within itself stays a name."""
    if isinstance(node, list):
        return [expanded(contract, item, above) for item in node]
    if not isinstance(node, dict):
        return node
    name = str(node.get("$ref", "")).removeprefix("#/$defs/")
    if name in above or name not in contract.definitions:
        return {key: expanded(contract, value, above) for key, value in node.items()}
    rest = {key: value for key, value in node.items() if key != "$ref"}
    return expanded(contract, contract.definitions[name].schema, (*above, name)) | rest
