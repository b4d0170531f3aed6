"""Documents of several files are read as one, and served as one."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator, OpenAPIV31SpecValidator

from apictl.contract.schema import referenced_names
from apictl.readers.reading import Reading
from tests.readers.documents import contract_of, errors_of, read_files

ROOT: Final = """
openapi: {version}
info: {{title: Pets, version: "1"}}
paths:
  /pets/{{id}}:
    $ref: paths/pet.yaml
components:
  schemas:
    Pet: {{$ref: "models.yaml#/Pet"}}
    Owner:
      type: object
      properties: {{pet: {{$ref: "models.yaml#/Pet"}}, tag: {{$ref: "#/components/schemas/Tag"}}}}
    Tag: {{type: string}}
"""
FILES: Final = {
    "paths/pet.yaml": """
parameters: [{$ref: "../parameters.yaml#/Id"}]
get:
  operationId: getPet
  responses:
    "200":
      description: a pet
      content: {application/json: {schema: {$ref: "../models.yaml#/Pet"}}}
    "404": {$ref: "../responses.yaml#/NotFound"}
""",
    "parameters.yaml": "Id: {name: id, in: path, required: true, schema: {$ref: 'models.yaml#/Id'}}\n",
    "responses.yaml": """
NotFound:
  description: none
  content:
    application/json:
      schema: {type: object, properties: {tag: {$ref: "openapi.yaml#/components/schemas/Tag"}}}
""",
    "models.yaml": """
Id: {type: string}
Tag: {type: integer}
Pet:
  type: object
  properties:
    id: {$ref: "#/Id"}
    tag: {$ref: "#/Tag"}
    parent: {$ref: "#/Pet"}
    owner: {$ref: "openapi.yaml#/components/schemas/Owner"}
""",
}
VERSIONS = pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])


def reading(version: str, **changed: str) -> Reading:
    return read_files({"openapi.yaml": ROOT.format(version=version), **FILES, **changed})


@VERSIONS
def test_definitions_of_other_files_keep_their_names_and_give_way_to_components(version: str) -> None:
    contract = contract_of(reading(version))

    names = set(contract.definitions)
    assert {"Pet", "Owner", "Tag", "Id", "NotFoundBody"} < names
    (other_tag,) = names - {"Pet", "Owner", "Tag", "Id", "NotFoundBody"}
    assert other_tag.startswith("Tag")
    assert contract.definitions[other_tag].schema == {"type": "integer"}
    assert contract.definitions["Tag"].schema == {"type": "string"}


@VERSIONS
def test_same_schema_by_two_routes_is_one_definition(version: str) -> None:
    contract = contract_of(reading(version))

    owner: Any = contract.definitions["Owner"].schema
    pet: Any = contract.definitions["Pet"].schema
    assert owner["properties"]["pet"] == {"$ref": "#/$defs/Pet"}
    assert pet["properties"]["parent"] == {"$ref": "#/$defs/Pet"}
    assert all(set(referenced_names(d.schema)) <= contract.definitions.keys() for d in contract.definitions.values())


@VERSIONS
def test_bundle_is_one_valid_document_that_reads_the_same(version: str) -> None:
    contract = contract_of(reading(version))

    bundled = dict(contract.source)

    validator = OpenAPIV30SpecValidator if version == "3.0.3" else OpenAPIV31SpecValidator
    assert list(validator(bundled).iter_errors()) == []
    again = contract_of(read_files({"openapi.json": json.dumps(bundled)}, "openapi.json"))
    assert {name: d.schema for name, d in again.definitions.items()} == {
        name: d.schema for name, d in contract.definitions.items()
    }
    assert [(o.id, o.path, len(o.parameters), len(o.responses)) for o in again.operations] == [
        (o.id, o.path, len(o.parameters), len(o.responses)) for o in contract.operations
    ]


@VERSIONS
def test_fragment_is_judged_as_what_its_place_demands(version: str) -> None:
    broken = "Id: {name: id, in: path, requird: true, schema: {type: string}}\n"

    found = reading(version, **{"parameters.yaml": broken}).findings

    assert [(f.rule, f.place.path, f.place.pointer) for f in found] == [
        ("field-unknown", "parameters.yaml", "/Id/requird")
    ]


@VERSIONS
def test_reference_to_a_missing_node_of_another_file_is_told_at_the_reference(version: str) -> None:
    models = "Id: {type: string}\n"

    found = reading(version, **{"models.yaml": models})

    assert ("reference-unresolved", "/components/schemas/Pet/$ref") in errors_of(found)


@VERSIONS
def test_component_that_stands_for_a_schema_of_another_file_is_that_definition(version: str) -> None:
    reading = read_files(
        {
            "openapi.yaml": f"""
openapi: {version}
info: {{title: Rides, version: '1'}}
paths:
  /rides:
    post:
      operationId: createRide
      requestBody: {{content: {{application/json: {{schema: {{$ref: '#/components/schemas/Trip'}}}}}}}}
      responses: {{'204': {{description: Done.}}}}
components: {{schemas: {{Trip: {{$ref: 'common.yaml#/Ride'}}}}}}
""",
            "common.yaml": "Ride: {type: object, properties: {id: {type: string}}}",
        }
    )

    assert list(contract_of(reading).definitions) == ["Trip"]
    assert reading.findings == ()


@VERSIONS
def test_discriminator_of_another_file_maps_to_schemas_of_that_file(version: str) -> None:
    found = read_files(
        {
            "openapi.yaml": f"""
openapi: {version}
info: {{title: Rides, version: '1'}}
paths:
  /rides:
    post:
      operationId: createRide
      requestBody: {{content: {{application/json: {{schema: {{$ref: 'common.yaml#/components/schemas/Pet'}}}}}}}}
      responses: {{'204': {{description: Done.}}}}
""",
            "common.yaml": """
components:
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {c: Cat, d: '#/components/schemas/Dog', e: Eel}}
    Cat: {type: object, required: [kind], properties: {kind: {type: string}}}
    Dog: {type: object, required: [kind], properties: {kind: {type: string}}}
""",
        }
    )

    assert errors_of(found) == [("reference-file-missing", "/components/schemas/Pet/discriminator/mapping/e")]
