"""Schemas as written become JSON Schema 2020-12 that judges the same values."""

from __future__ import annotations

from typing import Any

import pytest
from jsonschema_rs import Draft202012Validator

from tests.readers.documents import contract_of, document, errors_of, forgiven_of, operation, read_tree, rules_of


def converted(schema: Any, version: str = "3.0.3", **others: Any) -> Any:
    reading = read_tree(document(version=version, schemas={"Thing": schema, **others}))
    return contract_of(reading).definitions["Thing"].schema


def test_nullable_beside_a_type_allows_null() -> None:
    assert converted({"type": "string", "nullable": True}) == {"type": ["string", "null"]}


def test_nullable_enum_allows_null_though_null_is_not_among_its_values() -> None:
    assert converted({"type": "string", "nullable": True, "enum": ["a"]})["enum"] == ["a", None]


OTHER = {"$ref": "#/components/schemas/Other"}


@pytest.mark.parametrize(
    "written, meant",
    [
        ({"allOf": [OTHER]}, {"anyOf": [{"allOf": [{"$ref": "#/$defs/Other"}]}, {"type": "null"}]}),
        ({"anyOf": [OTHER]}, {"anyOf": [{"$ref": "#/$defs/Other"}, {"type": "null"}]}),
        ({"oneOf": [OTHER]}, {"anyOf": [{"oneOf": [{"$ref": "#/$defs/Other"}]}, {"type": "null"}]}),
        ({"enum": ["a"]}, {"enum": ["a", None]}),
    ],
)
def test_nullable_without_a_type_allows_null_as_its_writer_means(written: Any, meant: Any) -> None:
    schema = {"nullable": True, "title": "T", **written}

    reading = read_tree(document(schemas={"Thing": schema, "Other": {"type": "string"}}))

    assert contract_of(reading).definitions["Thing"].schema == {"title": "T", **meant}
    assert rules_of(reading) == ["nullable-without-type"]


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_nullable_beside_alternatives_that_all_refuse_null_allows_it_as_its_writer_means(keyword: str) -> None:
    branch = {"properties": {"a": {}}, "required": ["a"]}
    thing = {"type": "object", "nullable": True, keyword: [branch, {**branch, "title": "Other"}]}

    definitions = contract_of(read_tree(document(schemas={"Thing": thing}))).definitions

    closed: Any = {"$ref": "#/$defs/Thing", "$defs": {name: each.schema for name, each in definitions.items()}}
    judge = Draft202012Validator(closed)
    assert (judge.is_valid(None), judge.is_valid(5), judge.is_valid({})) == (True, False, False)


def test_enum_that_lists_nothing_is_read_as_if_it_were_not_there() -> None:
    thing = {"enum": [], "allOf": [OTHER]}

    reading = read_tree(document(version="3.1.0", schemas={"Thing": thing, "Other": {"type": "string"}}))

    assert contract_of(reading).definitions["Thing"].schema == {"allOf": [{"$ref": "#/$defs/Other"}]}
    assert rules_of(reading) == ["enum-empty"]


def test_null_beside_a_composition_is_of_its_place_and_not_of_the_class_it_names() -> None:
    member = {"nullable": True, "properties": {"a": {}}, "allOf": [OTHER]}
    schemas = {"Thing": {"type": "object", "properties": {"member": member}}, "Other": {"type": "object"}}

    definitions = contract_of(read_tree(document(schemas=schemas))).definitions

    thing: Any = definitions["Thing"].schema
    assert thing["properties"]["member"] == {"anyOf": [{"$ref": "#/$defs/ThingMember"}, {"type": "null"}]}
    own = {"type": "object", "properties": {"a": {}}, "allOf": [{"$ref": "#/$defs/Other"}]}
    assert definitions["ThingMember"].schema == own


NAMED: dict[str, Any] = {"properties": {"a": {}}}


@pytest.mark.parametrize(
    "written, kind",
    [
        (NAMED, "object"),
        (NAMED | {"nullable": True}, ["object", "null"]),
        (NAMED | {"required": ["a"], "oneOf": [{"required": ["b"]}, {"type": "object"}]}, "object"),
        (NAMED | {"enum": [1]}, None),
        (NAMED | {"anyOf": [{"type": "string"}, {"required": ["a"]}]}, None),
        ({"properties": {}}, None),
        ({"required": ["a"]}, None),
    ],
)
def test_schema_that_lists_properties_is_of_objects(written: Any, kind: Any) -> None:
    assert converted(written).get("type") == kind


ITEMS: dict[str, Any] = {"items": {"type": "string"}}
TEXT: dict[str, Any] = {"type": "string"}


@pytest.mark.parametrize(
    "written, taken, refused",
    [
        (ITEMS, [["a"]], ["a", None, {}, [1]]),
        ({"items": {}}, [[1]], ["a"]),
        (ITEMS | {"nullable": True}, [["a"], None], ["a", 1]),
        ({"oneOf": [TEXT, ITEMS]}, ["a", ["a"]], [1, None]),
        ({"allOf": [ITEMS, {"minItems": 1}]}, [["a"]], ["a", []]),
        (ITEMS | {"anyOf": [{"minItems": 1}]}, [["a"]], ["a", []]),
        ({"type": "array", "nullable": True, "oneOf": [ITEMS, {"items": {"type": "integer"}}]}, [["a"], [1]], ["a"]),
        ({"type": "object", "properties": {"a": {"items": ITEMS}}}, [{"a": [["a"]]}], [{"a": "b"}, {"a": ["b"]}]),
    ],
)
def test_schema_that_describes_items_is_of_arrays(written: Any, taken: list[Any], refused: list[Any]) -> None:
    judge = Draft202012Validator(converted(written))

    assert [judge.is_valid(value) for value in (*taken, *refused)] == [True] * len(taken) + [False] * len(refused)


@pytest.mark.parametrize(
    "written, taken",
    [
        ({"not": ITEMS}, [[1]]),
        ({"if": ITEMS, "then": {"minItems": 1}}, [[1], ["a"]]),
        ({"type": "string", "allOf": [ITEMS]}, ["a"]),
        ({"type": ["array", "null"], "allOf": [ITEMS]}, [None, ["a"]]),
        ({"type": ["string", "array"], "anyOf": [{"oneOf": [ITEMS]}]}, ["a", ["a"]]),
        ({"allOf": [TEXT, ITEMS]}, ["a"]),
        ({"allOf": [ITEMS], "anyOf": [TEXT, {"type": "array"}]}, ["a", ["a"]]),
        (ITEMS | {"anyOf": [TEXT]}, ["a"]),
        (ITEMS | {"allOf": [OTHER]}, ["a"]),
        (ITEMS | {"enum": [1]}, [1]),
        (ITEMS | {"required": ["a"]}, [{"a": 1}, 1]),
        ({"prefixItems": [TEXT]}, ["b", ["a", 1]]),
        ({"items": True}, ["a", [1]]),
    ],
)
def test_items_of_what_may_be_something_else_judge_arrays_only(written: Any, taken: list[Any]) -> None:
    reading = read_tree(document(version="3.1.0", schemas={"Thing": written, "Other": TEXT}))
    definitions = {name: each.schema for name, each in contract_of(reading).definitions.items()}
    judge = Draft202012Validator({"$ref": "#/$defs/Thing", "$defs": definitions})

    assert [value for value in taken if not judge.is_valid(value)] == []


def test_schema_that_lists_properties_to_tell_values_apart_is_left_as_it_is() -> None:
    schema = {"not": NAMED, "if": NAMED, "then": {"allOf": [NAMED]}, "allOf": [NAMED]}

    assert converted(schema, "3.1.0") == schema | {"allOf": [NAMED | {"type": "object"}]}


def test_null_that_a_composition_refuses_beside_its_type_stays_refused() -> None:
    member = {"type": ["object", "null"], "allOf": [{"type": "object", "properties": {"a": {}}}]}
    schemas = {"Thing": {"type": "object", "properties": {"member": member}}}

    definitions = contract_of(read_tree(document(version="3.1.0", schemas=schemas))).definitions

    thing: Any = definitions["Thing"].schema
    assert thing["properties"]["member"] == {"$ref": "#/$defs/ThingMember"}
    assert definitions["ThingMember"].schema == member


def test_boolean_exclusive_bound_becomes_the_bound_itself() -> None:
    schema = converted({"type": "number", "minimum": 0, "exclusiveMinimum": True, "maximum": 9})

    assert schema == {"type": "number", "exclusiveMinimum": 0, "maximum": 9}


def test_inclusive_bound_stays_when_exclusive_is_false() -> None:
    assert converted({"type": "number", "minimum": 0, "exclusiveMinimum": False}) == {"type": "number", "minimum": 0}


def test_example_joins_examples_and_what_judges_nothing_is_dropped() -> None:
    schema = converted(
        {"type": "string", "example": "a", "examples": ["b"], "xml": {}, "x-a": 1, "x-enum-varnames": ["A"]}, "3.1.0"
    )

    assert schema == {"type": "string", "examples": ["a", "b"], "x-enum-varnames": ["A"]}


def test_reference_with_siblings_applies_them_in_31() -> None:
    schema = {"$ref": "#/components/schemas/Other", "maxLength": 3}

    assert converted(schema, "3.1.0", Other={"type": "string"}) == {"$ref": "#/$defs/Other", "maxLength": 3}


def test_reference_with_siblings_ignores_them_in_30_and_says_so() -> None:
    schema = {"type": "object", "properties": {"a": {"$ref": "#/components/schemas/Other", "maxLength": 3}}}

    reading = read_tree(document(schemas={"Thing": schema, "Other": {"type": "string"}}))

    thing = contract_of(reading).definitions["Thing"].schema
    assert thing == {"type": "object", "properties": {"a": {"$ref": "#/$defs/Other"}}}
    assert rules_of(reading) == ["reference-siblings-ignored"]


def test_reference_in_data_is_no_reference() -> None:
    data = {"$ref": "#/nowhere"}
    schema = {"default": data, "example": data, "enum": [data], "const": data}

    assert converted(schema, "3.1.0") == {"default": data, "examples": [data], "enum": [data], "const": data}


def test_property_named_ref_is_a_property() -> None:
    schema = converted({"type": "object", "properties": {"$ref": {"type": "string"}}}, "3.1.0")

    assert schema["properties"] == {"$ref": {"type": "string"}}


def test_pattern_of_ecma_262_stays_as_written() -> None:
    assert converted({"type": "string", "pattern": "^\\p{L}+(?<=a)$"})["pattern"] == "^\\p{L}+(?<=a)$"


def test_pattern_that_is_no_regular_expression_is_an_error_at_its_place() -> None:
    reading = read_tree(document(schemas={"Thing": {"type": "string", "pattern": "["}}))

    assert errors_of(reading) == [("pattern-uncompilable", "/components/schemas/Thing/pattern")]


def test_default_that_its_schema_refuses_is_a_flaw_and_not_taken_over() -> None:
    reading = read_tree(document(schemas={"Thing": {"type": "integer", "default": "1"}}))

    assert contract_of(reading).definitions["Thing"].schema == {"type": "integer"}
    assert forgiven_of(reading) == [("default-mismatch", "/components/schemas/Thing/default")]


def test_default_inside_a_schema_or_of_a_parameter_is_not_taken_over_either() -> None:
    wrong = {"type": "integer", "default": "1"}
    listing = operation("list") | {"parameters": [{"name": "n", "in": "query", "schema": wrong}]}
    tree = document(schemas={"Thing": {"type": "array", "items": wrong}}, paths={"/a": {"get": listing}})

    contract = contract_of(read_tree(tree))

    assert contract.definitions["Thing"].schema == {"type": "array", "items": {"type": "integer"}}
    assert contract.operations[0].parameters[0].schema == {"type": "integer"}


def test_default_is_judged_through_references() -> None:
    schemas = {"Thing": {"allOf": [{"$ref": "#/components/schemas/Other"}], "default": "b"}, "Other": {"enum": ["a"]}}

    assert forgiven_of(read_tree(document(schemas=schemas))) == [
        ("default-mismatch", "/components/schemas/Thing/default")
    ]


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "oneOf"])
def test_schema_made_of_itself_is_a_cycle(keyword: str) -> None:
    reading = read_tree(document(schemas={"Thing": {keyword: [{"$ref": "#/components/schemas/Thing"}]}}))

    assert errors_of(reading) == [("reference-cycle", f"/components/schemas/Thing/{keyword}/0/$ref")]


def test_recursion_through_a_property_is_no_cycle() -> None:
    schema = converted({"type": "object", "properties": {"next": {"$ref": "#/components/schemas/Thing"}}})

    assert schema["properties"]["next"] == {"$ref": "#/$defs/Thing"}


@pytest.mark.parametrize(
    "schema, rule",
    [
        ({"$dynamicRef": "#meta"}, "schema-keyword-unsupported"),
        ({"$schema": "http://json-schema.org/draft-04/schema#"}, "schema-dialect-unsupported"),
        ({"$id": "https://a.test/", "items": {"$ref": "#/components/schemas/Thing"}}, "schema-keyword-unsupported"),
    ],
)
def test_what_would_change_the_meaning_of_references_is_refused(schema: Any, rule: str) -> None:
    assert rule in [found for found, _ in errors_of(read_tree(document(version="3.1.0", schemas={"Thing": schema})))]


PETS: dict[str, Any] = {
    "Cat": {"type": "object", "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}},
    "Dog": {"type": "object", "properties": {"kind": {"type": "string"}}},
}


def union(**discriminator: Any) -> Any:
    branches = [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}]
    return {"oneOf": branches, "discriminator": {"propertyName": "kind", **discriminator}}


def test_discriminator_completes_each_branch_beside_its_reference() -> None:
    schema = converted(union(mapping={"cat": "#/components/schemas/Cat", "Hund": "Dog"}), **PETS)

    assert schema["oneOf"] == [
        {"$ref": "#/$defs/Cat", "properties": {"kind": {"const": "cat"}}, "required": ["kind"]},
        {"$ref": "#/$defs/Dog", "properties": {"kind": {"const": "Hund"}}, "required": ["kind"]},
    ]
    assert schema["discriminator"]["mapping"] == {"cat": "#/$defs/Cat", "Hund": "#/$defs/Dog"}


def test_discriminator_without_mapping_means_the_components_names() -> None:
    schema = converted(union(), **PETS)

    assert schema["discriminator"]["mapping"] == {"Cat": "#/$defs/Cat", "Dog": "#/$defs/Dog"}
    assert schema["oneOf"][1]["properties"] == {"kind": {"const": "Dog"}}


def test_several_values_for_one_branch_become_an_enum() -> None:
    mapping = {"cat": "#/components/schemas/Cat", "lion": "#/components/schemas/Cat", "dog": "Dog"}

    assert converted(union(mapping=mapping), **PETS)["oneOf"][0]["properties"] == {"kind": {"enum": ["cat", "lion"]}}


@pytest.mark.parametrize(
    "kind",
    [
        {"const": "tabby"},
        {"enum": ["tabby"]},
        {"type": "integer"},
        {"anyOf": [{"enum": ["tabby"]}, {"type": "null"}]},
        {"oneOf": [{"const": "tabby"}, {"const": "tom"}]},
        {"allOf": [{"type": "string"}, {"$ref": "#/components/schemas/Tabby"}]},
    ],
)
def test_branch_that_says_its_value_itself_is_left_alone(kind: Any) -> None:
    cat = {"type": "object", "properties": {"kind": kind}}

    schema = converted(union(), "3.1.0", **(PETS | {"Cat": cat, "Tabby": {"const": "tabby"}}))

    assert schema["oneOf"][0] == {"$ref": "#/$defs/Cat"}


def test_union_of_values_is_narrowed_in_each_branch() -> None:
    both = {"type": "object", "properties": {"kind": {"anyOf": [{"const": "Cat"}, {"enum": ["Dog"]}]}}}

    schema = converted(union(), "3.1.0", Cat=both, Dog=both)

    assert [branch["properties"]["kind"]["const"] for branch in schema["oneOf"]] == ["Cat", "Dog"]


def test_values_that_are_far_away_are_taken_for_any() -> None:
    chain = {f"K{n}": {"allOf": [{"$ref": f"#/components/schemas/K{n + 1}"}]} for n in range(2000)}
    cat = {"type": "object", "properties": {"kind": {"$ref": "#/components/schemas/K0"}}}

    schema = converted(union(), "3.1.0", **(PETS | {"Cat": cat, **chain, "K2000": {"type": "string"}}))

    assert schema["oneOf"][0]["properties"] == {"kind": {"const": "Cat"}}


def test_shared_enum_is_narrowed_in_each_branch() -> None:
    both = {"type": "object", "properties": {"kind": {"enum": ["Cat", "Dog"]}}}

    schema = converted(union(), "3.1.0", Cat=both, Dog=both)

    assert [branch["properties"]["kind"]["const"] for branch in schema["oneOf"]] == ["Cat", "Dog"]


def test_branch_keeps_accepting_any_value_outside_the_union() -> None:
    reading = read_tree(document(schemas={"Thing": union(), **PETS}))

    cat: Any = contract_of(reading).definitions["Cat"].schema
    assert Draft202012Validator(cat).is_valid({"kind": "anything"})


def test_mapping_to_a_missing_schema_is_an_error_at_the_mapping() -> None:
    reading = read_tree(document(schemas={"Thing": union(mapping={"a": "#/components/schemas/Nope"}), **PETS}))

    assert errors_of(reading) == [("reference-unresolved", "/components/schemas/Thing/discriminator/mapping/a")]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize("keyword, allowed", [("oneOf", False), ("anyOf", False), ("allOf", True)])
def test_composition_without_a_branch_is_a_flaw_and_read_as_what_it_says(
    keyword: str, version: str, *, allowed: bool
) -> None:
    reading = read_tree(document(version=version, schemas={"Thing": {"title": "T", keyword: []}}))

    assert forgiven_of(reading) == [("composition-empty", f"/components/schemas/Thing/{keyword}")]
    schema: Any = contract_of(reading).definitions["Thing"].schema
    assert Draft202012Validator(schema).is_valid("anything") is allowed
