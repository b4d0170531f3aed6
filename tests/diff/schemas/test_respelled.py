"""What is written otherwise with the same meaning: which keyword, where, and that no value notices."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apictl.contract.schema import JsonValue, Schema
from apictl.diff.law import Effect
from apictl.diff.schemas.comparison import SchemaComparison
from apictl.diff.schemas.difference import SchemaAt, SchemaDifference
from apictl.findings import Place
from tests.diff.schemas.comparing import INTEGER, TEXT, Defined, definitions, kind, path_of
from tests.diff.schemas.schema_pairs import SchemaPair, Tree, random_pair
from tests.diff.schemas.soundness import defined, judges, values_of

SEEDS = st.integers(min_value=0, max_value=10**9)
OBJECT: Tree = {"type": "object", "properties": {"a": TEXT, "b": INTEGER}, "required": ["a"]}
TOGETHER = {"contains", "minContains", "maxContains", "if", "then", "else", "items", "unevaluatedItems"}
CYCLE: Tree = {"type": "object", "properties": {"next": {"$ref": "#/$defs/T"}, "a": TEXT}}


def respelled(
    old: Schema, new: Schema, *, old_defined: Defined | None = None, new_defined: Defined | None = None
) -> tuple[SchemaDifference, ...]:
    """Return what two schemas that stand at `/schema` write otherwise."""
    comparison = SchemaComparison(
        definitions(old_defined or {}, "old.yaml"), definitions(new_defined or {}, "new.yaml")
    )
    both = SchemaAt(old, Place("old.yaml", "/schema")), SchemaAt(new, Place("new.yaml", "/schema"))
    return comparison.respellings(*both, both)


def told(old: Schema, new: Schema) -> list[str]:
    """Return what is written otherwise as `keyword path`."""
    return [" ".join([str(each.facts["keyword"]), *path_of(each)]) for each in respelled(old, new)]


@pytest.mark.parametrize(
    "old, new, keywords",
    [
        (TEXT | {"maximum": 10}, TEXT | {"maximum": 5}, ["maximum"]),
        (TEXT | {"maximum": 10}, TEXT, ["maximum"]),
        (OBJECT | {"minProperties": 1}, OBJECT, ["minProperties"]),
        ({"type": "array", "items": TEXT | {"minItems": 1}}, {"type": "array", "items": TEXT}, ["minItems /[]"]),
        (
            TEXT | {"properties": {"a": TEXT}},
            TEXT | {"properties": {"a": INTEGER, "b": TEXT}},
            ["properties /b", "type /a"],
        ),
        ({"oneOf": [TEXT, INTEGER]}, {"type": ["integer", "string"]}, ["type", "oneOf"]),
        ({"anyOf": [TEXT, TEXT | {"maxLength": 3}]}, {"anyOf": [TEXT]}, ["anyOf"]),
        ({"anyOf": [TEXT, TEXT | {"maxLength": 3}]}, {"anyOf": [TEXT, TEXT | {"maxLength": 2}]}, ["maxLength"]),
        ({"not": {"not": TEXT}}, TEXT, ["type", "not"]),
        (INTEGER | {"exclusiveMinimum": 0}, INTEGER | {"minimum": 1}, ["exclusiveMinimum", "minimum"]),
        (OBJECT | {"unevaluatedItems": False}, OBJECT, ["unevaluatedItems"]),
        (TEXT | {"prefixItems": [TEXT]}, TEXT | {"prefixItems": [TEXT, INTEGER]}, ["prefixItems /1"]),
        (TEXT, {"allOf": [TEXT]}, ["allOf"]),
        ({"allOf": [TEXT, {"title": "nothing"}]}, {"allOf": [TEXT]}, ["allOf"]),
        (
            {"oneOf": [kind("a", x=TEXT), kind("b", x=TEXT | {"minItems": 1})]},
            {"oneOf": [kind("b", x=TEXT | {"minItems": 2}), kind("a", x=TEXT)]},
            ["minItems /x"],
        ),
    ],
)
def test_keyword_is_told_at_the_deepest_place(old: Schema, new: Schema, keywords: list[str]) -> None:
    assert told(old, new) == keywords


@pytest.mark.parametrize(
    "old, new",
    [
        (OBJECT, {"required": ["a"], **OBJECT}),
        ({"anyOf": [TEXT, INTEGER]}, {"anyOf": [INTEGER, TEXT]}),
        ({"enum": ["a", "b"]}, {"enum": ["b", "a"]}),
        ({"const": "a"}, {"enum": ["a"]}),
        (TEXT | {"description": "x"}, TEXT | {"description": "y", "minLength": 0}),
        ({"allOf": [{"required": ["a", "b"]}, TEXT]}, {"allOf": [{"required": ["b"]}, TEXT | {"required": ["a"]}]}),
    ],
)
def test_order_and_annotations_make_no_difference(old: Schema, new: Schema) -> None:
    assert told(old, new) == []


def test_what_is_told_anyway_is_not_told_twice() -> None:
    assert told(OBJECT, OBJECT | {"properties": {"a": TEXT, "b": INTEGER, "c": {}}}) == []
    assert told(TEXT | {"maxLength": 5}, TEXT | {"maxLength": 3}) == []


def test_a_keyword_is_told_beside_one_that_changes_something() -> None:
    assert told(TEXT | {"maximum": 1, "maxLength": 5}, TEXT | {"maximum": 2, "maxLength": 3}) == ["maximum"]


def test_a_definition_of_another_name_is_the_same() -> None:
    old, new = {"A": TEXT | {"maximum": 10}}, {"B": TEXT | {"maximum": 5}}

    assert respelled({"$ref": "#/$defs/A"}, {"$ref": "#/$defs/A"}, old_defined=old, new_defined=old | new) == ()
    (found,) = respelled({"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}, old_defined=old, new_defined=new)
    assert (found.kind, found.effect, found.path) == ("schema-respelled", Effect.NEUTRAL, ())
    assert (found.old.pointer, found.new.pointer) == ("/$defs/A/maximum", "/$defs/B/maximum")
    assert dict(found.facts) == {"keyword": "maximum", "old": 10, "new": 5, "was_there": True, "is_there": True}


def test_a_long_value_is_not_among_the_facts() -> None:
    names: JsonValue = [f"name{index}" for index in range(100)]

    (found,) = respelled(TEXT | {"required": names}, TEXT)

    assert (found.facts["old"], found.facts["was_there"]) == (None, True)


def test_a_recursive_schema_comes_to_an_end() -> None:
    old, new = CYCLE | {"minLength": 1}, CYCLE | {"minLength": 2}

    found = respelled({"$ref": "#/$defs/T"}, {"$ref": "#/$defs/T"}, old_defined={"T": old}, new_defined={"T": new})

    assert [(each.facts["keyword"], each.path) for each in found] == [("minLength", ())]


def test_a_deep_schema_comes_to_an_end() -> None:
    def nested(limit: int) -> Tree:
        schema: Tree = TEXT | {"maximum": limit}
        for _ in range(90):
            schema = {"type": "array", "items": schema}
        return schema

    assert [len(each.path) for each in respelled(nested(1), nested(2))] == [90]


@given(SEEDS)
@settings(max_examples=150, deadline=None)
def test_no_value_is_judged_otherwise_for_a_keyword_that_is_told(seed: int) -> None:
    pair = random_pair(seed)
    for difference in comparison_of(pair):
        keyword = str(difference.facts["keyword"])
        pointers = {difference.old.pointer, difference.new.pointer}
        if keyword in TOGETHER or pointers - {"/schema", f"/schema/{keyword}"}:
            continue  # it says nothing by itself
        undone = {name: value for name, value in pair.new.items() if name != keyword}
        undone |= {keyword: pair.old[keyword]} if keyword in pair.old else {}
        is_valid, was_valid = (judges(each, pair.new_definitions)[0] for each in (pair.new, undone))
        values = [*values_of(pair.old, pair.old_definitions, 40), *values_of(pair.new, pair.new_definitions, 40)]
        is_known = judges(pair.old, pair.old_definitions)[0]
        known = [value for value in values if is_known(value) or is_valid(value)]

        assert [value for value in known if is_valid(value) and not was_valid(value)] == []
        assert [value for value in known if is_known(value) and was_valid(value) and not is_valid(value)] == []


def comparison_of(pair: SchemaPair) -> tuple[SchemaDifference, ...]:
    """Return what *pair* writes otherwise."""
    comparison = SchemaComparison(defined(pair.old_definitions, "old"), defined(pair.new_definitions, "new"))
    both = SchemaAt(pair.old, Place("old", "/schema")), SchemaAt(pair.new, Place("new", "/schema"))
    return comparison.respellings(*both, both)
