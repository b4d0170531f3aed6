"""Other words for the same contract are no change: a sample of `python -m tests.diff.rewrites`, and its rewritings."""

from __future__ import annotations

import copy
import json
from functools import cache
from random import Random
from typing import Any

import pytest

from tests.corpus.documents import MISSING, openapi_documents
from tests.diff.rewrites import Original, Outcome, compared, original, outcomes
from tests.diff.rewriting.catalogue import EACH, REWRITES
from tests.diff.rewriting.document import Tree

DOCUMENTS = (
    "vonage-messages-olympus.yaml",
    "line-messaging-api.yaml",
    "spotify.yaml",
    "twilio-messaging_v1.json",
    "k8s-apis__apps__v1.json",
    "figma.yaml",
)
SMALL = ("vonage-messages-olympus.yaml", "oai-3.1-tictactoe.yaml")
TEXT = {"type": "string"}


@cache
def read(name: str) -> Original:
    found = [document for document in openapi_documents() if document.path.name == name]
    if not found:
        pytest.skip(MISSING)
    one = original(found[0])
    assert one is not None
    return one


@pytest.mark.parametrize("rewrite", EACH)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_rewriting_of_a_real_document_is_silent(document: str, rewrite: str) -> None:
    [outcome] = outcomes(read(document), [rewrite], 1)

    assert outcome.is_right, f"{outcome}: {outcome.changes[:3]}"


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("document", SMALL)
def test_all_rewritings_together_are_silent(document: str, seed: int) -> None:
    [outcome] = outcomes(read(document), ["together"], seed)

    assert outcome.is_right, f"{outcome}: {outcome.changes[:3]}"


def test_every_rewriting_finds_places_in_the_sample() -> None:
    texts = [read(name).text for name in ("spotify.yaml", "figma.yaml")]

    found = {rewrite for rewrite in EACH for text in texts if EACH[rewrite](json.loads(text), Random(1))}

    assert found == EACH.keys() - {"itself"}


def test_what_changes_the_meaning_is_not_silent() -> None:
    one = read("oai-3.1-tictactoe.yaml")
    changed = one.text.replace('"maximum": 3', '"maximum": 4')

    outcome = compared(one.contract, changed.encode(), Outcome(one.document.file, "changed", 1))

    assert {change.rule for change in outcome.changes} == {"maximum-loosened"}
    assert not outcome.is_right


def test_what_is_refused_is_not_silent() -> None:
    one = read("oai-3.1-tictactoe.yaml")

    outcome = compared(one.contract, b'{"openapi": "3.1.0"}', Outcome(one.document.file, "gone", 1))

    assert outcome.refused
    assert not outcome.is_right


def schemas(rewrite: str, version: str, **given: Tree) -> Any:
    document: Tree = {"openapi": version, "info": {}, "paths": {}, "components": {"schemas": copy.deepcopy(given)}}
    REWRITES[rewrite](document, Random(1))
    return document["components"]["schemas"]


def ref(name: str) -> Tree:
    return {"$ref": f"#/components/schemas/{name}"}


def test_inlining_drops_what_stands_beside_a_reference_in_30_only() -> None:
    beside = {"A": TEXT, "B": ref("A") | {"description": "a B", "maxLength": 3}}

    assert schemas("inlined", "3.0.3", **beside)["B"] == TEXT
    assert schemas("inlined", "3.1.0", **beside)["B"] == {"description": "a B", "maxLength": 3, "allOf": [TEXT]}


def test_alternatives_that_are_known_by_their_names_stay_as_they_are() -> None:
    union = {"oneOf": [ref("A"), {"type": "object"}], "discriminator": {"propertyName": "kind"}}

    assert schemas("inlined", "3.1.0", A=TEXT, Union=union)["Union"] == union
    assert union in schemas("extracted", "3.1.0", A=TEXT, Union=union).values()


def test_renaming_writes_down_the_names_that_discriminators_imply() -> None:
    union = {"anyOf": [ref("A"), ref("B")], "discriminator": {"propertyName": "kind", "mapping": {"b": "B"}}}

    found = schemas("renamed", "3.1.0", A=TEXT, B=TEXT, Union=union)

    mapping = found["RenamedUnion"]["discriminator"]["mapping"]
    assert mapping == {"b": ref("RenamedB")["$ref"], "A": ref("RenamedA")["$ref"]}


def test_renaming_leaves_those_alone_that_a_discriminator_knows_as_their_parent() -> None:
    parent = {"type": "object", "discriminator": {"propertyName": "kind"}}

    found = schemas("renamed", "3.0.3", Parent=parent, Child={"allOf": [ref("Parent")]}, Other=TEXT)

    assert set(found) == {"Parent", "Child", "RenamedOther"}


@pytest.mark.parametrize(
    "parts, merged",
    [
        ([{"type": "integer"}, {"type": "number", "minimum": 1}], {"type": "integer", "minimum": 1}),
        ([{"required": ["a"]}, {"required": ["b", "a"]}], {"required": ["a", "b"]}),
        ([{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"maxLength": 3}, "b": {}}}],
         {"properties": {"a": {"allOf": [TEXT, {"maxLength": 3}]}, "b": {}}}),
        ([{"properties": {"a": {}}, "additionalProperties": False}, {"properties": {"b": {}}}], None),
        ([{"properties": {"a": {}}, "additionalProperties": False}, {"required": ["a"]}],
         {"properties": {"a": {}}, "additionalProperties": False, "required": ["a"]}),
        ([{"oneOf": [{}]}, {"oneOf": [{}, {}]}], None),
        ([{"pattern": "a"}, {"pattern": "b"}], None),
        ([{"enum": [1, 2]}, {"enum": [2, 3]}], {"enum": [2]}),
        ([{"enum": [1]}, {"enum": [3]}], None),
        ([{"type": ["string", "null"]}, TEXT], TEXT),
        ([TEXT, {"type": "integer"}], None),
    ],
)  # fmt: skip
def test_parts_are_merged_only_where_one_schema_says_the_same(parts: list[Tree], merged: Tree | None) -> None:
    assert schemas("flattened", "3.1.0", A={"allOf": parts})["A"] == (merged or {"allOf": parts})


def test_null_is_merged_as_openapi_30_means_it() -> None:
    null = TEXT | {"nullable": True}

    assert schemas("flattened", "3.0.3", A={"allOf": [null, TEXT]})["A"] == TEXT | {"nullable": False}
    assert schemas("flattened", "3.0.3", A={"nullable": True, "allOf": [TEXT]})["A"] == null


def test_31_says_what_30_said() -> None:
    old = {"type": "number", "nullable": True, "minimum": 1, "exclusiveMinimum": True, "example": 2}

    found = schemas("upgraded", "3.0.3", A=old, B=ref("A") | {"description": "ignored"})

    assert found["A"] == {"type": ["number", "null"], "exclusiveMinimum": 1, "examples": [2]}
    assert found["B"] == ref("A")


def test_null_beside_what_may_refuse_it_stays_as_it_is_written() -> None:
    given = {"type": ["object", "null"], "allOf": [{"type": "object"}]}

    assert set(schemas("nullable", "3.1.0", A=given)["A"]["type"]) == {"object", "null"}
    assert "allOf" in schemas("nullable", "3.1.0", A=given)["A"]


@pytest.mark.parametrize("seed", range(8))
def test_a_parameter_that_an_operation_replaces_is_not_moved_over_it(seed: int) -> None:
    shared, own = ({"name": "q", "in": "query", "schema": schema} for schema in (TEXT, {"type": "integer"}))
    document: Tree = {
        "openapi": "3.1.0",
        "paths": {"/a": {"parameters": [shared], "get": {}, "put": {"parameters": [own]}}},
    }

    EACH["moved"](document, Random(seed))

    item = document["paths"]["/a"]
    assert [*item["get"].get("parameters", ()), *item.get("parameters", ())] == [shared]
    assert item["put"]["parameters"] == [own]
