"""Parameters, forms, bodies and answers of Swagger 2.0 documents."""

from __future__ import annotations

from typing import Any

import pytest

from apictl.contract.operation import ParameterLocation, Style
from tests.readers.documents import errors_of, read_tree, rules_of
from tests.readers.swagger_documents import (
    DONE,
    HEAD,
    answers_of,
    contents_of,
    document,
    operation_of,
    parameter_of,
    resolved,
    told,
)


def test_type_of_a_parameter_is_its_schema() -> None:
    parameter = parameter_of(
        name="limit", **{"in": "query"}, type="integer", maximum=10, default=3, description="Most."
    )

    assert parameter.schema == {"type": "integer", "maximum": 10, "default": 3}
    assert (parameter.location, parameter.description) == (ParameterLocation.QUERY, "Most.")


@pytest.mark.parametrize(
    "location,written,style,explode",
    [
        ("query", None, Style.FORM, False),
        ("query", "csv", Style.FORM, False),
        ("query", "multi", Style.FORM, True),
        ("query", "ssv", Style.SPACE_DELIMITED, False),
        ("query", "pipes", Style.PIPE_DELIMITED, False),
        ("header", "csv", Style.SIMPLE, False),
    ],
)
def test_collection_format_is_a_style(location: str, written: str | None, style: Style, *, explode: bool) -> None:
    fields = {"name": "ids", "in": location, "type": "array", "items": {"type": "integer"}}

    parameter = parameter_of(**fields, **({} if written is None else {"collectionFormat": written}))

    assert (parameter.style, parameter.explode) == (style, explode)
    assert parameter.schema == {"type": "array", "items": {"type": "integer"}}


@pytest.mark.parametrize(
    "location,written", [("query", "tsv"), ("header", "ssv"), ("header", "pipes"), ("formData", "tsv")]
)
def test_collection_format_without_a_style_is_refused_where_it_is_written(location: str, written: str) -> None:
    text = f"""{HEAD}paths:
  /pets:
    post:
      parameters: [{{name: a, in: {location}, type: array, items: {{type: string}}, collectionFormat: {written}}}]
      responses: {{204: {{description: Done.}}}}
"""

    ((rule, line, _),) = [
        each for each in told(text) if each[0] != "form-media-type-missing" and each[0] != "key-unquoted"
    ]

    assert (rule, line) == ("collection-format-unsupported", 6)


def test_array_within_an_array_is_refused() -> None:
    items = {"type": "array", "items": {"type": "string"}}

    reading = read_tree(document({"parameters": [{"name": "a", "in": "query", "type": "array", "items": items}]}))

    assert errors_of(reading) == [("collection-format-unsupported", "/paths/~1pets/post/parameters/0/items")]


def test_shared_parameters_are_shared_and_shadowed() -> None:
    limit = {"name": "limit", "in": "query", "type": "integer"}
    tree = document(parameters={"Limit": limit, "Body": {"name": "b", "in": "body", "schema": {"type": "string"}}})
    shared = [
        {"$ref": "#/parameters/Limit"},
        {"$ref": "#/parameters/Body"},
        {"name": "a", "in": "query", "type": "string"},
    ]
    own = {"parameters": [{"name": "a", "in": "query", "type": "boolean"}], "responses": DONE}
    tree["paths"] = {"/pets": {"parameters": shared, "put": own}}

    operation = operation_of(read_tree(tree))

    assert [(each.name, each.schema) for each in operation.parameters] == [
        ("limit", {"type": "integer"}),
        ("a", {"type": "boolean"}),
    ]
    assert operation.request_body is not None


def test_body_is_sent_in_every_consumed_media_type() -> None:
    body = {"name": "pet", "in": "body", "required": True, "description": "It.", "schema": {"type": "object"}}

    reading = read_tree(document({"consumes": ["application/json", "application/xml"], "parameters": [body]}))

    assert list(contents_of(reading)) == ["application/json", "application/xml"]
    request = operation_of(reading).request_body
    assert request is not None
    assert (request.is_required, request.description) == (True, "It.")


def test_body_without_consumes_is_json_and_own_consumes_replace_those_of_the_document() -> None:
    body = {"name": "pet", "in": "body", "schema": {"type": "object"}}

    assert list(contents_of(read_tree(document({"parameters": [body]})))) == ["application/json"]
    tree = document({"consumes": ["text/plain"], "parameters": [body]}, consumes=["application/json"])
    assert list(contents_of(read_tree(tree))) == ["text/plain"]


def test_fields_of_a_form_are_an_object() -> None:
    fields = [
        {"name": "name", "in": "formData", "type": "string", "required": True, "description": "Its name."},
        {"name": "tags", "in": "formData", "type": "array", "items": {"type": "string"}, "collectionFormat": "pipes"},
    ]

    contents = contents_of(
        read_tree(document({"consumes": ["application/x-www-form-urlencoded"], "parameters": fields}))
    )

    (content,) = contents.values()
    schema = resolved(content, read_tree(document({"consumes": [content.name], "parameters": fields})))
    assert schema["required"] == ["name"]
    assert schema["properties"]["name"] == {"description": "Its name.", "type": "string"}
    assert content.encodings["tags"].style is Style.PIPE_DELIMITED


def test_form_with_a_file_is_multipart() -> None:
    fields = [{"name": "photo", "in": "formData", "type": "file"}]

    reading = read_tree(document({"parameters": fields}))

    (content,) = contents_of(reading).values()
    assert content.name == "multipart/form-data"
    assert resolved(content, reading)["properties"]["photo"] == {"type": "string", "format": "binary"}
    assert rules_of(reading) == ["form-media-type-missing", "operation-id-missing"]


def test_form_beside_json_may_be_sent_as_json() -> None:
    fields = [{"name": "name", "in": "formData", "type": "string"}]
    consumed = ["application/x-www-form-urlencoded", "application/json"]

    reading = read_tree(document({"consumes": consumed, "parameters": fields}))

    assert list(contents_of(reading)) == consumed


@pytest.mark.parametrize(
    "second", [{"name": "b", "in": "body", "schema": {}}, {"name": "b", "in": "formData", "type": "file"}]
)
def test_second_body_is_refused(second: dict[str, Any]) -> None:
    first = {"name": "a", "in": "body", "schema": {}}

    reading = read_tree(document({"parameters": [first, second]}))

    assert errors_of(reading) == [("request-body-ambiguous", "/paths/~1pets/post/parameters/1")]


def test_response_has_every_produced_media_type_with_its_example() -> None:
    answer = {"description": "One.", "schema": {"type": "integer"}, "examples": {"text/plain": "5"}}

    answers = answers_of(
        read_tree(document({"produces": ["application/json", "text/plain"], "responses": {"200": answer}}))
    )

    assert {name: (each.schema, each.examples) for name, each in answers.items()} == {
        "application/json": ({"type": "integer"}, ()),
        "text/plain": ({"type": "integer"}, ("5",)),
    }


def test_shared_response_is_answered_in_the_media_types_of_the_operation() -> None:
    shared = {"Pet": {"description": "One.", "schema": {"type": "object"}}}
    responses = {"200": {"$ref": "#/responses/Pet"}}

    usual = read_tree(document({"responses": responses}, responses=shared))
    own = read_tree(document({"responses": responses, "produces": ["text/csv"]}, responses=shared))

    assert list(answers_of(usual)) == ["application/json"]
    assert list(answers_of(own)) == ["text/csv"]


@pytest.mark.parametrize(
    "produced,name,schema",
    [
        (None, "application/octet-stream", {"type": "string", "format": "binary"}),
        (["image/png"], "image/png", {"type": "string", "format": "binary"}),
        (["application/json"], "application/json", {}),
    ],
)
def test_answered_file_is_bytes_and_one_of_json_is_any_json(produced: Any, name: str, schema: Any) -> None:
    answer = {"200": {"description": "One.", "schema": {"type": "file"}}}

    answers = answers_of(
        read_tree(document({"responses": answer} | ({} if produced is None else {"produces": produced})))
    )

    assert {each.name: each.schema for each in answers.values()} == {name: schema}


def test_headers_of_a_response_have_types() -> None:
    headers = {"X-Rate": {"type": "integer", "format": "int32", "description": "Left."}}

    reading = read_tree(document({"responses": {"200": {"description": "One.", "headers": headers}}}))

    (header,) = operation_of(reading).responses[0].headers
    assert (header.name, header.schema, header.description) == (
        "X-Rate",
        {"type": "integer", "format": "int32"},
        "Left.",
    )
