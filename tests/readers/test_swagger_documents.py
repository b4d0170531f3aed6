"""Schemas, addresses, security and other files of Swagger 2.0 documents."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.contract.security import KeyLocation, SecurityKind
from apictl.readers.read import read
from apictl.workspace.locating import located
from tests.readers.documents import contract_of, read_tree
from tests.readers.swagger_documents import HEAD, answers_of, contents_of, document, library_of, operation_of


@pytest.mark.parametrize(
    "written,meant",
    [
        ({"type": "string", "x-nullable": True}, {"type": ["string", "null"]}),
        ({"type": ["string", "null"]}, {"type": ["string", "null"]}),
        ({"type": ["string", "integer"]}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}),
        ({"type": "array", "items": [{"type": "string"}]}, {"type": "array", "prefixItems": [{"type": "string"}]}),
        ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, {"type": "number", "exclusiveMinimum": 0}),
        ({"type": "string", "example": "a"}, {"type": "string", "examples": ["a"]}),
    ],
)
def test_schema_means_the_same_in_later_words(written: Any, meant: Any) -> None:
    contract = contract_of(read_tree(document(definitions={"A": written})))

    assert contract.definitions["A"].schema == meant


def test_nullable_reference_allows_null() -> None:
    definitions = {
        "A": {"type": "object", "properties": {"b": {"$ref": "#/definitions/B", "x-nullable": True}}},
        "B": {"type": "object"},
    }

    contract = contract_of(read_tree(document(definitions=definitions)))

    schema: Any = contract.definitions["A"].schema
    assert schema["properties"]["b"] == {"anyOf": [{"allOf": [{"$ref": "#/$defs/B"}]}, {"type": "null"}]}


def test_discriminator_is_the_name_of_a_property() -> None:
    pet = {"type": "object", "discriminator": "kind", "properties": {"kind": {"type": "string"}}, "required": ["kind"]}

    schema: Any = contract_of(read_tree(document(definitions={"Pet": pet}))).definitions["Pet"].schema

    assert schema["discriminator"]["propertyName"] == "kind"


def test_definition_of_any_name_is_a_component() -> None:
    definitions = {"List«Pet»": {"type": "object"}, "List_Pet_": {"type": "string"}}
    tree = document(
        {"parameters": [{"name": "a", "in": "body", "schema": {"$ref": "#/definitions/List%C2%ABPet%C2%BB"}}]}
    )

    contract = contract_of(read_tree(tree | {"definitions": definitions}))

    first, second = contract.definitions.values()
    assert first.schema == {"type": "object"}
    assert second.name == "List_Pet_"
    assert first.name not in {"List«Pet»", "List_Pet_"}


@pytest.mark.parametrize(
    "fields,urls",
    [
        (
            {"host": "pets.test", "basePath": "/v1", "schemes": ["https", "http"]},
            ["https://pets.test/v1", "http://pets.test/v1"],
        ),
        ({"host": "pets.test", "schemes": ["https"]}, ["https://pets.test"]),
        ({"host": "pets.test", "basePath": "/"}, ["//pets.test"]),
        ({"basePath": "/v1", "schemes": ["https"]}, ["/v1"]),
        ({}, []),
    ],
)
def test_address_is_made_of_scheme_host_and_base_path(fields: dict[str, Any], urls: list[str]) -> None:
    contract = contract_of(read_tree(document(**fields)))

    assert [server.url for server in contract.servers] == urls


def test_schemes_of_an_operation_are_servers_of_its_own() -> None:
    tree = document({"schemes": ["wss"]}, host="pets.test", schemes=["https"])

    assert operation_of(read_tree(tree)).servers == ("wss://pets.test",)


def test_security_definitions_are_security_schemes() -> None:
    schemes = {
        "plain": {"type": "basic"},
        "my key": {"type": "apiKey", "name": "k", "in": "query"},
        "app": {"type": "oauth2", "flow": "application", "tokenUrl": "https://t", "scopes": {"read": "Read."}},
        "code": {
            "type": "oauth2",
            "flow": "accessCode",
            "tokenUrl": "https://t",
            "authorizationUrl": "https://a",
            "scopes": {},
        },
        "old": {"type": "oauth2", "flow": "implicit", "authorizationUrl": "https://a"},
    }
    tree = document({"security": [{"my key": []}, {"app": ["read"]}]}, securityDefinitions=schemes)

    contract = contract_of(read_tree(tree))

    found = contract.security_schemes
    assert found["plain"].kind is SecurityKind.BASIC
    assert (found["my_key"].key_name, found["my_key"].key_location) == ("k", KeyLocation.QUERY)
    assert [(each.name, each.token_url) for each in found["app"].flows] == [("clientCredentials", "https://t")]
    assert [each.name for each in found["code"].flows] == ["authorizationCode"]
    assert [each.name for each in found["old"].flows] == ["implicit"]
    (operation,) = contract.operations
    assert [[each.scheme for each in alternative] for alternative in operation.security] == [["my_key"], ["app"]]


def test_objects_of_other_files_are_read_with_the_words_of_this_one() -> None:
    files = {
        "swagger.yaml": HEAD + "paths: {/pets: {$ref: 'paths.yaml#/pets'}}\ndefinitions: {Own: {type: string}}\n",
        "paths.yaml": """
pets:
  post:
    operationId: addPet
    parameters: [{$ref: 'parts.yaml#/Body'}, {$ref: 'parts.yaml#/Limit'}]
    responses: {'200': {$ref: 'parts.yaml#/Answer'}}
""",
        "parts.yaml": """
Body: {name: pet, in: body, schema: {$ref: '#/Pet'}}
Limit: {name: limit, in: query, type: integer, default: ten}
Answer: {description: One., schema: {$ref: 'swagger.yaml#/definitions/Own'}}
Pet: {type: object, discriminator: kind, properties: {kind: {type: string, x-nullable: true}}}
""",
    }
    library = library_of(files)

    reading = read(library, "swagger.yaml", service="pets")

    (operation,) = contract_of(reading).operations
    assert [each.name for each in operation.parameters] == ["limit"]
    assert {name: each.schema for name, each in contents_of(reading).items()} == {
        "application/json": {"$ref": "#/$defs/Pet"}
    }
    assert {name: each.schema for name, each in answers_of(reading).items()} == {
        "application/json": {"$ref": "#/$defs/Own"}
    }
    pet: Any = contract_of(reading).definitions["Pet"].schema
    assert pet["properties"]["kind"] == {"type": ["string", "null"]}
    (misfit,) = (located(each, library) for each in reading.findings if each.rule == "default-mismatch")
    assert (misfit.place.path, misfit.place.line, misfit.place.column) == ("parts.yaml", 3, 57)
    assert reading.contract is not None
    assert set(reading.contract.source) >= {"openapi", "paths", "components"}
