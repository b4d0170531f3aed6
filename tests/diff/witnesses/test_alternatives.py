"""Witnesses of differences in unions: what one alternative refuses, another one must not let in."""

from __future__ import annotations

from types import MappingProxyType

from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, Schema
from apictl.diff.law import Effect
from apictl.diff.schemas.difference import SchemaAt, SchemaDifference
from apictl.diff.witnesses.search import Witness, Witnesses
from apictl.findings import Place

PLACE = Place("openapi.yaml")
Json = dict[str, JsonValue]


def _event(*required: str, **properties: Json) -> Json:
    return {"type": "object", "required": ["id", *required], "properties": {"id": {"type": "integer"}, **properties}}


MOVED, LOCKED = _event("card", card={"type": "object"}), _event(reason={"type": "string"})
NOTED, LINKED = _event(note={"type": "object"}), _event("issue", issue={"type": "integer"})


def _found(kind: str, old: Json, new: Json, *, facts: Json | None = None) -> Witness | None:
    effect = Effect.NARROWS if facts else Effect.WIDENS
    difference = SchemaDifference(kind, effect, (), PLACE, PLACE, MappingProxyType(facts or {}))
    return Witnesses({}, {}).find(difference, SchemaAt(old, PLACE), SchemaAt(new, PLACE))


def _union(*branches: Schema, keyword: str = "anyOf") -> Json:
    return {keyword: [dict(branch) if not isinstance(branch, bool) else branch for branch in branches]}


def _is_valid(schema: Json, value: JsonValue) -> bool:
    return bool(Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER).is_valid(value))


def test_a_new_alternative_is_shown_by_a_value_that_each_open_one_of_the_old_refuses() -> None:
    old = _union(MOVED, LOCKED, NOTED)
    new = _union(MOVED, LOCKED, NOTED, LINKED)

    found = _found("branch-added", old, new)

    assert found is not None
    assert isinstance(found.value, dict)
    assert "issue" in found.value
    assert _is_valid(new, found.value)
    assert not _is_valid(old, found.value)


def test_alternatives_of_alternatives_are_left_one_by_one() -> None:
    old = _union(_union(MOVED, LOCKED), _union(NOTED, MOVED, keyword="oneOf"))
    new = _union(_union(MOVED, LOCKED), _union(NOTED, MOVED, keyword="oneOf"), LINKED)

    found = _found("branch-added", old, new)

    assert found is not None
    assert _is_valid(new, found.value)
    assert not _is_valid(old, found.value)


def test_an_alternative_that_another_one_covers_has_no_witness() -> None:
    assert _found("branch-added", _union(MOVED, NOTED), _union(MOVED, NOTED, _event("note", note=MOVED))) is None


def test_two_alternatives_that_met_and_meet_no_longer_show_that_exactly_one_was_wanted() -> None:
    ref: Json = {"$ref": "#/$defs/Moved"}
    union = _union(ref, LOCKED, keyword="oneOf")
    schemas = MOVED, _event("card", card={"const": 1})
    versions = [{"Moved": Definition("Moved", schema, PLACE)} for schema in schemas]
    difference = SchemaDifference("schema-changed", Effect.WIDENS, (), PLACE, PLACE, MappingProxyType({}))

    found = Witnesses(*versions).find(difference, SchemaAt(union, PLACE), SchemaAt(union, PLACE))

    assert found is not None
    old, new = ({**union, "$defs": dict[str, JsonValue](Moved=schema)} for schema in schemas)
    assert _is_valid(new, found.value)
    assert not _is_valid(old, found.value)


def test_a_format_of_numbers_is_shown_by_a_number_out_of_its_range() -> None:
    plain: Json = {"type": "integer"}

    found = _found("format-added", plain, {**plain, "format": "int32"}, facts={"is_asserted": False, "new": "int32"})

    assert found is not None
    assert isinstance(found.value, int)
    assert not -(2**31) <= found.value < 2**31


def test_a_format_that_nobody_judges_by_has_no_witness() -> None:
    plain: Json = {"type": "string"}
    shout: Json = {**plain, "format": "shout"}

    assert _found("format-added", plain, shout, facts={"is_asserted": False, "new": "shout"}) is None
