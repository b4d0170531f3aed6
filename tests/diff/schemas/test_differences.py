"""What is told of two schemas: kinds, effects, paths, places and facts."""

from __future__ import annotations

import pytest

from apictl.contract.schema import JsonValue, Schema
from apictl.diff.schemas.comparison import SchemaComparison
from tests.diff.schemas.comparing import INTEGER, TEXT, definitions, differences, kind, told

Tree = dict[str, JsonValue]

OBJECT: Tree = {"type": "object", "properties": {"a": TEXT, "b": INTEGER}, "required": ["a"]}
CLOSED: Tree = {**OBJECT, "additionalProperties": False}
ARRAY: Tree = {"type": "array", "items": TEXT}


def with_property(schema: Tree, name: str, value: JsonValue, *, required: bool = False) -> Tree:
    properties, names = schema["properties"], schema["required"]
    assert isinstance(properties, dict)
    assert isinstance(names, list)
    return {**schema, "properties": {**properties, name: value}, "required": [*names, *([name] if required else [])]}


MIRRORED: list[tuple[Schema, Schema, list[str], list[str]]] = [
    (TEXT, {"type": ["string", "null"]}, ["null-added widens"], ["null-removed narrows"]),
    (TEXT, {"type": ["string", "integer"]}, ["type-widened widens"], ["type-narrowed narrows"]),
    (INTEGER, {"type": "number"}, ["type-widened widens"], ["type-narrowed narrows"]),
    (TEXT, INTEGER, ["type-changed incomparable"], ["type-changed incomparable"]),
    ({"enum": ["a"]}, {"enum": ["a", "b"]}, ["enum-value-added widens"], ["enum-value-removed narrows"]),
    (TEXT, TEXT | {"enum": ["a"]}, ["enum-added narrows"], ["enum-removed widens"]),
    ({"const": "a"}, {"const": "b"}, ["const-changed incomparable"], ["const-changed incomparable"]),
    (TEXT, TEXT | {"maxLength": 3}, ["max-length-tightened narrows"], ["max-length-loosened widens"]),
    (
        TEXT | {"minLength": 2},
        TEXT | {"minLength": 3},
        ["min-length-tightened narrows"],
        ["min-length-loosened widens"],
    ),
    (INTEGER, INTEGER | {"minimum": 0}, ["minimum-tightened narrows"], ["minimum-loosened widens"]),
    (
        {"type": "number", "maximum": 3},
        {"type": "number", "exclusiveMaximum": 3},
        ["maximum-tightened narrows"],
        ["maximum-loosened widens"],
    ),
    (INTEGER, INTEGER | {"multipleOf": 5}, ["multiple-of-added narrows"], ["multiple-of-removed widens"]),
    (TEXT, TEXT | {"pattern": "^a"}, ["pattern-added narrows"], ["pattern-removed widens"]),
    (TEXT | {"pattern": "^a"}, TEXT | {"pattern": "a"}, ["pattern-changed widens"], ["pattern-changed narrows"]),
    (TEXT, TEXT | {"format": "date"}, ["format-added narrows"], ["format-removed widens"]),
    (
        INTEGER | {"format": "int32"},
        INTEGER | {"format": "int64"},
        ["format-changed widens"],
        ["format-changed narrows"],
    ),
    (TEXT, TEXT | {"format": "password"}, ["format-added neutral"], ["format-removed neutral"]),
    (ARRAY, ARRAY | {"uniqueItems": True}, ["unique-items-added narrows"], ["unique-items-removed widens"]),
    (ARRAY, ARRAY | {"maxItems": 2}, ["max-items-tightened narrows"], ["max-items-loosened widens"]),
    (
        ARRAY,
        ARRAY | {"items": TEXT | {"maxLength": 1}},
        ["max-length-tightened narrows /[]"],
        ["max-length-loosened widens /[]"],
    ),
    (ARRAY, ARRAY | {"contains": {"const": "a"}}, ["contains-added narrows"], ["contains-removed widens"]),
    (
        ARRAY | {"contains": {"const": "a"}},
        ARRAY | {"contains": {"const": "a"}, "minContains": 2},
        ["min-contains-tightened narrows"],
        ["min-contains-loosened widens"],
    ),
    (
        ARRAY | {"contains": {"const": "a"}, "minContains": 1, "maxContains": 5},
        ARRAY | {"contains": {"const": "a"}, "minContains": 2, "maxContains": 6},
        ["min-contains-tightened narrows", "max-contains-loosened widens"],
        ["min-contains-loosened widens", "max-contains-tightened narrows"],
    ),
    (
        ARRAY | {"contains": {"const": "a"}, "maxContains": 5},
        ARRAY | {"contains": {"const": "b"}, "maxContains": 6},
        ["contains-changed incomparable"],
        ["contains-changed incomparable"],
    ),
    (
        OBJECT,
        OBJECT | {"properties": {"a": TEXT, "b": INTEGER, "c": False}},
        ["property-forbidden narrows /c"],
        ["property-allowed widens /c"],
    ),
    (
        TEXT | {"pattern": "^[0-9a-f]+$", "maxLength": 4, "minLength": 4},
        TEXT | {"pattern": "^[0-9a-f]{4}([0-9a-f]{4})?$", "maxLength": 8, "minLength": 4},
        ["max-length-loosened widens"],
        ["max-length-tightened narrows"],
    ),
    (TEXT, TEXT | {"pattern": ""}, [], []),
    (
        TEXT | {"contentSchema": INTEGER},
        TEXT | {"contentSchema": INTEGER | {"minimum": 1}},
        ["content-schema-changed neutral"],
        ["content-schema-changed neutral"],
    ),
    (OBJECT, OBJECT | {"required": ["a", "b"]}, ["property-required narrows /b"], ["property-optional widens /b"]),
    (OBJECT, with_property(OBJECT, "c", TEXT), ["property-added narrows /c"], ["property-removed widens /c"]),
    (CLOSED, with_property(CLOSED, "c", TEXT), ["property-added widens /c"], ["property-removed narrows /c"]),
    (
        CLOSED,
        with_property(CLOSED, "c", TEXT, required=True),
        ["property-added incomparable /c"],
        ["property-removed incomparable /c"],
    ),
    (OBJECT, with_property(OBJECT, "c", {}), ["property-added neutral /c"], ["property-removed neutral /c"]),
    (OBJECT, CLOSED, ["additional-properties-forbidden narrows"], ["additional-properties-allowed widens"]),
    (
        OBJECT,
        OBJECT | {"additionalProperties": TEXT},
        ["additional-properties-changed narrows"],
        ["additional-properties-changed widens"],
    ),
    (
        {"additionalProperties": TEXT},
        {"additionalProperties": TEXT | {"maxLength": 1}},
        ["max-length-tightened narrows /*"],
        ["max-length-loosened widens /*"],
    ),
    (
        OBJECT | {"propertyNames": {"maxLength": 5}},
        OBJECT | {"propertyNames": {"maxLength": 3}},
        ["max-length-tightened narrows /<key>"],
        ["max-length-loosened widens /<key>"],
    ),
    (
        OBJECT,
        OBJECT | {"dependentRequired": {"b": ["c"]}},
        ["dependent-required-added narrows"],
        ["dependent-required-removed widens"],
    ),
    (
        {"oneOf": [kind("a"), kind("b")]},
        {"oneOf": [kind("a"), kind("c"), kind("b")]},
        ["branch-added widens"],
        ["branch-removed narrows"],
    ),
    (
        {"oneOf": [kind("a", x=TEXT), kind("b", x=TEXT)]},
        {"oneOf": [kind("b", x=TEXT), kind("a", x=TEXT | {"maxLength": 1})]},
        ["max-length-tightened narrows /x"],
        ["max-length-loosened widens /x"],
    ),
    (
        OBJECT | {"not": {"required": ["x"]}},
        OBJECT | {"not": {"required": ["x", "y"]}},
        ["not-changed widens"],
        ["not-changed narrows"],
    ),
    (
        {"if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {"if": {"required": ["a"]}, "then": {"required": ["b", "c"]}},
        ["condition-changed narrows"],
        ["condition-changed widens"],
    ),
    (TEXT, TEXT | {"deprecated": True}, ["deprecated-added neutral"], ["deprecated-removed neutral"]),
    (TEXT, TEXT | {"description": "x"}, ["description-changed neutral"], ["description-changed neutral"]),
    (TEXT, TEXT | {"default": None}, ["default-changed neutral"], ["default-changed neutral"]),
]


@pytest.mark.parametrize("old, new, forwards, backwards", MIRRORED)
def test_a_change_is_named_and_its_mirror_too(
    old: Schema, new: Schema, forwards: list[str], backwards: list[str]
) -> None:
    assert told(old, new) == forwards
    assert told(new, old) == backwards


@pytest.mark.parametrize(
    "old, new",
    [
        ({"type": ["string", "null"], "maxLength": 5}, {"anyOf": [{"type": "null"}, TEXT | {"maxLength": 5}]}),
        ({"oneOf": [TEXT, INTEGER]}, {"type": ["integer", "string"]}),
        ({"enum": ["a"]}, {"const": "a"}),
        ({"enum": ["a", None]}, {"oneOf": [{"const": "a"}, {"type": "null"}]}),
        (OBJECT, {"allOf": [{"type": "object"}, {"properties": {"b": INTEGER}}, {"required": ["a"]}],
                  "properties": {"a": TEXT}}),
        ({"type": "object", "properties": {"kind": {"enum": ["a", "b"]}}, "required": ["kind"]},
         {"oneOf": [kind("b"), kind("a")]}),
        (INTEGER | {"exclusiveMinimum": 0}, INTEGER | {"minimum": 1}),
        (TEXT | {"pattern": "^[0-9]+$"}, TEXT | {"pattern": r"^\d\d*$"}),
        (TEXT | {"x-team": "a"}, TEXT | {"x-team": "b"}),
        ({"not": {"not": TEXT}}, TEXT),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, {"dependentRequired": {"a": ["b"]}}),
        (CLOSED, OBJECT | {"unevaluatedProperties": False}),
        (CLOSED, CLOSED | {"properties": {"a": TEXT, "b": INTEGER, "c": False}}),
        (ARRAY | {"contains": TEXT, "minContains": 0}, ARRAY),
        (ARRAY | {"contains": TEXT, "maxContains": 3}, ARRAY | {"contains": TEXT, "maxContains": 3, "minContains": 1}),
        (TEXT | {"format": "date"}, TEXT | {"format": "date", "pattern": "^[0-9]+-[0-9]+"}),
        (TEXT | {"minLength": 2, "maxLength": 2}, TEXT | {"minLength": 2, "maxLength": 2, "pattern": "^[^]{2}$"}),
    ],
)  # fmt: skip
def test_another_text_of_the_same_meaning_is_silent(old: Schema, new: Schema) -> None:
    assert told(old, new) == []
    assert told(new, old) == []


def test_a_recursive_schema_is_told_of_once_and_at_the_shortest_path() -> None:
    reference: Tree = {"$ref": "#/$defs/T"}

    def tree(value: JsonValue) -> dict[str, Schema]:
        kids: JsonValue = {"type": "array", "items": reference}
        return {"T": {"type": "object", "properties": {"kids": kids, "value": value}}}

    found = told(reference, reference, old_defined=tree(TEXT), new_defined=tree(TEXT | {"maxLength": 3}))

    assert found == ["max-length-tightened narrows /value"]


def test_a_cycle_of_other_names_and_length_is_silent() -> None:
    old: dict[str, Schema] = {"T": {"type": "object", "properties": {"next": {"$ref": "#/$defs/T"}}}}
    new: dict[str, Schema] = {
        "A": {"type": "object", "properties": {"next": {"$ref": "#/$defs/B"}}},
        "B": {"type": "object", "properties": {"next": {"$ref": "#/$defs/A"}}},
    }

    assert told({"$ref": "#/$defs/T"}, {"$ref": "#/$defs/A"}, old_defined=old, new_defined=new) == []


def test_null_and_a_limit_are_told_apart_in_any_spelling() -> None:
    old: Tree = {"type": ["string", "null"], "maxLength": 5}
    new: Tree = {"anyOf": [TEXT | {"maxLength": 3}, {"type": "null"}]}

    assert told(old, new) == ["max-length-tightened narrows"]
    assert told(old, TEXT | {"maxLength": 3}) == ["null-removed narrows", "max-length-tightened narrows"]


def test_places_are_where_it_is_said_or_would_be() -> None:
    new = OBJECT | {"properties": {"a": TEXT, "b": INTEGER | {"maximum": 3}}, "required": ["a", "b"]}

    limit, required = sorted(differences(OBJECT, new), key=lambda each: each.kind)

    assert (limit.kind, limit.old.pointer, limit.new.pointer) == (
        "maximum-tightened",
        "/schema/properties/b",
        "/schema/properties/b/maximum",
    )
    assert (required.old.pointer, required.new.pointer) == ("/schema/required", "/schema/required/1")


def test_a_difference_in_a_definition_stands_in_the_definition() -> None:
    reference: Tree = {"$ref": "#/$defs/T"}

    (found,) = differences(reference, reference, old_defined={"T": TEXT}, new_defined={"T": TEXT | {"pattern": "^a"}})

    assert (found.old.pointer, found.new.pointer) == ("/$defs/T", "/$defs/T/pattern")
    assert dict(found.facts) == {"old": None, "new": "^a"}


def test_facts_say_what_a_message_needs() -> None:
    (added,) = differences(CLOSED, with_property(CLOSED, "c", TEXT, required=True))
    (forbidden,) = differences(
        OBJECT | {"additionalProperties": TEXT},
        OBJECT | {"additionalProperties": TEXT, "properties": {"a": TEXT, "b": INTEGER, "c": False}},
    )
    (count,) = differences(ARRAY | {"contains": TEXT}, ARRAY | {"contains": TEXT, "minContains": 3})
    (branch,) = differences({"oneOf": [kind("a"), kind("b")]}, {"oneOf": [kind("a"), kind("b"), kind("c")]})
    (bound,) = differences(INTEGER | {"minimum": 1}, INTEGER | {"minimum": 5})

    assert dict(added.facts) == {"name": "c", "is_required": True, "was_open": False}
    assert dict(forbidden.facts) == {"name": "c", "is_required": False, "was_described": True}
    assert dict(count.facts) == {"old": None, "new": 3}
    assert dict(branch.facts) == {"name": "object", "property": "kind", "value": "c"}
    assert dict(bound.facts) == {"old": 1, "new": 5, "old_is_exclusive": False, "new_is_exclusive": False}


def test_a_branch_that_another_one_covers_may_go() -> None:
    old: Tree = {"anyOf": [TEXT | {"maxLength": 3}, TEXT | {"maxLength": 5}, INTEGER]}
    new: Tree = {"anyOf": [INTEGER, TEXT | {"maxLength": 5}]}

    assert told(old, new) == []


def test_what_narrows_inside_and_not_as_a_whole_is_silent() -> None:
    old: Tree = {"anyOf": [TEXT | {"maxLength": 3}, TEXT]}
    new: Tree = {"anyOf": [TEXT | {"maxLength": 2}, TEXT]}

    assert told(old, new) == []


def test_a_renamed_definition_is_the_same_content() -> None:
    comparison = SchemaComparison(definitions({"A": OBJECT}, "old.yaml"), definitions({"B": OBJECT}, "new.yaml"))

    assert comparison.is_equal({"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B", "description": "x"})
    assert not comparison.is_equal({"$ref": "#/$defs/A"}, TEXT)


def test_where_no_alternative_is_possible_nothing_is() -> None:
    one: Tree = {"type": "object", "properties": {"a": TEXT}}

    (found,) = differences({"oneOf": [one, TEXT]}, {"oneOf": [one, one]})

    assert (found.kind, found.new.pointer, found.facts["keyword"]) == ("type-narrowed", "/schema/oneOf", "oneOf")


def test_a_schema_that_becomes_alternatives_is_told_branch_by_branch() -> None:
    named: JsonValue = {"foo": TEXT, "bar": TEXT}
    one: Tree = {"type": "object", "properties": named, "required": ["foo", "bar"]}
    several: Tree = {"oneOf": [{"type": "object", "properties": named, "required": [name]} for name in ("foo", "bar")]}

    assert told(one, several) == [
        "schema-changed narrows",  # with both members two alternatives hold
        "property-optional widens /bar",
        "property-optional widens /foo",
    ]
    assert told(several, one) == [
        "schema-changed widens",
        "property-required narrows /bar",
        "property-required narrows /foo",
    ]


def test_a_member_that_is_new_in_what_was_one_of_several_is_told_there() -> None:
    named: JsonValue = kind("a", x=TEXT)
    old: Tree = {
        "oneOf": [{"type": "object", "properties": {"of": TEXT}}, {"type": "object", "properties": {"of": named}}]
    }
    new: Tree = {"type": "object", "properties": {"of": {"oneOf": [TEXT, kind("a", x=TEXT, y=TEXT)]}}}

    assert told(old, new) == ["schema-changed widens", "property-added narrows /of/y"]


def test_what_stands_beside_alternatives_is_told_of_itself() -> None:
    old: Tree = {"type": "object", "properties": {"a": TEXT}, "required": ["a"]}
    new: Tree = {
        "type": "object",
        "properties": {"a": TEXT, "b": TEXT},
        "anyOf": [{"required": ["a"]}, {"required": ["b"]}],
    }

    assert told(old, new) == ["property-optional widens /a", "property-added narrows /b"]


def test_a_schema_that_is_its_own_alternative_comes_to_an_end() -> None:
    named: JsonValue = {"a": TEXT, "b": TEXT}
    reference: Tree = {"$ref": "#/$defs/T"}
    several: Tree = {"anyOf": [{"type": "object", "properties": named}, {"anyOf": [reference, {"properties": named}]}]}

    found = told(reference, reference, old_defined={"T": {"type": "object", "properties": named, "maxProperties": 3}},
                 new_defined={"T": several})  # fmt: skip

    assert found
