"""What is readOnly leaves requests, what is writeOnly leaves responses."""

from __future__ import annotations

from typing import Any

from jsonschema_rs import Draft202012Validator

from apictl.contract.contract import Contract
from apictl.contract.definition import View
from tests.readers.documents import answer, contract_of, document, operation, read_tree

PET = {
    "type": "object",
    "required": ["id", "name"],
    "properties": {"id": {"type": "string", "readOnly": True}, "name": {"type": "string"}},
}
REFERENCE = {"$ref": "#/components/schemas/Pet"}


def both_ways(schemas: dict[str, Any], used: Any = None, version: str = "3.0.3") -> Contract:
    schema = used or REFERENCE
    create = operation("create", request=schema, responses={"200": answer(schema)})
    return contract_of(read_tree(document(version=version, paths={"/pets": {"post": create}}, schemas=schemas)))


def sent(contract: Contract) -> Any:
    request = contract.operations[0].request_body
    assert request is not None
    return request.contents[0].schema


def received(contract: Contract) -> Any:
    return contract.operations[0].responses[0].contents[0].schema


def accepts(contract: Contract, schema: Any, value: Any) -> bool:
    definitions = {name: definition.schema for name, definition in contract.definitions.items()}
    return Draft202012Validator({**schema, "$defs": definitions}).is_valid(value)


def test_request_view_refuses_the_property_and_does_not_require_it() -> None:
    contract = both_ways({"Pet": PET})

    assert contract.definitions["PetInput"].schema == {
        "type": "object",
        "required": ["name"],
        "properties": {"id": False, "name": {"type": "string"}},
    }
    assert contract.definitions["PetInput"].view is View.REQUEST
    assert contract.definitions["PetInput"].origin == "Pet"
    assert contract.definitions["Pet"].view is View.RESPONSE
    assert (sent(contract), received(contract)) == ({"$ref": "#/$defs/PetInput"}, {"$ref": "#/$defs/Pet"})


def test_response_view_refuses_what_is_write_only() -> None:
    secret = {"type": "object", "properties": {"password": {"type": "string", "writeOnly": True}}}

    contract = both_ways({"Pet": secret})

    assert not accepts(contract, received(contract), {"password": "x"})
    assert accepts(contract, sent(contract), {"password": "x"})


def test_what_only_requests_use_refers_to_the_request_view() -> None:
    secret = {"type": "object", "properties": {"password": {"type": "string", "writeOnly": True}}}
    wrapper = {"type": "object", "properties": {"pet": REFERENCE}}
    create = operation("create", request={"$ref": "#/components/schemas/Wrapper"}, responses={"200": answer(REFERENCE)})
    tree = document(paths={"/pets": {"post": create}}, schemas={"Wrapper": wrapper, "Pet": secret})

    contract = contract_of(read_tree(tree))

    assert list(contract.definitions) == ["Wrapper", "Pet", "PetInput"]
    assert accepts(contract, sent(contract), {"pet": {"password": "x"}})


def test_one_definition_suffices_when_one_direction_uses_it() -> None:
    create = operation("create", request=REFERENCE)

    contract = contract_of(read_tree(document(paths={"/pets": {"post": create}}, schemas={"Pet": PET})))

    assert list(contract.definitions) == ["Pet"]
    assert contract.definitions["Pet"].view is View.REQUEST
    assert not accepts(contract, sent(contract), {"id": "1", "name": "a"})


def test_definition_that_nothing_uses_stays_whole() -> None:
    contract = contract_of(read_tree(document(schemas={"Pet": PET})))

    assert contract.definitions["Pet"].view is View.BOTH
    assert contract.definitions["Pet"].schema == PET


def test_views_pass_through_items_compositions_unions_and_references() -> None:
    schemas = {
        "Pet": PET,
        "Herd": {"type": "array", "items": REFERENCE},
        "Zoo": {"allOf": [{"type": "object", "properties": {"herd": {"$ref": "#/components/schemas/Herd"}}}]},
        "Either": {"oneOf": [{"$ref": "#/components/schemas/Zoo"}, {"type": "string"}]},
        "Plain": {"type": "string"},
    }

    contract = both_ways(schemas, {"$ref": "#/components/schemas/Either"})

    inputs = [name for name in contract.definitions if name.endswith("Input")]
    assert inputs == ["PetInput", "HerdInput", "ZooInput", "EitherInput"]
    assert accepts(contract, sent(contract), {"herd": [{"name": "a"}]})
    assert not accepts(contract, sent(contract), {"herd": [{"name": "a", "id": "1"}]})
    assert accepts(contract, received(contract), {"herd": [{"name": "a", "id": "1"}]})


def test_views_of_a_recursive_schema_refer_to_themselves() -> None:
    pet = PET | {"properties": PET["properties"] | {"child": REFERENCE}}  # type: ignore[operator]

    contract = both_ways({"Pet": pet})

    assert contract.definitions["PetInput"].schema["properties"]["child"] == {"$ref": "#/$defs/PetInput"}  # type: ignore[index, call-overload]


def test_name_required_beside_the_reference_is_not_required_of_requests() -> None:
    base = {"type": "object", "properties": PET["properties"]}
    pet = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"type": "object", "required": ["id", "name"]}]}

    contract = both_ways({"Base": base, "Pet": pet})

    assert accepts(contract, sent(contract), {"name": "a"})
    assert not accepts(contract, sent(contract), {"name": "a", "id": "1"})
    assert not accepts(contract, received(contract), {"name": "a"})


def test_property_whose_type_is_read_only_is_read_only() -> None:
    schemas = {
        "Id": {"type": "string", "readOnly": True},
        "Pet": {"type": "object", "properties": {"id": {"$ref": "#/components/schemas/Id"}}},
    }

    contract = both_ways(schemas)

    assert not accepts(contract, sent(contract), {"id": "1"})


def test_definition_reached_only_through_what_is_left_out_has_no_second_view() -> None:
    pet = {
        "type": "object",
        "properties": {"audit": {"allOf": [{"$ref": "#/components/schemas/Audit"}], "readOnly": True}},
    }
    audit = {"type": "object", "properties": {"by": {"type": "string", "readOnly": True}}}

    contract = both_ways({"Pet": pet, "Audit": audit})

    assert list(contract.definitions) == ["Pet", "PetInput", "Audit"]


def test_discriminator_of_a_request_maps_to_the_request_views() -> None:
    kind = {"kind": {"type": "string"}}
    cat = {"type": "object", "properties": kind | {"id": {"type": "string", "readOnly": True}}}
    pet = {"oneOf": [{"$ref": "#/components/schemas/Cat"}], "discriminator": {"propertyName": "kind"}}

    contract = both_ways({"Pet": pet, "Cat": cat})

    schema: Any = contract.definitions["PetInput"].schema
    assert schema["discriminator"]["mapping"] == {"Cat": "#/$defs/CatInput"}
    assert schema["oneOf"][0]["$ref"] == "#/$defs/CatInput"


def test_input_gives_way_to_a_component_of_that_name() -> None:
    contract = both_ways({"Pet": PET, "PetInput": {"type": "string"}})

    assert contract.definitions["PetInput"].schema == {"type": "string"}
    assert sent(contract)["$ref"].startswith("#/$defs/PetInput")
    assert sent(contract)["$ref"] != "#/$defs/PetInput"


def test_service_sends_what_is_read_only_in_webhooks_and_gets_what_is_write_only() -> None:
    secret = {"type": "string", "writeOnly": True}
    pet = {**PET, "properties": {**PET["properties"], "secret": secret}}  # type: ignore[dict-item]
    heard = operation("heard", request=REFERENCE, responses={"200": answer(REFERENCE)})
    tree = document(version="3.1.0", paths={}, schemas={"Pet": pet}) | {"webhooks": {"born": {"post": heard}}}

    contract = contract_of(read_tree(tree))
    webhook = contract.webhooks[0]

    assert webhook.request_body is not None
    body = webhook.request_body.contents[0].schema
    reply = webhook.responses[0].contents[0].schema
    assert accepts(contract, body, {"id": "1", "name": "Rex"})
    assert not accepts(contract, body, {"id": "1", "name": "Rex", "secret": "s"})
    assert accepts(contract, reply, {"name": "Rex", "secret": "s"})
    assert not accepts(contract, reply, {"id": "1", "name": "Rex"})


def test_body_that_an_operation_and_a_webhook_share_is_seen_from_both_sides() -> None:
    body = {"required": True, "content": {"application/json": {"schema": REFERENCE}}}
    shared = {"requestBody": {"$ref": "#/components/requestBodies/Pet"}, "responses": {"200": {"description": ""}}}
    tree = document(
        version="3.1.0", paths={"/pets": {"post": {"operationId": "create", **shared}}}, schemas={"Pet": PET}
    )
    tree["components"]["requestBodies"] = {"Pet": body}

    contract = contract_of(read_tree(tree | {"webhooks": {"born": {"post": {"operationId": "heard", **shared}}}}))

    told = contract.webhooks[0].request_body
    assert told is not None
    assert accepts(contract, told.contents[0].schema, {"id": "1", "name": "Rex"})
    assert not accepts(contract, sent(contract), {"id": "1", "name": "Rex"})
    assert accepts(contract, sent(contract), {"name": "Rex"})
