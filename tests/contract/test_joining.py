"""One contract of two documents: definitions are one where they mean one thing."""

from __future__ import annotations

from typing import Any

import yaml

from apictl.contract.contract import Contract
from apictl.contract.joining import joined
from apictl.contract.security import SecurityKind
from apictl.readers.read import read
from apictl.source.library import Library
from tests.readers.documents import contract_of

OPENAPI = """
openapi: 3.1.0
info: {title: Rides, version: '1'}
paths:
  /rides:
    post:
      operationId: createRide
      requestBody: {content: {application/json: {schema: {$ref: '%s'}}}}
      responses: {'204': {description: Done.}}
components: {schemas: %s}
"""
ASYNCAPI = """
asyncapi: 3.0.0
info: {title: Rides of events, version: '2'}
channels: {rides: {address: rides, messages: {created: {payload: {$ref: '%s'}}}}}
operations: {ride: {action: send, channel: {$ref: '#/channels/rides'}}}
components: {schemas: %s}
"""
COMMON = """
Ride: {type: object, properties: {id: {type: string}, from: {$ref: '#/Place'}, next: {$ref: '#/Ride'}}}
Place: {type: object, properties: {lat: {type: number}}}
"""


def both(requests: tuple[str, Any], events: tuple[str, Any], **files: str) -> Any:
    """Join a document of each language; each refers to a schema and has schemas of its own."""
    texts = {
        "openapi.yaml": OPENAPI % (requests[0], yaml.safe_dump(requests[1], default_flow_style=True).strip()),
        "asyncapi.yaml": ASYNCAPI % (events[0], yaml.safe_dump(events[1], default_flow_style=True).strip()),
        **{f"{name}.yaml": text for name, text in files.items()},
    }
    library = Library(lambda path: texts[path].encode())
    contracts = [contract_of(read(library, path, service="rides")) for path in ("openapi.yaml", "asyncapi.yaml")]
    return joined(*contracts)


def payload_of(contract: Contract) -> Any:
    assert contract.events is not None
    (message,) = contract.events.messages.values()
    assert message.payload is not None
    return message.payload.schema


def test_service_has_its_requests_and_its_events() -> None:
    own, other = {"type": "object", "properties": {"a": {}}}, {"type": "object", "properties": {"b": {}}}

    contract = both(("#/components/schemas/A", {"A": own}), ("#/components/schemas/B", {"B": other}))

    assert list(contract.definitions) == ["A", "B"]
    assert contract.title == "Rides"
    assert contract.operations[0].id == "createRide"
    assert payload_of(contract) == {"$ref": "#/$defs/B"}


def test_definitions_of_one_place_are_one_even_if_they_lead_back_to_themselves() -> None:
    contract = both(("common.yaml#/Ride", {}), ("common.yaml#/Ride", {}), common=COMMON)

    assert set(contract.definitions) == {"Ride", "Place"}
    assert payload_of(contract) == {"$ref": "#/$defs/Ride"}


def test_definition_of_one_place_keeps_the_name_that_the_requests_give_it() -> None:
    trip = {"$ref": "common.yaml#/Ride"}

    contract = both(("#/components/schemas/Trip", {"Trip": trip}), ("common.yaml#/Ride", {}), common=COMMON)

    assert set(contract.definitions) == {"Trip", "Place"}
    assert payload_of(contract) == {"$ref": "#/$defs/Trip"}


def test_definitions_of_one_name_and_content_are_one() -> None:
    same = {"type": "object", "properties": {"id": {"type": "string"}}}

    contract = both(("#/components/schemas/A", {"A": same}), ("#/components/schemas/A", {"A": same}))

    assert list(contract.definitions) == ["A"]
    assert contract.definitions["A"].place.path == "openapi.yaml"


def test_definitions_of_one_name_and_other_content_clash() -> None:
    own, other = {"type": "object", "properties": {"a": {}}}, {"type": "object", "properties": {"b": {}}}

    findings = both(("#/components/schemas/A", {"A": own}), ("#/components/schemas/A", {"A": other}))

    assert [(one.rule, one.place.path, one.place.pointer) for one in findings] == [
        ("definition-clash", "asyncapi.yaml", "/components/schemas/A")
    ]
    assert findings[0].related[0].place.path == "openapi.yaml"


def test_definitions_that_only_refer_to_clashing_ones_do_not_clash() -> None:
    outer = {"type": "object", "properties": {"in": {"$ref": "#/components/schemas/In"}}}
    one = {"Out": outer, "In": {"type": "object", "properties": {"a": {}}}}
    two = {"Out": outer, "In": {"type": "object", "properties": {"b": {}}}}

    findings = both(("#/components/schemas/Out", one), ("#/components/schemas/Out", two))

    assert [one.place.pointer for one in findings] == ["/components/schemas/In"]


def test_security_schemes_of_events_stay_with_the_events() -> None:
    scheme = "{securitySchemes: {login: {type: %s}}}"
    texts = {
        "openapi.yaml": "openapi: 3.1.0\ninfo: {title: x, version: '1'}\ncomponents: " + scheme % "mutualTLS",
        "asyncapi.yaml": "asyncapi: 3.0.0\ninfo: {title: x, version: '1'}\ncomponents: " + scheme % "plain",
    }
    library = Library(lambda path: texts[path].encode())

    contract = joined(*(contract_of(read(library, path, service="rides")) for path in texts))

    assert isinstance(contract, Contract)
    assert contract.events is not None
    assert contract.security_schemes["login"].kind is SecurityKind.MUTUAL_TLS
    assert contract.events.security_schemes["login"].mechanism == "plain"


def test_references_within_data_are_left_alone() -> None:
    data = {"const": {"$ref": "#/$defs/Ride"}}
    schemas = {"B": {"type": "object", "properties": {"a": data, "b": {"$ref": "common.yaml#/Ride"}}}}
    trip = {"Trip": {"$ref": "common.yaml#/Ride"}}

    contract = both(("#/components/schemas/Trip", trip), ("#/components/schemas/B", schemas), common=COMMON)

    properties = contract.definitions["B"].schema["properties"]
    assert properties == {"a": data, "b": {"$ref": "#/$defs/Trip"}}


ACCOUNT = """
Account: {type: object, properties: {%s, owner: {$ref: '#/Person'}}}
Person: {type: object, properties: {name: {type: string}}}
"""
RETURNING = OPENAPI.replace("'204': {description: Done.}", "'200': {description: Done., content: {%s}}")


def views(members: str, *, is_returned: bool = True, boxed: str = "") -> Any:
    """Join documents that share an `Account`, which requests, answers and events carry, and a `Box` of *boxed*."""
    components = f"{{Box: {{type: object, properties: {{in: {boxed}}}}}}}" if boxed else "{}"
    content = "application/json: {schema: {$ref: 'common.yaml#/Account'}}"
    openapi = RETURNING % ("common.yaml#/Account", content if is_returned else "", components)
    texts = {
        "openapi.yaml": openapi,
        "asyncapi.yaml": ASYNCAPI % ("common.yaml#/Account", components),
        "common.yaml": ACCOUNT % members,
    }
    library = Library(lambda path: texts[path].encode())
    contracts = [contract_of(read(library, path, service="rides")) for path in ("openapi.yaml", "asyncapi.yaml")]
    return joined(*contracts)


READ_ONLY = "id: {type: string, readOnly: true}"
WRITE_ONLY = "secret: {type: string, writeOnly: true}"


def test_event_shares_the_view_of_answers_where_that_is_whole() -> None:
    contract = views(READ_ONLY)

    assert set(contract.definitions) == {"Account", "AccountInput", "Person"}
    assert payload_of(contract) == {"$ref": "#/$defs/Account"}


def test_event_shares_the_view_of_requests_where_only_that_is_whole() -> None:
    contract = views(WRITE_ONLY)

    assert set(contract.definitions) == {"Account", "AccountInput", "Person"}
    assert payload_of(contract) == {"$ref": "#/$defs/AccountInput"}


def test_event_has_a_view_of_its_own_where_neither_is_whole() -> None:
    contract = views(f"{READ_ONLY}, {WRITE_ONLY}")

    assert set(contract.definitions) == {"Account", "AccountInput", "AccountEvent", "Person"}
    assert payload_of(contract) == {"$ref": "#/$defs/AccountEvent"}
    whole = contract.definitions["AccountEvent"]
    assert whole.name == "AccountEvent"
    assert set(whole.schema["properties"]) == {"id", "secret", "owner"}
    assert False not in whole.schema["properties"].values()


def test_event_is_whole_where_only_requests_carry_its_schema() -> None:
    contract = views(READ_ONLY, is_returned=False)

    assert contract.definitions["Account"].schema["properties"]["id"] is False
    assert payload_of(contract) == {"$ref": "#/$defs/AccountEvent"}


def test_recursive_schema_is_apart_with_all_that_leads_to_it() -> None:
    contract = views(f"{READ_ONLY}, {WRITE_ONLY}, next: {{$ref: '#/Account'}}", boxed="{$ref: 'common.yaml#/Account'}")

    assert set(contract.definitions) == {"Account", "AccountInput", "AccountEvent", "Person", "Box", "BoxEvent"}
    assert contract.definitions["AccountEvent"].schema["properties"]["next"] == {"$ref": "#/$defs/AccountEvent"}
    assert contract.definitions["BoxEvent"].schema["properties"]["in"] == {"$ref": "#/$defs/AccountEvent"}
    assert contract.definitions["Box"].schema["properties"]["in"] == {"$ref": "#/$defs/Account"}
