"""Each kind of difference has a witness, and jsonschema alone says that it is one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import ANY

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, Schema
from apictl.diff.law import Effect
from apictl.diff.schemas.difference import SchemaAt, SchemaDifference, Step, ValuePath
from apictl.diff.witnesses.search import Witness, Witnesses
from apictl.findings import Place

PLACE = Place("openapi.yaml")
NARROWS, WIDENS, BOTH = Effect.NARROWS, Effect.WIDENS, Effect.INCOMPARABLE
TEXT: dict[str, JsonValue] = {"type": "string"}
LIST: dict[str, JsonValue] = {"type": "array", "items": {"type": "string"}}


@dataclass(frozen=True)
class Case:
    kind: str
    effect: Effect
    old: Schema
    new: Schema
    expected: JsonValue
    path: ValuePath = ()
    facts: Mapping[str, JsonValue] = field(default_factory=dict)
    refused_at: tuple[str | int, ...] = ()


def _with(schema: Mapping[str, JsonValue], **more: Any) -> dict[str, JsonValue]:
    return {**schema, **more}


def _object(*required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "required": list(required), "properties": properties}


def _closed(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}


def _at_root(*cases: tuple[str, Effect, JsonValue, JsonValue, JsonValue]) -> list[Case]:
    """Return cases about a whole value: kind, effect, old, new, witness."""
    return [
        Case(kind, effect, old, new, expected)  # type: ignore[arg-type]
        for kind, effect, old, new, expected in cases
    ]


SCALARS = _at_root(
    ("type-narrowed", NARROWS, {"type": ["string", "integer"]}, TEXT, 1),
    ("type-narrowed", NARROWS, {"type": "number"}, {"type": "integer"}, 0.5),
    ("type-widened", WIDENS, TEXT, {"type": ["string", "boolean"]}, True),
    ("type-changed", BOTH, TEXT, {"type": "integer"}, ANY),
    ("null-removed", NARROWS, {"type": ["string", "null"]}, TEXT, None),
    ("null-added", WIDENS, TEXT, {"anyOf": [TEXT, {"type": "null"}]}, None),
    ("enum-added", NARROWS, TEXT, {"type": "string", "enum": ["on"]}, ANY),
    ("enum-removed", WIDENS, {"type": "string", "enum": ["on"]}, TEXT, ANY),
    ("const-changed", BOTH, {"const": 1}, {"const": 2}, 1),
    ("max-length-tightened", NARROWS, _with(TEXT, maxLength=9), _with(TEXT, maxLength=5), ANY),
    ("max-length-loosened", WIDENS, _with(TEXT, maxLength=3), TEXT, ANY),
    ("min-length-tightened", NARROWS, TEXT, _with(TEXT, minLength=1), ""),
    ("maximum-tightened", NARROWS, {"type": "integer", "maximum": 9}, {"type": "integer", "maximum": 8}, 9),
    ("exclusive-minimum-added", NARROWS, {"minimum": 0}, {"exclusiveMinimum": 0}, 0),
    ("multiple-of-added", NARROWS, {"type": "number"}, {"type": "number", "multipleOf": 0.01}, ANY),
    ("multiple-of-changed", BOTH, {"type": "integer", "multipleOf": 6}, {"type": "integer", "multipleOf": 4}, ANY),
    ("pattern-added", NARROWS, TEXT, _with(TEXT, pattern="^[a-z]*$"), ANY),
    ("pattern-changed", NARROWS, _with(TEXT, pattern="^[a-z0-9]$"), _with(TEXT, pattern="^[a-z]$"), ANY),
    ("format-added", NARROWS, TEXT, _with(TEXT, format="uuid"), ANY),
    ("format-changed", BOTH, _with(TEXT, format="date"), _with(TEXT, format="date-time"), ANY),
    ("not-changed", NARROWS, TEXT, _with(TEXT, **{"not": {"const": "no"}}), "no"),
)
CONTAINERS = _at_root(
    ("min-items-tightened", NARROWS, LIST, _with(LIST, minItems=1), []),
    ("max-items-tightened", NARROWS, LIST, _with(LIST, maxItems=1), [ANY, ANY]),
    ("unique-items-added", NARROWS, LIST, _with(LIST, uniqueItems=True), [ANY, ANY]),
    ("contains-added", NARROWS, LIST, _with(LIST, contains={"const": "x"}), []),
    ("max-properties-tightened", NARROWS, _object(), _with(_object(), maxProperties=0), {"key": ANY}),
    ("property-names-changed", NARROWS, _object(), _with(_object(), propertyNames={"maxLength": 2}), ANY),
    ("dependent-required-added", NARROWS, _object(), _with(_object(), dependentRequired={"a": ["b"]}), {"a": ANY}),
    ("branch-removed", NARROWS, {"oneOf": [{"const": "a"}, {"const": 1}]}, {"oneOf": [{"const": "a"}]}, 1),
    ("branch-added", WIDENS, {"anyOf": [TEXT]}, {"anyOf": [TEXT, {"type": "integer"}]}, 1),
    (
        "condition-changed",
        NARROWS,
        _object(),
        _with(_object(), **{"if": {"required": ["a"]}, "then": {"required": ["b"]}}),
        {"a": ANY},
    ),
)
PARTS = [
    Case("enum-value-removed", NARROWS, {"enum": [1, 2, 3]}, {"enum": [1]}, 3, (), {"value": 3}),
    Case("enum-value-added", WIDENS, {"enum": ["on"]}, {"enum": ["on", "off"]}, "off", (), {"value": "off"}),
    Case("property-required", NARROWS, _object(), _object("a"), {}, ("a",), {"name": "a"}),
    Case("property-required", NARROWS, _object(), _object("a", "b"), {"b": ANY}, (), {"name": "a"}),
    Case("property-optional", WIDENS, _object("a"), _object(), {}, ("a",), {"name": "a"}),
    Case("property-removed", NARROWS, _closed(a=TEXT), _closed(), {"a": ANY}, ("a",), {"name": "a"}, ("a",)),
    Case("property-removed", WIDENS, _object(a=TEXT), _object(), {"a": ANY}, ("a",), {"name": "a"}, ("a",)),
    Case("property-added", NARROWS, _object(), _object(a=TEXT), {"a": ANY}, ("a",), {"name": "a"}, ("a",)),
    Case("property-added", WIDENS, _closed(), _closed(a=TEXT), {"a": ANY}, ("a",), {"name": "a"}, ("a",)),
    Case("additional-properties-forbidden", NARROWS, _object(), _closed(), {"key": ANY}, refused_at=("key",)),
    Case("additional-properties-allowed", WIDENS, _closed(), _object(), {"key": ANY}, refused_at=("key",)),
    Case(
        "type-narrowed",
        NARROWS,
        {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        {"type": "object", "additionalProperties": TEXT},
        {"key": None},
        (Step.OTHER,),
        refused_at=("key",),
    ),
    Case(
        "max-length-tightened",
        NARROWS,
        {"type": "object", "propertyNames": {"maxLength": 9}},
        {"type": "object", "propertyNames": {"maxLength": 2}},
        ANY,
        (Step.KEY,),
    ),
    Case(
        "maximum-tightened",
        NARROWS,
        {"type": "array", "prefixItems": [TEXT, {"type": "integer"}]},
        {"type": "array", "prefixItems": [TEXT, {"type": "integer", "maximum": 4}]},
        [ANY, 5],
        (1,),
        refused_at=(1,),
    ),
    Case(
        "schema-changed",
        NARROWS,
        _object(a=_object(b=LIST)),
        _object(a=_object(b=_with(LIST, items=_with(TEXT, maxLength=3)))),
        {"a": {"b": [ANY]}},
        refused_at=("a", "b", 0),
    ),
]


def _witness(case: Case) -> Witness | None:
    difference = SchemaDifference(case.kind, case.effect, case.path, PLACE, PLACE, case.facts)
    return Witnesses({}, {}).find(difference, SchemaAt(case.old, PLACE), SchemaAt(case.new, PLACE))


def _accepts(schema: Schema, value: JsonValue) -> bool:
    checker = Draft202012Validator.FORMAT_CHECKER
    return bool(Draft202012Validator(schema, format_checker=checker).is_valid(value))


@pytest.mark.parametrize("case", [*SCALARS, *CONTAINERS, *PARTS], ids=lambda case: case.kind)
def test_every_kind_has_a_witness_that_a_second_validator_confirms(case: Case) -> None:
    witness = _witness(case)

    assert witness is not None
    accepting, refusing = (case.old, case.new) if witness.accepted_by == "old" else (case.new, case.old)
    assert (_accepts(accepting, witness.value), _accepts(refusing, witness.value)) == (True, False)
    assert witness.accepted_by == ("new" if case.effect is WIDENS else "old")
    assert (witness.value, witness.path) == (case.expected, case.refused_at)


def test_a_difference_that_says_nothing_of_values_has_no_witness() -> None:
    case = Case("description-changed", Effect.NEUTRAL, TEXT, {"type": "integer"}, None)

    assert _witness(case) is None


def test_an_incomparable_difference_that_only_widens_is_shown_by_what_the_new_version_allows() -> None:
    case = Case("type-changed", BOTH, TEXT, {"type": ["string", "null"]}, None)

    assert _witness(case) == Witness(None, "new", ())


def test_a_difference_that_changes_nothing_has_no_witness() -> None:
    case = Case("pattern-removed", WIDENS, _with(TEXT, pattern=".*"), TEXT, None)

    assert _witness(case) is None


def test_a_format_that_one_validator_does_not_know_is_no_reason() -> None:
    case = Case("format-added", NARROWS, TEXT, _with(TEXT, format="uri"), None)

    assert _witness(case) is None


def test_a_witness_is_refused_for_its_difference_and_not_for_another_one() -> None:
    old = _object("name", name=TEXT)
    new: Any = _object("name", "code", name=_with(TEXT, maxLength=3), code=TEXT)

    required = _witness(Case("property-required", NARROWS, old, new, None, ("code",), {"name": "code"}))
    longer = _witness(Case("max-length-tightened", NARROWS, old, new, None, ("name",)))

    assert required is not None
    value: Any = required.value
    assert longer is not None
    assert (required.path, _accepts(new["properties"]["name"], value["name"])) == ((), True)
    assert (longer.path, longer.value) == (("name",), {"name": ANY, "code": ANY})


def test_the_removed_value_of_an_enumeration_is_the_one_that_is_shown() -> None:
    old: Schema = _object(size={"enum": ["s", "m", "l", "xl"]})
    new: Schema = _object(size={"enum": ["s"]})

    found = [
        _witness(Case("enum-value-removed", NARROWS, old, new, None, ("size",), {"value": value}))
        for value in ("m", "l", "xl")
    ]

    assert [witness and witness.value for witness in found] == [{"size": "m"}, {"size": "l"}, {"size": "xl"}]


def test_a_witness_inside_a_branch_goes_through_its_discriminator() -> None:
    cat, dog = _object("kind", "name", kind={"const": "cat"}, name=TEXT), _object("kind", kind={"const": "dog"})
    short = _object("kind", "name", kind={"const": "cat"}, name=_with(TEXT, maxLength=3))
    old = _object("pets", pets={"type": "array", "items": {"oneOf": [dog, cat]}})
    new = _object("pets", pets={"type": "array", "items": {"oneOf": [dog, short]}})

    witness = _witness(Case("max-length-tightened", NARROWS, old, new, None, ("pets", Step.ITEM, "name")))

    assert witness == Witness({"pets": [{"kind": "cat", "name": ANY}]}, "old", ("pets", 0, "name"))


def test_definitions_of_both_versions_are_kept_apart() -> None:
    tree: Any = _object("id", id=TEXT, next={"$ref": "#/$defs/Tree"})
    leaf: Schema = _object("id", id={"type": "integer"}, next={"$ref": "#/$defs/Tree"})
    witnesses = Witnesses({"Tree": Definition("Tree", tree, PLACE)}, {"Tree": Definition("Tree", leaf, PLACE)})
    difference = SchemaDifference("type-changed", BOTH, ("next", "next", "id"), PLACE, PLACE)

    witness = witnesses.find(difference, SchemaAt(_object(next=tree), PLACE), SchemaAt(_object(next=tree), PLACE))

    assert witness == Witness({"next": {"id": ANY, "next": {"id": ANY}}}, "old", ("next", "next", "id"))
