"""What OpenAPI 3.2 adds, feature by feature."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from apictl.contract.contract import Contract
from apictl.contract.operation import MediaType, ParameterLocation, Style
from apictl.contract.schema import reachable_names
from tests.readers.documents import answer, contract_of, errors_of, operation, read_files, read_tree
from tests.readers.documents import document as any_document

DONE = {"204": {"description": "Done."}}


def document(**parts: Any) -> dict[str, Any]:
    return any_document(version="3.2.0", **parts)


def get(**fields: Any) -> dict[str, Any]:
    return {"/pets": {"get": {"operationId": "listPets", "responses": DONE, **fields}}}


def content_of(contract: Contract) -> MediaType:
    (content,) = contract.operations[0].responses[0].contents
    return content


def test_query_is_a_method() -> None:
    paths = {"/pets": {"query": operation("findPets", request={"type": "object"}), "get": operation("listPets")}}

    contract = contract_of(read_tree(document(paths=paths)))

    assert [(each.id, each.method) for each in contract.operations] == [("findPets", "QUERY"), ("listPets", "GET")]
    assert contract.operations[0].request_body is not None


def test_additional_operations_have_methods_as_written() -> None:
    additional = {"COPY": {"responses": DONE}, "purge": {"operationId": "purgeAll", "responses": DONE}}

    contract = contract_of(read_tree(document(paths={"/pets": {"additionalOperations": additional}})))

    assert [(each.id, each.method) for each in contract.operations] == [("copyPets", "COPY"), ("purgeAll", "purge")]
    assert contract.operations[0].place.pointer == "/paths/~1pets/additionalOperations/COPY"


def test_what_additional_operations_leave_out_is_completed_in_what_is_served() -> None:
    item = {"additionalOperations": {"COPY": {"responses": {"404": {"description": "None."}}}}}

    contract = contract_of(read_tree(document(paths={"/pets/{id}": item})))

    served: Any = contract.source["paths"]
    copied = served["/pets/{id}"]["additionalOperations"]["COPY"]
    assert list(copied["responses"]) == ["404", "204"]
    assert [each["name"] for each in copied["parameters"]] == ["id"]


@pytest.mark.parametrize(
    "media_type", ["text/event-stream", "application/jsonl", "application/json-seq", "multipart/mixed"]
)
def test_items_of_a_sequence_have_a_schema(media_type: str) -> None:
    item = {"type": "object", "properties": {"data": {"type": "string"}}}
    responses = {"200": {"description": "All.", "content": {media_type: {"itemSchema": item}}}}

    contract = contract_of(read_tree(document(paths=get(responses=responses))))

    content = content_of(contract)
    assert (content.schema, content.item_schema) == (None, {"$ref": "#/$defs/ListPetsResponseItem"})
    assert contract.definitions["ListPetsResponseItem"].schema == item


def test_items_of_a_sequence_are_seen_in_the_view_of_their_direction() -> None:
    item = {"type": "object", "properties": {"id": {"type": "integer", "readOnly": True}, "n": {"type": "string"}}}
    body = {"content": {"application/jsonl": {"itemSchema": {"$ref": "#/components/schemas/Pet"}}}}
    paths = get(responses={"200": {"description": "", **body}})
    paths["/pets"]["post"] = {"operationId": "addPets", "requestBody": body, "responses": DONE}

    contract = contract_of(read_tree(document(paths=paths, schemas={"Pet": item})))

    request = contract.operations[1].request_body
    assert request is not None
    assert request.contents[0].item_schema != content_of(contract).item_schema


def test_parts_of_a_sequence_have_encodings_by_position() -> None:
    media = {
        "itemSchema": {"type": "string"},
        "prefixEncoding": [{"contentType": "application/json"}],
        "itemEncoding": {"contentType": "image/*", "headers": {"X-A": {"schema": {"type": "integer"}}}},
    }
    responses = {"200": {"description": "All.", "content": {"multipart/mixed": media}}}

    content = content_of(contract_of(read_tree(document(paths=get(responses=responses)))))

    assert [each.content_type for each in content.prefix_encodings] == ["application/json"]
    assert content.item_encoding is not None
    assert content.item_encoding.content_type == "image/*"
    assert [each.schema for each in content.item_encoding.headers] == [{"type": "integer"}]


def test_media_types_are_components() -> None:
    responses = {"200": {"description": "", "content": {"application/json": {"$ref": "#/components/mediaTypes/Pet"}}}}
    shared = {"mediaTypes": {"Pet": {"schema": {"type": "object", "properties": {"n": {"type": "string"}}}}}}

    contract = contract_of(read_tree(document(paths=get(responses=responses), components=shared)))

    content = content_of(contract)
    assert content.place.pointer == "/components/mediaTypes/Pet"
    assert content.schema == {"$ref": "#/$defs/Pet"}


def test_media_type_of_another_file_is_a_component_of_what_is_served() -> None:
    files = {
        "openapi.yaml": """
openapi: 3.2.0
info: {title: Pets, version: '1'}
paths:
  /pets:
    get:
      operationId: listPets
      responses: {'200': {description: All., content: {application/json: {$ref: 'shared.yaml#/Pets'}}}}
""",
        "shared.yaml": "Pets: {schema: {type: array, items: {type: string}}}\n",
    }

    contract = contract_of(read_files(files))

    served: Any = contract.source["components"]
    assert served["mediaTypes"]["Pets"] == {"schema": {"type": "array", "items": {"type": "string"}}}
    assert content_of(contract).schema == {"type": "array", "items": {"type": "string"}}


def test_before_32_a_media_type_is_no_reference() -> None:
    responses = {"200": {"description": "", "content": {"application/json": {"$ref": "#/components/schemas/Pet"}}}}

    reading = read_tree(any_document(version="3.1.0", paths=get(responses=responses), schemas={"Pet": {}}))

    assert [rule for rule, _ in errors_of(reading)] == ["field-unknown"]


def test_tags_are_a_tree() -> None:
    tags = [{"name": "pets", "summary": "Pets", "kind": "nav"}, {"name": "dogs", "parent": "pets"}]

    first, second = contract_of(read_tree(document(tags=tags))).tags

    assert (first.summary, first.kind, first.parent) == ("Pets", "nav", "")
    assert (second.name, second.parent) == ("dogs", "pets")


@pytest.mark.parametrize(
    "tags,expected",
    [
        ([{"name": "a", "parent": "b"}], [("tag-parent-undeclared", "/tags/0/parent")]),
        ([{"name": "a", "parent": "a"}], [("tag-parent-cycle", "/tags/0/parent")]),
        (
            [{"name": "a", "parent": "b"}, {"name": "b", "parent": "c"}, {"name": "c", "parent": "b"}],
            [("tag-parent-cycle", "/tags/1/parent")],
        ),
    ],
)
def test_parent_of_a_tag_is_another_declared_one(tags: Any, expected: list[tuple[str, str]]) -> None:
    assert errors_of(read_tree(document(tags=tags))) == expected


def test_servers_have_names_and_responses_summaries() -> None:
    tree = document(paths=get(responses={"204": {"summary": "Gone."}}), servers=[{"url": "/v1", "name": "main"}])

    contract = contract_of(read_tree(tree))

    assert [server.name for server in contract.servers] == ["main"]
    assert (contract.operations[0].responses[0].summary, contract.operations[0].responses[0].description) == (
        "Gone.",
        "Gone.",
    )


@pytest.mark.parametrize(
    "reference", ["https://pets.test/api/openapi.yaml#/components/schemas/Pet", "#/components/schemas/Pet"]
)
def test_document_may_refer_to_itself_by_its_uri(reference: str) -> None:
    tree = document(paths=get(responses={"200": answer({"$ref": reference})}), schemas={"Pet": {"type": "object"}})

    contract = contract_of(read_tree(tree | {"$self": "https://pets.test/api/openapi.yaml"}))

    assert content_of(contract).schema == {"$ref": "#/$defs/Pet"}


def test_other_files_lie_around_the_uri_of_the_document_as_on_disk() -> None:
    files = {
        "specs/openapi.yaml": """
openapi: 3.2.0
$self: https://pets.test/api/openapi.yaml
info: {title: Pets, version: '1'}
components: {schemas: {Pet: {$ref: 'https://pets.test/api/shared/pet.yaml'}}}
""",
        "specs/shared/pet.yaml": "type: string\n",
    }

    assert contract_of(read_files(files, "specs/openapi.yaml")).definitions["Pet"].schema == {"type": "string"}


@pytest.mark.parametrize(
    "identity", ["https://[", "::", "https://pets.test", "file:///etc/passwd", "../../../etc/passwd", "x:"]
)
def test_hostile_self_leads_nowhere_outside(identity: str) -> None:
    tree = document(schemas={"A": {"$ref": "https://pets.test/../../etc/passwd"}, "B": {"$ref": "file:///etc/passwd"}})

    reading = read_tree(tree | {"$self": identity})

    assert reading.contract is None
    assert {rule for rule, _ in errors_of(reading)} <= {
        "reference-file-missing",
        "reference-outside-workspace",
        "reference-remote",
        "reference-wrong-kind",  # the document itself, which is no schema
    }


def test_querystring_is_the_whole_query() -> None:
    media = {"application/json": {"schema": {"type": "object"}}}
    parameter = {"name": "filter", "in": "querystring", "required": True, "content": media}

    (found,) = contract_of(read_tree(document(paths=get(parameters=[parameter])))).operations[0].parameters

    assert (found.location, found.media_type) == (ParameterLocation.QUERYSTRING, "application/json")


def test_querystring_beside_a_parameter_of_the_path_item_is_refused() -> None:
    paths = get(parameters=[{"name": "filter", "in": "querystring", "content": {"application/json": {}}}])
    paths["/pets"]["parameters"] = [{"name": "limit", "in": "query", "schema": {"type": "integer"}}]

    assert errors_of(read_tree(document(paths=paths))) == [("querystring-shared", "/paths/~1pets/parameters/0")]


def test_encoding_in_a_querystring_is_refused() -> None:
    form = {"schema": {"type": "object"}, "encoding": {"a": {"style": "pipeDelimited"}}}
    parameter = {"name": "filter", "in": "querystring", "content": {"application/x-www-form-urlencoded": form}}

    ((rule, pointer),) = errors_of(read_tree(document(paths=get(parameters=[parameter]))))

    assert rule == "querystring-encoding"
    assert pointer.endswith("/encoding")


def test_cookie_is_a_style() -> None:
    parameter = {"name": "a", "in": "cookie", "style": "cookie", "schema": {"type": "string"}}

    (found,) = contract_of(read_tree(document(paths=get(parameters=[parameter])))).operations[0].parameters

    assert (found.style, found.explode) == (Style.COOKIE, True)


def test_branch_by_default_takes_what_no_other_branch_means() -> None:
    cat = {"type": "object", "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}}
    other = {"type": "object", "properties": {"kind": {"type": "string"}}}
    pet = {
        "oneOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Other"}],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "Cat"}, "defaultMapping": "Other"},
    }

    contract = contract_of(read_tree(document(schemas={"Pet": pet, "Cat": cat, "Other": other})))

    judge = _judge(contract, "Pet")
    assert [judge.is_valid(value) for value in ({"kind": "cat", "lives": 9}, {"kind": "dog"}, {"lives": "x"})] == [
        True,
        True,
        True,
    ]
    assert not judge.is_valid({"kind": "cat", "lives": "nine"})


def test_branch_by_default_that_is_not_there_is_told_where_it_is_named() -> None:
    pet = {"oneOf": [{"type": "object"}], "discriminator": {"propertyName": "kind", "defaultMapping": "Nope"}}

    reading = read_tree(document(schemas={"Pet": pet}))

    assert [pointer for _, pointer in errors_of(reading)] == [
        "/components/schemas/Pet/discriminator/defaultMapping",
    ]


def test_security_schemes_say_more() -> None:
    flow = {"deviceAuthorizationUrl": "https://a.test/device", "tokenUrl": "https://a.test/token", "scopes": {"r": ""}}
    scheme = {
        "type": "oauth2",
        "deprecated": True,
        "oauth2MetadataUrl": "https://a.test/.well-known",
        "flows": {"deviceAuthorization": flow},
    }

    found = contract_of(read_tree(document(components={"securitySchemes": {"o": scheme}}))).security_schemes["o"]

    assert (found.is_deprecated, found.metadata_url) == (True, "https://a.test/.well-known")
    assert [(each.name, each.device_authorization_url) for each in found.flows] == [
        ("deviceAuthorization", "https://a.test/device")
    ]


def test_scheme_may_be_asked_for_by_its_uri() -> None:
    key = {"securitySchemes": {"key": {"type": "apiKey", "name": "k", "in": "header"}}}
    asked: list[Any] = [{"#/components/securitySchemes/key": []}]

    contract = contract_of(read_tree(document(paths=get(security=asked), components=key)))
    before = read_tree(any_document(version="3.1.0", paths=get(security=asked), components=key))

    assert [[each.scheme for each in some] for some in contract.operations[0].security] == [["key"]]
    assert [rule for rule, _ in errors_of(before)] == ["security-scheme-undefined"]


def test_examples_are_data() -> None:
    examples = {"a": {"dataValue": 5}, "b": {"serializedValue": "6"}, "c": {"value": 7}}
    media = {"application/json": {"schema": {"type": "integer"}, "examples": examples}}
    paths = get(responses={"200": {"description": "", "content": media}})

    assert content_of(contract_of(read_tree(document(paths=paths)))).examples == (5, 7)


@pytest.mark.parametrize(
    "field,value",
    [("query", {"responses": DONE}), ("additionalOperations", {"COPY": {"responses": DONE}})],
)
def test_fields_of_32_are_told_as_such_before(field: str, value: Any) -> None:
    tree = copy.deepcopy(any_document(version="3.1.0", paths={"/pets": {field: value}}))

    reading = read_tree(tree)

    assert [(each.rule, each.hint) for each in reading.findings] == [("field-unknown", "it is of OpenAPI 3.2")]


def _judge(contract: Contract, name: str) -> Draft202012Validator:
    schemas = {each.name: each.schema for each in contract.definitions.values()}
    reference: Any = {"$ref": f"#/$defs/{name}"}
    return Draft202012Validator(
        reference | {"$defs": {key: schemas[key] for key in reachable_names(reference, schemas)}}
    )
