"""Findings about Swagger 2.0 documents stand where the author wrote."""

from __future__ import annotations

from typing import Any, Final

import pytest

from apictl.readers.read import read
from apictl.workspace.locating import located_place
from tests.readers.documents import contract_of, errors_of, read_text, read_tree
from tests.readers.swagger_documents import HEAD, library_of, operation_of, told

PLACED: Final = f"""{HEAD}host: pets.test
basePath: /v1
schemes: [https]
paths:
  /pets/{{id}}:
    parameters:
      - {{name: id, in: path, required: true, type: string}}
    post:
      operationId: setPet
      consumes: [application/json]
      parameters:
        - {{name: limit, in: query, type: integer, default: ten}}
        - name: pet
          in: body
          schema: {{type: object, properties: {{seats: {{type: integer, default: many}}}}}}
        - {{name: sort, in: query, type: string, enum: [a], default: b}}
      responses:
        '200':
          description: One.
          schema: {{type: object, required: [nope], properties: {{name: {{type: string}}}}}}
          headers: {{X-Rate: {{type: integer, default: none}}}}
definitions:
  Pet: {{type: object, properties: {{n: {{type: integer, default: x}}}}}}
"""


def test_findings_stand_where_the_author_wrote() -> None:
    assert sorted(told(PLACED), key=lambda each: each[1] or 0) == [
        ("default-mismatch", 14, 60),
        ("default-mismatch", 17, 79),
        ("default-mismatch", 18, 69),
        ("required-undeclared", 22, 45),
        ("default-mismatch", 23, 54),
        ("default-mismatch", 25, 64),
    ]


def test_parts_of_the_contract_stand_where_the_author_wrote() -> None:
    library = library_of({"swagger.yaml": PLACED})
    reading = read(library, "swagger.yaml", service="pets")
    operation = operation_of(reading)
    assert operation.request_body is not None

    lines = [
        located_place(place, library).line
        for place in (
            operation.place,
            *(each.place for each in operation.parameters),
            operation.request_body.place,
            operation.request_body.contents[0].place,
            operation.responses[0].contents[0].place.child("schema"),
            operation.responses[0].headers[0].place,
            contract_of(reading).definitions["Pet"].place,
        )
    ]

    assert lines == [11, 9, 14, 18, 15, 15, 22, 23, 25]


@pytest.mark.parametrize(
    "line,rule,column",
    [
        ("parameters: [{name: a, in: query, type: strng}]", "value-not-allowed", 47),
        ("parameters: [{name: a, in: query, schema: {type: string}}]", "field-unknown", 41),
        ("parameters: [{name: a, in: querry, type: string}]", "value-not-allowed", 34),
        ("parameters: [{name: a, in: body, schema: {$ref: '#/definitions/A'}}]", "reference-unresolved", 55),
        ("parameters: [{name: a, in: body, schema: {type: string, nullable: true}}]", "field-unknown", 63),
        ("requestBody: {content: {}}", "field-unknown", 7),
    ],
)
def test_what_is_wrong_in_the_structure_is_told_where_it_is(line: str, rule: str, column: int) -> None:
    text = f"{HEAD}paths:\n  /pets:\n    post:\n      {line}\n      responses: {{'204': {{description: Done.}}}}\n"

    found = told(text)

    assert (rule, 6, column) in found


def test_shared_response_in_countless_media_types_is_refused_in_time() -> None:
    wide = {"type": "object", "properties": {f"p{index}": {"type": "string"} for index in range(2000)}}
    answer = {"responses": {"200": {"$ref": "#/responses/A"}}}
    paths = {f"/{index}": {"get": {**answer, "produces": [f"a/b{index}"]}} for index in range(150)}
    tree = {"swagger": "2.0", "info": {"title": "", "version": ""}, "paths": paths}

    reading = read_tree(tree | {"responses": {"A": {"description": "", "schema": wide}}})

    assert [rule for rule, _ in errors_of(reading)] == ["rendition-limit"]


def test_path_items_that_refer_to_each_other_are_not_copied() -> None:
    paths = {"/a": {"get": {"responses": {"204": {"description": ""}}}}, "/b": {"$ref": "#/paths/~1a"}}
    tree = {"swagger": "2.0", "info": {"title": "", "version": ""}, "paths": paths}

    contract = contract_of(read_tree(tree))

    served: Any = contract.source["paths"]
    assert [operation.path for operation in contract.operations] == ["/a", "/b"]
    assert served["/b"] == {"$ref": "#/paths/~1a"}


def test_what_stands_beside_the_reference_of_a_path_item_is_refused() -> None:
    item = "    $ref: '#/paths/~1b'\n    get: {responses: {default: {description: ''}}}\n"
    text = f"{HEAD}paths:\n  /a:\n{item}  /b: {{}}\n"

    assert ("path-item-reference-siblings", 6, 5) in told(text)


@pytest.mark.parametrize(
    "parts",
    [
        "parameters: {A: {$ref: '#/parameters/A'}}\npaths: {}",
        "responses: {A: {$ref: '#/responses/A'}}\npaths: {}",
        "definitions: {A: {$ref: '#/definitions/A'}}\npaths: {}",
        "definitions: {A: {allOf: [{$ref: '#/definitions/A'}]}}\npaths: {}",
        "paths: {/a: {$ref: '#/paths/~1a'}}",
        "paths: {/a: {$ref: '#/paths/~1b'}, /b: {$ref: '#/paths/~1a'}}",
        "paths: {/a: {get: {parameters: [{$ref: '#/definitions/A'}], responses: {}}}}\ndefinitions: {A: {}}",
        "paths: {/a: {get: {responses: {'204': {$ref: '#/paths/~1a/get/responses/204'}}}}}",
        "paths: {/a: {get: {responses: {default: 4}}}}",
        "paths: {x-a: 4, /a: 4}",
        "definitions: {A: {properties: {b: {$ref: 4}}}}\npaths: {}",
        "securityDefinitions: 4\npaths: 4\nsecurity: 4",
        "securityDefinitions: {a: 4}\npaths: {}",
    ],
)
def test_hostile_document_is_refused_and_nothing_breaks(parts: str) -> None:
    reading = read_text(HEAD + parts)

    assert reading.contract is None
    assert errors_of(reading)
