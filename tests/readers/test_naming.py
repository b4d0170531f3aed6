"""Definitions are named after roles: what else stands in the document, and in which order, changes no name."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from apictl.contract.schema import referenced_names
from tests.readers.documents import answer, body, contract_of, document, operation, read_tree, rules_of

OBJECT = {"type": "object", "properties": {"a": {"type": "string"}}}


def names(tree: dict[str, Any]) -> list[str]:
    return list(contract_of(read_tree(tree)).definitions)


def test_inline_body_and_responses_are_named_after_operation_and_role() -> None:
    responses = {"200": answer(OBJECT), "409": answer(OBJECT | {"title": "x"}), "default": answer(OBJECT)}
    create = operation("create_quote", request=OBJECT, responses=responses)

    found = names(document(paths={"/quotes": {"post": create}}))

    assert found == ["CreateQuoteBody", "CreateQuoteResponse", "CreateQuoteConflictBody", "CreateQuoteDefaultBody"]


def test_several_successes_are_told_apart_by_their_phrase() -> None:
    responses = {"200": answer(OBJECT), "201": answer(OBJECT)}

    found = names(document(paths={"/q": {"put": operation("putQ", responses=responses)}}))

    assert found == ["PutQOKResponse", "PutQCreatedResponse"]


def test_nested_objects_are_named_after_their_parents() -> None:
    nested = {
        "type": "object",
        "properties": {
            "pick_up": OBJECT,
            "stops": {"type": "array", "items": OBJECT},
            "tags": {"type": "object", "additionalProperties": OBJECT},
        },
    }

    assert names(document(schemas={"Quote": nested})) == ["Quote", "QuotePickUp", "QuoteStopsItem", "QuoteTagsValue"]


def test_union_branches_are_named_by_title_constant_own_requirement_or_content() -> None:
    branches = [
        {"type": "object", "title": "By air", "properties": {"a": {}}},
        {"type": "object", "properties": {"kind": {"const": "SEA_FREIGHT"}}},
        {"type": "object", "properties": {"b": {}}, "required": ["b"]},
        {"type": "object", "properties": {"c": {}}},
    ]

    found = names(document(version="3.1.0", schemas={"Way": {"oneOf": branches}}))

    assert found[:4] == ["Way", "WayByAir", "WaySeaFreight", "WayB"]
    assert len(found[4]) == len("Way") + 4


def test_shared_response_gives_the_name_whoever_uses_it() -> None:
    uses = {"200": {"description": ""}, "404": {"$ref": "#/components/responses/NotFound"}}
    paths = {"/b": {"get": operation("b", responses=uses)}, "/a": {"get": operation("a", responses=uses)}}

    contract = contract_of(read_tree(document(paths=paths, components={"responses": {"NotFound": answer(OBJECT)}})))

    assert list(contract.definitions) == ["NotFoundBody"]
    assert contract.operations[0].responses[1].contents[0].schema == {"$ref": "#/$defs/NotFoundBody"}


def test_derived_name_gives_way_to_a_component_and_says_so() -> None:
    schemas = {"QuotePickup": {"type": "string"}, "Quote": {"type": "object", "properties": {"pickup": OBJECT}}}

    reading = read_tree(document(schemas=schemas))

    found = list(contract_of(reading).definitions)
    assert found[:2] == ["QuotePickup", "Quote"]
    assert found[2].startswith("QuotePickup")
    assert rules_of(reading) == ["name-clash"]


def test_equal_shapes_with_equal_names_share_a_definition() -> None:
    branch = {"type": "object", "properties": {"meta": OBJECT}}

    assert names(document(schemas={"A": {"allOf": [branch, branch]}})) == ["A", "AMeta"]


def test_different_shapes_with_equal_names_get_a_hash_that_order_does_not_change() -> None:
    one = {"type": "object", "properties": {"meta": OBJECT}}
    two = {"type": "object", "properties": {"meta": {"type": "object", "properties": {"b": {}}}}}

    forth = set(names(document(schemas={"A": {"allOf": [one, two]}})))
    back = set(names(document(schemas={"A": {"allOf": [two, one]}})))

    assert forth == back
    assert len(forth) == 3


def test_alias_and_nullable_wrappers_are_no_definitions() -> None:
    reference = {"$ref": "#/components/schemas/A"}
    schemas = {
        "A": OBJECT,
        "B": {
            "type": "object",
            "properties": {
                "alias": {"allOf": [reference], "description": "an A"},
                "choice": {"oneOf": [reference, {"type": "string"}]},
                "maybe": {"anyOf": [OBJECT, {"type": "null"}]},
            },
        },
    }

    contract = contract_of(read_tree(document(version="3.1.0", schemas=schemas)))

    assert list(contract.definitions) == ["A", "B", "BMaybe"]


def test_inline_composition_of_objects_is_one_definition() -> None:
    whole = {"allOf": [{"$ref": "#/components/schemas/A"}, {"type": "object", "properties": {"b": {"type": "string"}}}]}

    paths = {"/a": {"post": operation("a", request=whole)}}

    contract = contract_of(read_tree(document(schemas={"A": OBJECT}, paths=paths)))

    assert list(contract.definitions) == ["A", "ABody"]
    assert contract.definitions["ABody"].schema == {"allOf": [{"$ref": "#/$defs/A"}, whole["allOf"][1]]}


def test_null_of_an_inline_class_stays_where_it_is_used() -> None:
    schemas = {"A": {"type": "object", "properties": {"b": OBJECT | {"nullable": True}}}}

    definitions = contract_of(read_tree(document(schemas=schemas))).definitions

    assert definitions["A"].schema == {
        "type": "object",
        "properties": {"b": {"anyOf": [{"$ref": "#/$defs/AB"}, {"type": "null"}]}},
    }
    assert definitions["AB"].schema == OBJECT


def test_reference_into_a_schema_names_what_it_leads_to() -> None:
    schemas = {
        "A": {"type": "object", "properties": {"code": {"type": "string"}}},
        "B": {"type": "object", "properties": {"code": {"$ref": "#/components/schemas/A/properties/code"}}},
    }

    definitions = contract_of(read_tree(document(schemas=schemas))).definitions

    assert definitions["ACode"].schema == {"type": "string"}
    assert definitions["B"].schema == {"type": "object", "properties": {"code": {"$ref": "#/$defs/ACode"}}}


def test_operation_without_id_is_named_after_method_and_path() -> None:
    bare = {"responses": {"204": {"description": ""}}, "parameters": [PET_ID]}

    reading = read_tree(document(paths={"/pets/{petId}": {"get": bare}}))

    assert contract_of(reading).operations[0].id == "getPetsByPetId"
    assert rules_of(reading) == ["operation-id-missing"]


def test_operations_whose_derived_ids_meet_both_get_a_hash() -> None:
    bare = {"responses": {"204": {"description": ""}}}

    operations = contract_of(read_tree(document(paths={"/a-b": {"get": bare}, "/a/b": {"get": bare}}))).operations

    assert len({operation.id for operation in operations}) == 2
    assert "getAB" not in {operation.id for operation in operations}


PET_ID = {"name": "petId", "in": "path", "required": True, "schema": {"type": "string"}}
SCALARS = st.sampled_from([{"type": "string"}, {"type": "integer"}, {"$ref": "#/components/schemas/Base"}])
SCHEMAS = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.dictionaries(st.sampled_from(["a", "b-c", "bC", "item"]), inner, min_size=1).map(
            lambda properties: {"type": "object", "properties": properties}
        ),
        inner.map(lambda item: {"type": "array", "items": item}),
        st.lists(inner, min_size=1, max_size=3).map(lambda branches: {"oneOf": branches}),
        st.lists(inner, min_size=1, max_size=3).map(lambda branches: {"allOf": branches}),
    ),
    max_leaves=8,
)
OPERATIONS = st.dictionaries(st.sampled_from(["a", "b", "aBody", "b_c"]), st.tuples(SCHEMAS, SCHEMAS), max_size=4)


def assembled(operations: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    paths = {
        f"/{name}": {"post": operation(name, request=request, responses={"200": answer(response)})}
        for name, (request, response) in operations.items()
    }
    return document(paths=paths, schemas=schemas | {"Base": OBJECT})


@given(OPERATIONS, st.dictionaries(st.sampled_from(["A", "ABody", "Other"]), SCHEMAS), st.randoms())
def test_order_of_paths_and_components_changes_nothing_but_order(
    operations: dict[str, Any], schemas: dict[str, Any], random: Any
) -> None:
    def shuffled(values: dict[str, Any]) -> dict[str, Any]:
        keys = list(values)
        random.shuffle(keys)
        return {key: values[key] for key in keys}

    one = contract_of(read_tree(assembled(operations, schemas)))
    other = contract_of(read_tree(assembled(shuffled(operations), shuffled(schemas))))

    assert {name: d.schema for name, d in one.definitions.items()} == {
        n: d.schema for n, d in other.definitions.items()
    }
    assert {o.id: o for o in one.operations} == {o.id: o for o in other.operations}


@given(OPERATIONS, st.dictionaries(st.sampled_from(["A", "ABody", "Other"]), SCHEMAS))
def test_every_reference_leads_to_a_definition_and_reading_twice_is_equal(
    operations: dict[str, Any], schemas: dict[str, Any]
) -> None:
    tree = assembled(operations, schemas)

    contract, again = contract_of(read_tree(tree)), contract_of(read_tree(json.loads(json.dumps(tree))))

    assert contract == again
    for definition in contract.definitions.values():
        assert set(referenced_names(definition.schema)) <= contract.definitions.keys()


def test_adding_an_operation_renames_nothing() -> None:
    before = document(paths={"/b": {"post": operation("b", request=OBJECT)}})
    after = document(paths={"/a": {"post": operation("a", request=OBJECT)}, **before["paths"]})

    assert set(names(before)) <= set(names(after))


def test_form_beside_json_is_named_apart() -> None:
    content = body(OBJECT)["content"] | {"multipart/form-data": {"schema": OBJECT}}
    post = operation("a") | {"requestBody": {"content": content}}

    assert names(document(paths={"/a": {"post": post}})) == ["ABody", "ABodyMultipart"]
