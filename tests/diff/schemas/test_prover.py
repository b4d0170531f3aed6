"""What is proved of two schemas, what is not, and that the prover always ends."""

from __future__ import annotations

import time

import pytest

from apictl.contract.schema import JsonValue, Schema
from tests.diff.schemas.comparing import INTEGER, TEXT, differences, is_within, kind, told

Tree = dict[str, JsonValue]

NODE: Tree = {"$ref": "#/$defs/Node"}


@pytest.mark.parametrize(
    "sub, sup",
    [
        (INTEGER, {"type": "number"}),
        ({"enum": [1, 2]}, INTEGER),
        ({"enum": ["ab", "cd"]}, TEXT | {"pattern": "^[a-d]+$", "maxLength": 2}),
        (INTEGER | {"multipleOf": 6}, {"multipleOf": 3}),
        (INTEGER, {"multipleOf": 0.5}),
        (INTEGER | {"minimum": 0, "maximum": 21600}, {"format": "int32"}),
        ({"type": ["integer", "null"], "minimum": -128, "exclusiveMaximum": 128}, {"format": "int8"}),
        (TEXT | {"pattern": "^[a-c]{2,3}$"}, TEXT | {"pattern": "^[a-z]*$"}),
        ({"type": "array", "maxItems": 1}, {"uniqueItems": True}),
        ({"type": "array", "items": TEXT, "minItems": 1}, {"contains": TEXT}),
        ({"type": "array", "prefixItems": [TEXT], "items": False}, {"items": TEXT}),
        (kind("a", x=TEXT), {"oneOf": [kind("b"), kind("a")]}),
        ({"type": "object", "required": ["x"]}, {"not": {"properties": {"x": False}, "required": ["x"]}}),
        ({"oneOf": [TEXT, INTEGER]}, {"anyOf": [INTEGER, TEXT]}),
        ({"allOf": [{"required": ["a"]}, {"properties": {"a": False}, "type": "object"}]}, False),
        ({"type": ["string", "object"], "required": ["a"]}, {"anyOf": [TEXT, {"type": "object", "required": ["a"]}]}),
        ({"if": {"type": "string"}, "then": {"maxLength": 3}}, {"if": {"type": "string"}, "then": {"maxLength": 4}}),
        ({"properties": {"a": TEXT}, "propertyNames": {"enum": ["a"]}}, {"additionalProperties": TEXT}),
        ({"type": "object", "patternProperties": {"^x": TEXT}, "additionalProperties": False},
         {"patternProperties": {"^x": TEXT | {"minLength": 0}}, "additionalProperties": False}),
        ({"type": "object", "properties": {"a": TEXT}, "allOf": [{"properties": {"b": TEXT}}],
          "unevaluatedProperties": False},
         {"type": "object", "properties": {"a": True, "b": True}, "additionalProperties": False}),
    ],
)  # fmt: skip
def test_it_is_proved(sub: Schema, sup: Schema) -> None:
    assert is_within(sub, sup)


@pytest.mark.parametrize(
    "sub, sup",
    [
        ({"type": "number"}, INTEGER),
        ({}, TEXT),
        (INTEGER | {"minimum": 0, "maximum": 128}, {"format": "int8"}),
        ({"type": "number", "minimum": 0, "maximum": 1}, {"format": "int8"}),
        ({"type": ["integer", "string"], "minimum": 0, "maximum": 1}, {"format": "int8"}),
        (TEXT | {"pattern": "a"}, TEXT | {"pattern": "^a"}),
        ({"type": "object", "properties": {"a": TEXT}}, {"additionalProperties": False}),
        ({"anyOf": [TEXT, INTEGER]}, {"oneOf": [TEXT, {"type": ["string", "integer"]}]}),
        (kind("a"), {"oneOf": [kind("a"), {"type": "object"}]}),
        ({"properties": {"a": TEXT}}, {"type": "object"}),
        ({"not": TEXT | {"maxLength": 3}}, {"not": TEXT}),
        ({"type": "object", "unevaluatedProperties": True}, {"type": "object", "unevaluatedProperties": False}),
        ({"items": TEXT}, {"prefixItems": [TEXT], "items": False}),
        ({"minContains": 2, "contains": TEXT}, {"maxContains": 2, "contains": TEXT}),
        ({"if": TEXT, "then": False}, TEXT),
    ],
)  # fmt: skip
def test_what_is_not_so_is_not_proved(sub: Schema, sup: Schema) -> None:
    assert not is_within(sub, sup)


def test_a_recursive_schema_is_within_a_wider_one() -> None:
    wider: Tree = {"$ref": "#/$defs/Wider"}
    defined: dict[str, Schema] = {
        "Node": {"type": "object", "properties": {"next": NODE, "value": TEXT | {"maxLength": 3}}},
        "Wider": {"type": "object", "properties": {"next": {"anyOf": [wider, {"type": "null"}]}, "value": TEXT}},
    }

    assert is_within(NODE, wider, defined)
    assert not is_within(wider, NODE, defined)


def test_a_schema_that_means_itself_proves_nothing() -> None:
    defined: dict[str, Schema] = {"Node": {"anyOf": [NODE, TEXT]}}

    assert not is_within(INTEGER, NODE, defined)


def test_a_claim_about_the_same_value_is_not_taken_for_granted() -> None:
    # Each definition leads to the other without a step into the value.
    other: Tree = {"$ref": "#/$defs/Other"}
    defined: dict[str, Schema] = {"Node": {"allOf": [other]}, "Other": {"anyOf": [NODE, {"minLength": 1}]}}

    assert not is_within(TEXT, NODE, defined)


def test_a_large_union_with_one_branch_more_is_fast() -> None:
    old: Tree = {"oneOf": [kind(f"k{number}", x=TEXT) for number in range(120)]}
    new: Tree = {"oneOf": [kind(f"k{number}", x=TEXT) for number in reversed(range(121))]}

    start = time.process_time()
    found = told(old, new)

    assert found == ["branch-added widens"]
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "schema",
    [
        {"anyOf": [{"anyOf": [TEXT | {"maxLength": n + m} for n in range(9)]} for m in range(9)]},
        {"allOf": [{"anyOf": [{"required": [f"a{n}"]}, {"required": [f"b{n}"]}]} for n in range(24)]},
        {"oneOf": [{"not": {"anyOf": [{"minLength": n}, {"pattern": f"^.*a.{{{n}}}$"}]}} for n in range(24)]},
        {"pattern": "^(a|aa|aaa)*b{1,900}(.*c.{300}){3}$"},
    ],
)
def test_hostile_schemas_come_to_an_end(schema: Tree) -> None:
    changed: Tree = {"allOf": [schema, {"minProperties": 1}, {"minLength": 1}]}

    start = time.process_time()
    differences(schema, changed)

    assert time.process_time() - start < 10


def test_a_chain_of_many_definitions_needs_no_deep_stack() -> None:
    def chain(last: Schema) -> dict[str, Schema]:
        links: dict[str, Schema] = {
            f"N{number}": {"type": "object", "properties": {"next": {"$ref": f"#/$defs/N{number + 1}"}}}
            for number in range(3000)
        }
        return {**links, "N3000": last}

    first: Tree = {"$ref": "#/$defs/N0"}

    found = differences(first, first, old_defined=chain(TEXT), new_defined=chain(TEXT | {"maxLength": 3}))

    assert [each.effect.value for each in found] != []


def test_a_schema_that_is_nested_too_deeply_is_equal_to_nothing_else() -> None:
    old: Tree = dict(TEXT)
    new: Tree = dict(INTEGER)
    for _ in range(150):
        old, new = {"items": old}, {"items": new}

    assert differences(old, new) != ()
