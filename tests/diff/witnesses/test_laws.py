"""The laws of witnesses over generated pairs of schemas; the oracle is the jsonschema package alone."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from apictl.contract.definition import Definition
from apictl.contract.schema import JsonValue, Schema
from apictl.diff.law import Effect
from apictl.diff.schemas.difference import SchemaAt, SchemaDifference, Step, ValuePath
from apictl.diff.witnesses.search import Witness, Witnesses
from apictl.findings import Place

PLACE = Place("openapi.yaml")
NAMES = st.sampled_from(["id", "name", "kind"])
SMALL = st.integers(0, 4)
NODE: dict[str, JsonValue] = {"$ref": "#/$defs/Node"}


def _some_of(**keywords: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, JsonValue]]:
    return st.fixed_dictionaries({}, optional=keywords)  # type: ignore[arg-type]


TEXTS = _some_of(
    minLength=SMALL,
    maxLength=SMALL,
    pattern=st.sampled_from(["^[a-z]+$", "^[a-z0-9]*$", "b", "^(on|off)?$"]),
    format=st.sampled_from(["date", "uuid", "uri", "unheard-of"]),
).map(lambda schema: {"type": "string", **schema})
NUMBERS = _some_of(minimum=SMALL, exclusiveMaximum=SMALL, multipleOf=st.sampled_from([1, 2, 0.5])).map(
    lambda schema: {"type": "number", **schema},
)
LEAVES = st.one_of(
    st.sampled_from([True, False, {}, {"type": "boolean"}, {"type": ["string", "null"]}, NODE]),
    TEXTS,
    NUMBERS,
    st.lists(st.sampled_from(["a", "b", 1, None]), min_size=1, max_size=3, unique=True).map(
        lambda some: {"enum": some}
    ),
)


def _composed(inner: st.SearchStrategy[Schema]) -> st.SearchStrategy[Schema]:
    objects = _some_of(
        properties=st.dictionaries(NAMES, inner, max_size=3),
        required=st.lists(NAMES, max_size=2, unique=True),
        additionalProperties=inner,
        propertyNames=st.sampled_from([{"maxLength": 4}, {"pattern": "^[a-z]+$"}]),
        maxProperties=SMALL,
    ).map(lambda schema: {"type": "object", **schema})
    arrays = _some_of(
        items=inner,
        prefixItems=st.lists(inner, min_size=1, max_size=2),
        contains=inner,
        minItems=st.integers(0, 2),
        maxItems=SMALL,
        uniqueItems=st.booleans(),
    ).map(lambda schema: {"type": "array", **schema})
    branches = st.tuples(st.sampled_from(["allOf", "anyOf", "oneOf"]), st.lists(inner, min_size=1, max_size=3))
    conditional = st.fixed_dictionaries({"if": inner, "then": inner}, optional={"else": inner})
    return st.one_of(
        objects,
        arrays,
        branches.map(lambda pair: {pair[0]: pair[1]}),
        inner.map(lambda schema: {"not": schema}),
        conditional,
    )


SCHEMAS: st.SearchStrategy[Schema] = st.recursive(LEAVES, _composed, max_leaves=6)  # type: ignore[arg-type]
PATHS: st.SearchStrategy[ValuePath] = st.lists(
    st.one_of(NAMES, st.integers(0, 2), st.sampled_from(Step)),
    max_size=2,
).map(tuple)
DIFFERENCES = st.builds(
    lambda kind, effect, path: SchemaDifference(kind, effect, path, PLACE, PLACE),
    st.sampled_from(["schema-changed", "type-narrowed", "max-length-tightened", "property-required", "branch-removed"]),
    st.sampled_from(Effect),
    PATHS,
)
LIMITS = settings(max_examples=70, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True)


def _find(difference: SchemaDifference, old: Schema, new: Schema, node: Schema) -> Witness | None:
    definitions = {"Node": Definition("Node", node, PLACE)}
    return Witnesses(definitions, definitions).find(difference, SchemaAt(old, PLACE), SchemaAt(new, PLACE))


def _accepts(schema: Schema, value: JsonValue, node: Schema) -> bool:
    document: Mapping[str, object] = {"$defs": {"Node": node}, "allOf": [schema]}
    return bool(Draft202012Validator(document, format_checker=Draft202012Validator.FORMAT_CHECKER).is_valid(value))


@LIMITS
@given(DIFFERENCES, SCHEMAS, SCHEMAS, SCHEMAS)
def test_a_witness_is_accepted_by_one_version_and_refused_by_the_other(
    difference: SchemaDifference,
    old: Schema,
    new: Schema,
    node: Schema,
) -> None:
    witness = _find(difference, old, new, node)

    if witness is not None:
        accepting, refusing = (old, new) if witness.accepted_by == "old" else (new, old)
        assert _accepts(accepting, witness.value, node)
        assert not _accepts(refusing, witness.value, node)
        assert difference.effect is not Effect.NEUTRAL
        assert witness.accepted_by == "old" or difference.effect is not Effect.NARROWS


@LIMITS
@given(DIFFERENCES, SCHEMAS, SCHEMAS)
def test_a_schema_has_no_witness_against_itself(difference: SchemaDifference, schema: Schema, node: Schema) -> None:
    assert _find(difference, schema, schema, node) is None


@settings(LIMITS, max_examples=40)
@given(DIFFERENCES, SCHEMAS, SCHEMAS, SCHEMAS)
def test_the_same_question_has_the_same_answer(
    difference: SchemaDifference,
    old: Schema,
    new: Schema,
    node: Schema,
) -> None:
    assert _find(difference, old, new, node) == _find(difference, old, new, node)


@settings(LIMITS, max_examples=80)
@given(SCHEMAS, SCHEMAS, SCHEMAS)
def test_pairs_that_simple_values_tell_apart_have_a_witness(old: Schema, new: Schema, node: Schema) -> None:
    assume("uri" not in json.dumps([old, new, node]))  # only one of the two validators knows it
    difference = SchemaDifference("schema-changed", Effect.INCOMPARABLE, (), PLACE, PLACE)
    simple: list[JsonValue] = [
        None,
        True,
        0,
        1,
        0.5,
        "",
        "a",
        "on",
        [],
        ["a"],
        {},
        {"id": "a"},
        {"name": 1, "kind": []},
    ]
    try:
        differing = [value for value in simple if _accepts(old, value, node) != _accepts(new, value, node)]
    except RecursionError:  # a definition that refers to itself in place: jsonschema can't judge it
        return

    witness = _find(difference, old, new, node)

    assert witness is not None or not differing
