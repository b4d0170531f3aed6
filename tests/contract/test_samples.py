"""The sampler: plain values first, boundaries next, refusals one step away."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from apictl.contract.samples import Sampler, Unsatisfiable
from apictl.contract.schema import JsonValue, Schema, definition_reference

ROOT = Path(__file__).resolve().parents[2]
CORPUS = Path(os.environ.get("APICTL_CORPUS", ROOT.parent / "shared" / "corpus"))


def plain(schema: Schema, **definitions: Schema) -> JsonValue:
    return Sampler(definitions).sample(schema)


def some(schema: Schema, count: int = 60) -> list[JsonValue]:
    return list(Sampler({}).samples(schema, count=count))


def refused(schema: Schema, count: int = 60) -> list[JsonValue]:
    return list(Sampler({}).invalid(schema, count=count))


def properties(**schemas: JsonValue) -> dict[str, JsonValue]:
    return {"type": "object", "properties": dict(schemas), "required": list(schemas)}


@pytest.mark.parametrize(
    "schema, value",
    [
        (properties(name={"type": "string"}), {"name": "name"}),
        (properties(mail={"type": "string", "format": "email"}), {"mail": "user@example.com"}),
        ({"type": "integer"}, 1),
        ({"type": "integer", "minimum": 18}, 18),
        ({"type": "integer", "exclusiveMaximum": 0}, -1),
        ({"type": "number", "multipleOf": 0.01, "minimum": 2.345}, 2.35),
        ({"type": ["null", "string"], "maxLength": 2}, "te"),
        ({"enum": ["b", "a"]}, "b"),
        ({"const": {"a": [None]}}, {"a": [None]}),
        ({"type": "array", "items": {"type": "boolean"}}, [True]),
        ({"type": "object", "additionalProperties": {"type": "integer"}}, {"key": 1}),
        ({"type": "object", "properties": {"a": {"type": "string"}, "b": {"type": "array"}}}, {"a": "a"}),
    ],
)
def test_the_plainest_value_reads_well(schema: Schema, value: JsonValue) -> None:
    assert plain(schema) == value


def test_an_example_wins_when_it_is_valid() -> None:
    assert plain({"type": "string", "maxLength": 5, "examples": ["too long", "fits"]}) == "fits"
    assert plain({"type": "integer", "example": "12", "default": 7}) == 7
    assert plain({**properties(a={"type": "integer"}), "example": {"a": "wrong"}}) == {"a": 1}


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[A-Z]{2}\d{4,6}$",
        r"^(\+|00)[1-9]\d{6,14}$",
        r"^[^\s@]+@[^\s@]+\.[a-z]{2,}$",
        r"^(?:GB|FR)-[0-9a-f]{8}$",
        r"^(?=.*[A-Z])(?=.*\d)[A-Za-z\d]{8,}$",
        r"^\p{L}+ \p{Lu}$",
        r"^([ab])\1$",
        r"\u0041|\x42",
        r"^$",
        r"^[\w.-]{1,64}$",
        r"-end$",
    ],
)
def test_text_matches_its_pattern(pattern: str) -> None:
    value = plain({"type": "string", "pattern": pattern})

    assert isinstance(value, str)
    if r"\p" not in pattern:
        assert re.search(pattern, value)


@pytest.mark.parametrize(
    "name",
    "date-time date time duration email hostname ipv4 ipv6 uri uri-reference uuid json-pointer regex".split(),  # noqa: SIM905
)
def test_text_keeps_to_its_format(name: str) -> None:
    schema = {"type": "string", "format": name}

    assert all(Draft202012Validator.FORMAT_CHECKER.conforms(value, name) for value in some(schema, 10))


def test_text_keeps_to_format_and_length_together() -> None:
    assert len(str(plain({"type": "string", "format": "email", "minLength": 40}))) >= 40
    assert len(str(plain({"type": "string", "format": "hostname", "minLength": 100, "maxLength": 120}))) in range(
        100, 121
    )
    assert len(str(plain({"type": "string", "format": "uri", "maxLength": 8}))) <= 8


def test_int32_stays_in_its_range() -> None:
    values = some({"type": "integer", "format": "int32"})

    assert {-(2**31), 2**31 - 1} <= set(values)
    assert all(isinstance(value, int) and -(2**31) <= value < 2**31 for value in values)


def test_samples_visit_boundaries_branches_and_optional_properties() -> None:
    schema: Schema = {
        **properties(kind={"enum": ["a", "b", "c"]}, size={"type": "integer", "minimum": 2, "maximum": 90}),
        "oneOf": [{"properties": {"x": {"type": "null"}}, "required": ["x"]}, {"properties": {"x": False}}],
    }

    values = [value for value in some(schema) if isinstance(value, dict)]

    assert {value["kind"] for value in values} == {"a", "b", "c"}
    assert {2, 3, 89, 90} <= {value["size"] for value in values}
    assert {"x" in value for value in values} == {True, False}
    assert len({json.dumps(value, sort_keys=True) for value in values}) == len(values)


def test_samples_visit_null_and_lengths_of_text_and_arrays() -> None:
    texts = some({"type": ["string", "null"], "minLength": 1, "maxLength": 9})
    arrays = some({"type": "array", "items": {"type": "integer"}, "maxItems": 4})

    assert None in texts
    assert {1, 9} <= {len(value) for value in texts if isinstance(value, str)}
    assert {0, 1, 4} <= {len(value) for value in arrays if isinstance(value, list)}


def test_samples_go_on_past_the_boundaries() -> None:
    assert len(some({"type": "integer"}, 200)) == 200


def test_refusals_name_each_way_to_be_wrong() -> None:
    schema: Schema = {
        **properties(name={"type": "string", "maxLength": 5}, age={"type": "integer", "minimum": 0}),
        "additionalProperties": False,
    }

    values = refused(schema)

    assert {"age": 1} in values
    assert {"name": "name", "age": -1} in values
    assert {"name": "nameee", "age": 1} in values
    assert {"name": 1, "age": 1} in values
    assert {"name": "name", "age": 1, "unknownProperty": "text"} in values
    assert not any(Draft202012Validator(schema).is_valid(value) for value in values)


def test_nothing_is_refused_by_a_schema_that_allows_everything() -> None:
    assert refused({}) == []


def test_recursion_ends() -> None:
    tree: dict[str, JsonValue] = {
        **properties(left=definition_reference("Tree"), right=definition_reference("Tree")),
        "required": ["left"],
    }
    definitions: dict[str, Schema] = {"Tree": {"oneOf": [tree, {"type": "integer"}]}}

    assert plain(definition_reference("Tree"), **definitions) == {"left": 1}


@pytest.mark.parametrize(
    "schema, value",
    [
        ({"allOf": [properties(a={"type": "integer"}), properties(b={"const": 2})]}, {"a": 1, "b": 2}),
        ({"$ref": "#/$defs/Named", "required": ["name", "age"]}, {"name": "name", "age": 1}),
        ({"oneOf": [{"type": "number"}, {"type": "integer"}]}, 0.5),
        ({"type": "string", "not": {"enum": ["text"]}}, ""),
        ({**properties(a={"type": "integer"}), "dependentRequired": {"a": ["b"]}}, {"a": 1, "b": "b"}),
        (
            {**properties(a={"type": "integer"}), "dependentSchemas": {"a": properties(b={"type": "null"})}},
            {"a": 1, "b": None},
        ),
        ({"type": "object", "minProperties": 1, "propertyNames": {"pattern": "^x-[a-z]$"}}, {"x-c": "x-c"}),
        ({"type": "object", "minProperties": 1, "patternProperties": {"^n": {"type": "integer"}}}, {"n": 1}),
        ({"type": "array", "contains": {"const": 7}, "minItems": 2}, ["text", 7]),
        ({"type": "array", "prefixItems": [{"type": "integer"}, {"type": "null"}], "items": False}, [1, None]),
        ({"type": "array", "items": {"enum": [1, 2]}, "uniqueItems": True, "minItems": 2}, [1, 2]),
        ({"if": {"type": "integer"}, "then": {"minimum": 5}, "else": {"const": "other"}}, 5),
    ],
)
def test_keywords_that_combine_schemas(schema: Schema, value: JsonValue) -> None:
    named: Schema = {"type": "object", "properties": {"name": {"type": "string"}, "age": {"type": "integer"}}}

    assert plain(schema, Named=named) == value


def test_branches_that_overlap_are_told_apart_by_what_one_refuses() -> None:
    schema: Schema = {
        "oneOf": [
            {"type": "object", "properties": {"id": {"type": "string"}, "x": {"type": "integer"}}},
            {"type": "object", "properties": {"id": {"type": "string"}, "y": {"type": "integer"}}},
        ],
    }

    assert Draft202012Validator(schema).is_valid(plain(schema))


@pytest.mark.parametrize("name", ["List[Pet]", "a/b~c", "50%", "Größe", "a b", "#"])
def test_any_name_can_be_referred_to(name: str) -> None:
    assert plain(definition_reference(name), **{name: {"const": 1}}) == 1


@pytest.mark.parametrize(
    "schema",
    [
        False,
        {"not": {}},
        {"type": "integer", "minimum": 2, "maximum": 1},
        {"enum": []},
        {"type": "string", "format": "uuid", "maxLength": 24},
        {"allOf": [{"type": "string"}, {"type": "integer"}]},
    ],
)
def test_a_contradiction_is_unsatisfiable(schema: Schema) -> None:
    with pytest.raises(Unsatisfiable):
        plain(schema)


def test_unsatisfiable_says_where() -> None:
    with pytest.raises(Unsatisfiable, match="no value exists at /a") as caught:
        plain(properties(a={"type": "integer", "minimum": 2, "maximum": 1}))

    assert (caught.value.path, caught.value.is_proved) == (("a",), True)


def test_seeds_decide_values_the_same_in_every_process() -> None:
    schema = properties(name={"type": "string"}, size={"type": "number", "maximum": 9}, on={"type": "boolean"})
    code = (
        "import json, sys; from apictl.contract.samples import Sampler\n"
        "schema = json.loads(sys.argv[1]); sampler = Sampler({})\n"
        "made = [sampler.sample(schema, seed=seed) for seed in range(9)] + list(sampler.invalid(schema, count=9))\n"
        "print(json.dumps(made))"
    )
    path = str(ROOT / "generator")

    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, json.dumps(schema)],
            env={"PYTHONHASHSEED": hash_seed, "PYTHONPATH": path},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("1", "2")
    }

    assert len(outputs) == 1
    assert len({json.dumps(value) for value in json.loads(outputs.pop())}) > 12


def _definitions(document: str) -> dict[str, Schema]:
    """Return the component schemas of a 3.1 *document*, which need no reading but for their references."""
    text = (CORPUS / "openapi" / document).read_text("utf-8").replace("#/components/schemas/", "#/$defs/")
    found: dict[str, Schema] = json.loads(text)["components"]["schemas"]
    return found


@pytest.mark.parametrize("document", ["adyen-CheckoutService-v71.json", "discord.json"])
def test_every_definition_of_a_real_document_has_a_sample(document: str) -> None:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real documents is not there: APICTL_CORPUS names its folder")
    definitions = _definitions(document)
    sampler = Sampler(definitions)
    oracle = {"$defs": definitions}

    refusals = [
        name
        for name in definitions
        if not Draft202012Validator({**oracle, **definition_reference(name)}).is_valid(
            sampler.sample(definition_reference(name))
        )
    ]

    assert refusals == []


@pytest.mark.parametrize(
    "schema, kind",
    [
        ({"properties": {"a": {"type": "string"}}, "examples": ['{"a": "b"}']}, dict),
        ({"items": {"type": "string"}, "default": "a"}, list),
        ({"minLength": 2}, str),
        ({"format": "int64"}, int | float),
    ],
)
def test_a_schema_without_a_type_means_what_its_keywords_speak_of(schema: dict[str, Any], kind: Any) -> None:
    assert all(isinstance(value, kind) for value in Sampler({}).samples(schema, count=20))


def test_text_is_allowed_and_not_meant_where_a_schema_speaks_of_objects() -> None:
    schema: Schema = {"properties": {"a": {"type": "string"}}}

    assert Sampler({}).is_valid(schema, '{"a": "b"}')
    assert not Sampler({}).is_meant(schema, '{"a": "b"}')
    assert Sampler({}).is_meant(schema, {"a": "b"})


@pytest.mark.parametrize("seed", range(1, 8))
def test_text_in_a_format_that_no_judge_knows_is_in_that_format(seed: int) -> None:
    Decimal(str(Sampler({}).sample({"type": "string", "format": "decimal"}, seed=seed)))
