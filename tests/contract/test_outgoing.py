"""What a service sends by itself, as the contract of who receives it."""

from __future__ import annotations

from typing import Any

from apictl.contract.outgoing import outgoing, received_contract
from apictl.contract.outgoing_source import Spot, outgoing_source
from tests.readers.documents import contract_of, read_text

DONE = "{'200': {description: Done.}}"
EVENTS = f"""
openapi: 3.1.0
info: {{title: Pets, version: '1'}}
security: [{{key: []}}]
paths:
  /pets:
    post:
      operationId: createPet
      responses: {DONE}
      callbacks:
        born:
          '{{$request.query.url}}/born':
            parameters: [{{name: X-Try, in: header, schema: {{type: integer}}}}]
            post: {{operationId: onBorn, responses: {DONE}}}
        shared: {{$ref: '#/components/callbacks/Fed'}}
  /cats:
    post:
      operationId: createCat
      responses: {DONE}
      callbacks: {{shared: {{$ref: '#/components/callbacks/Fed'}}}}
webhooks:
  petSold:
    post:
      operationId: on sold/here
      summary: Hear of a sale
      security: [{{key: []}}]
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Sale'}}}}}}}}
      parameters:
        - {{name: shop, in: header, required: true, schema: {{type: string}}}}
        - {{name: when, in: query, schema: {{type: string}}}}
      responses: {DONE}
components:
  securitySchemes: {{key: {{type: apiKey, in: header, name: X-Key}}}}
  callbacks:
    Fed: {{'https://fed.example/{{$response.body#/id}}': {{put: {{operationId: onFed, responses: {DONE}}}}}}}
  schemas:
    Sale: {{type: object, properties: {{price: {{$ref: '#/components/schemas/Price'}}}}}}
    Price: {{type: number}}
    Unused: {{type: string}}
"""


def received() -> Any:
    contract = received_contract(contract_of(read_text(EVENTS)))
    assert contract is not None
    return contract


def test_webhooks_come_before_callbacks_and_each_comes_once() -> None:
    found = outgoing(contract_of(read_text(EVENTS)))

    assert [request.operation.id for request in found] == ["on sold/here", "onBorn", "onFed"]
    assert [[one.operation.id for one in request.triggers] for request in found] == [
        [],
        ["createPet"],
        ["createPet", "createCat"],
    ]


def test_contract_that_sends_nothing_has_nothing_to_be_received() -> None:
    plain = f"openapi: 3.1.0\ninfo: {{title: T, version: '1'}}\npaths: {{/a: {{get: {{responses: {DONE}}}}}}}\n"

    assert received_contract(contract_of(read_text(plain))) is None


def test_path_of_a_receiver_is_made_of_the_operation_id() -> None:
    paths = [operation.path for operation in received().operations]

    assert paths[1:] == ["/onBorn", "/onFed"]
    assert paths[0].startswith("/on-sold-here-")


def test_credentials_of_the_service_are_not_sent_to_subscribers() -> None:
    security = {operation.id: operation.security for operation in received().operations}

    assert security["onBorn"] == security["onFed"] == ()
    assert [one.scheme for group in security["on sold/here"] for one in group] == ["key"]


def test_document_of_a_receiver_is_whole_and_no_larger() -> None:
    source = received().source

    assert sorted(source["paths"]) == sorted(operation.path for operation in received().operations)
    assert sorted(source["components"]["schemas"]) == ["Price", "Sale"]
    born = source["paths"]["/onBorn"]["post"]
    assert born["security"] == []
    assert [each["name"] for each in born["parameters"]] == ["X-Try"]
    assert source["paths"]["/onFed"]["put"]["operationId"] == "onFed"


def test_reference_that_names_its_own_file_leads_to_the_same() -> None:
    named = EVENTS.replace("'#/components/", "'openapi.yaml#/components/")

    contract = received_contract(contract_of(read_text(named)))

    assert contract is not None
    assert contract.source == received().source


def test_what_a_reference_into_a_path_leads_to_is_taken_along() -> None:
    pointed = EVENTS.replace(
        "{type: object, properties: {price: {$ref: '#/components/schemas/Price'}}}",
        "{$ref: '#/webhooks/petSold/post/parameters/1/schema'}",
    )

    contract = received_contract(contract_of(read_text(pointed)))

    assert contract is not None
    components: Any = contract.source["components"]
    reference = components["schemas"]["Sale"]["$ref"]
    assert reference == "#/components/x-elsewhere/webhooks~1petSold~1post~1parameters~11~1schema"
    assert components["x-elsewhere"] == {"webhooks/petSold/post/parameters/1/schema": {"type": "string"}}


def test_references_that_lead_to_one_another_twice_take_no_longer() -> None:
    sold = {f"S{n}": {"allOf": [{"$ref": f"#/webhooks/w/x-s/S{n + 1}"}] * 2} for n in range(60)}
    source: Any = {
        "openapi": "3.1.0",
        "webhooks": {"w": {"post": {"x-a": {"$ref": "#/webhooks/w/x-s/S0"}}, "x-s": {**sold, "S60": {}}}},
    }

    document: Any = outgoing_source(source, [Spot("/w", "POST", ("webhooks", "w"), is_secured=False)])

    assert len(document["components"]["x-elsewhere"]) == 61


def test_sides_of_the_document_are_exchanged_and_values_stay() -> None:
    price = "{type: number, readOnly: true, example: {readOnly: true}}"
    properties = "{readOnly: {type: string, writeOnly: true}, example: {type: object, readOnly: true}}"
    named = f"{{type: object, properties: {properties}}}"
    text = EVENTS.replace("Price: {type: number}", f"Price: {price}").replace(
        "Sale: {type: object, properties: {price",
        f"Named: {named}\n    Sale: {{type: object, properties: {{named: {{$ref: '#/components/schemas/Named'}}, price",
    )

    contract = received_contract(contract_of(read_text(text)))

    assert contract is not None
    components: Any = contract.source["components"]
    assert components["schemas"]["Price"] == {"type": "number", "writeOnly": True, "example": {"readOnly": True}}
    assert components["schemas"]["Named"]["properties"] == {
        "readOnly": {"type": "string", "readOnly": True},
        "example": {"type": "object", "writeOnly": True},
    }
