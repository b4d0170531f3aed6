"""What is the same thing in the events of two contracts, what is said of it, and what shows that it breaks."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from apictl.contract.contract import Contract
from apictl.contract.joining import joined
from apictl.diff.changes import Change
from apictl.findings import Severity
from apictl.readers.read import read
from apictl.rules.dials import Dials
from apictl.rules.severity import severity
from apictl.rules.walk import changes
from apictl.source.library import DocumentMissing, Library
from tests.corpus.documents import CORPUS, MISSING
from tests.diff.events.cases import ON_TRIPS, document
from tests.readers.asyncapi.documents import read_tree
from tests.rules.contracts import between, contract, rules

FOLDER: Final = CORPUS / "asyncapi"
FILES: Final = sorted(path.name for path in FOLDER.glob("*.yaml")) if FOLDER.is_dir() else []
EXAMPLES: Final = [name for name in FILES if name.startswith("spec26-")]
TRULY_OTHER: Final = {
    "spec26-gitter-streaming.yaml": {"binding-changed", "binding-destination-changed"},
    "spec26-mercure.yaml": {"type-widened"},
    "spec26-operation-security.yaml": {"binding-changed"},
    "spec26-rpc-client.yaml": {"binding-changed", "message-renamed"},
    "spec26-rpc-server.yaml": {"binding-changed", "message-renamed", "pattern-removed", "type-widened"},
}
"""Examples that were rewritten when they were brought to version 3, with what weighs something: parameters have no
schema in version 3, messages have other names, bindings were put elsewhere."""


def _fetch(path: str) -> bytes:
    try:
        return Path(FOLDER / path).read_bytes()
    except OSError:
        raise DocumentMissing(path) from None


def _read(name: str) -> Contract | None:
    return read(Library(_fetch), name, service="one").contract


def _weighty(found: tuple[Change, ...]) -> set[str]:
    # In version 3 every operation has an id of its own; in version 2 most have none.
    weighty = (each.rule for each in found if severity(each, Dials()) is not Severity.INFO)
    return set(weighty) - {"event-operation-id-changed"}


@pytest.mark.skipif(not FILES, reason=MISSING)
@pytest.mark.parametrize("name", FILES)
def test_nothing_happens_between_a_real_document_and_itself(name: str) -> None:
    old, new = _read(name), _read(name)
    if old is None or new is None:
        pytest.skip(f"{name} is not read")

    assert changes(old, new, Dials()) == ()


@pytest.mark.skipif(not FILES, reason=MISSING)
@pytest.mark.parametrize("name", EXAMPLES)
def test_example_in_both_versions_is_the_same_but_for_what_was_rewritten(name: str) -> None:
    old, new = _read(name), _read(name.replace("spec26-", "spec-"))
    assert old is not None
    assert new is not None

    assert _weighty(changes(old, new, Dials())) == TRULY_OTHER.get(name, set())


def _turned(tree: Any) -> Any:
    """The same document with the members of every mapping the other way round."""
    if isinstance(tree, dict):
        return {key: _turned(tree[key]) for key in reversed(tree)}
    return [_turned(each) for each in tree] if isinstance(tree, list) else tree


@pytest.mark.skipif(not FILES, reason=MISSING)
@pytest.mark.parametrize("name", FILES)
def test_order_of_members_says_nothing(name: str) -> None:
    tree = yaml.safe_load(_fetch(name))
    old, new = (read_tree(json.loads(json.dumps(each, default=str))).contract for each in (tree, _turned(tree)))
    if old is None or new is None:
        pytest.skip(f"{name} is not read")

    assert changes(old, new, Dials()) == ()


SECOND = """
asyncapi: 2.6.0
channels:
  'trips.{trip}':
    parameters: {trip: {schema: {type: string}}}
    publish: {operationId: onTrip, message: {name: trip, payload: {type: string}}}
"""
THIRD = """
asyncapi: 3.0.0
channels:
  trips:
    address: 'trips.{trip}'
    parameters: {trip: {}}
    messages: {trip: {payload: {type: string}, name: trip}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
"""


def test_both_versions_of_one_contract_are_the_same() -> None:
    assert between(SECOND, THIRD) == ()
    assert between(THIRD, SECOND) == ()


def test_service_that_has_no_events_any_more_loses_its_operations() -> None:
    requests = contract("paths: {/trips: {get: {}}}")
    both = joined(requests, contract(THIRD))
    assert isinstance(both, Contract)

    found = changes(both, requests, Dials())

    assert [(each.rule, each.is_breaking) for each in found] == [("event-operation-removed", True)]
    assert rules(changes(requests, both, Dials())) == ["event-operation-added"]


def test_requests_and_events_of_one_service_are_compared_together() -> None:
    text = "paths: {{/trips: {{get: {{summary: {}}}}}}}"
    old, new = (joined(contract(text.format(word)), contract(events)) for word, events in (("A", SECOND), ("B", THIRD)))
    assert isinstance(old, Contract)
    assert isinstance(new, Contract)

    assert rules(changes(old, new, Dials())) == ["documentation-changed"]


def _payload(schema: str, action: str = "receive") -> str:
    channels = f"trips: {{address: trips, messages: {{trip: {{name: trip, payload: {schema}}}}}}}"
    return document(channels, ON_TRIPS.replace("ACTION", action))


OLD = "{type: object, properties: {kind: {enum: [taxi, gift]}, seats: {type: integer}}, required: [kind, seats]}"


def test_change_of_a_payload_is_shown_by_a_whole_payload() -> None:
    [change] = between(_payload(OLD), _payload(OLD.replace(", gift", "")))

    assert change.message == "RECEIVE trips no longer accepts 'gift' for payload.kind of message 'trip'"
    assert (change.label, change.part, change.path) == ("RECEIVE trips", "payload of message 'trip'", ("kind",))
    assert change.operation_ids == ("trip",)
    assert change.witness is not None
    value = change.witness.value
    assert isinstance(value, dict)
    assert value["kind"] == "gift"
    assert isinstance(value["seats"], int)


def test_what_a_service_sends_is_shown_by_what_it_may_send_now() -> None:
    [change] = between(_payload(OLD.replace(", gift", ""), "send"), _payload(OLD, "send"))

    assert change.message == "SEND trips may now send 'gift' for payload.kind of message 'trip'"
    assert change.witness is not None
    assert change.witness.accepted_by == "new"


def test_header_is_named_by_its_path() -> None:
    text = "trips: {{address: trips, messages: {{trip: {{name: trip, headers: {{type: object{}}}}}}}}}"
    old, new = (
        document(text.format(more), ON_TRIPS.replace("ACTION", "receive"))
        for more in ("", ", required: [id], properties: {id: {type: string}}")
    )

    [change] = between(old, new)

    assert change.message == "RECEIVE trips now requires headers.id of message 'trip'"
    assert change.witness is not None
    assert change.witness.value == {}


def test_replies_travel_the_other_way() -> None:
    text = """
asyncapi: 3.0.0
channels:
  quotes: {{address: quotes, messages: {{ask: {{payload: {{type: string}}}}}}}}
  answers: {{address: answers, messages: {{quote: {{name: quote, payload: {{enum: [{}]}}}}}}}}
operations:
  onAsk: {{action: {}, channel: {{$ref: '#/channels/quotes'}}, reply: {{channel: {{$ref: '#/channels/answers'}}}}}}
"""
    [answered] = between(text.format("1", "receive"), text.format("1, 2", "receive"))
    [awaited] = between(text.format("1, 2", "send"), text.format("1", "send"))

    assert (answered.rule, answered.is_breaking) == ("enum-value-added", True)
    assert answered.message == "RECEIVE quotes may now send 2 for payload of reply message 'quote'"
    assert (awaited.rule, awaited.is_breaking) == ("enum-value-removed", True)
    assert awaited.message == "SEND quotes no longer accepts 2 for payload of reply message 'quote'"


def test_payload_of_two_operations_is_one_change() -> None:
    text = """
asyncapi: 3.0.0
channels:
  a: {{address: a, messages: {{m: {{$ref: '#/components/messages/m'}}}}}}
  b: {{address: b, messages: {{m: {{$ref: '#/components/messages/m'}}}}}}
operations:
  onA: {{action: receive, channel: {{$ref: '#/channels/a'}}}}
  onB: {{action: receive, channel: {{$ref: '#/channels/b'}}}}
components: {{messages: {{m: {{payload: {{type: string{}}}}}}}}}
"""
    [change] = between(text.format(""), text.format(", maxLength: 3"))

    assert change.operation_ids == ("onA", "onB")
    assert change.message.endswith("(and 1 more operation)")
