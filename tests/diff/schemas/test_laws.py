"""Laws of the comparison: sound, mirrored, silent on itself and on rewritings."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apictl.contract.definition import Definition
from apictl.diff.law import Effect
from apictl.diff.schemas.comparison import SchemaComparison
from apictl.diff.schemas.difference import SchemaAt
from apictl.readers.read import read
from apictl.source.library import Library
from tests.diff.schemas.rewrites import REWRITES
from tests.diff.schemas.schema_pairs import SchemaPair, random_pair
from tests.diff.schemas.soundness import contradictions, differences

SEEDS = st.integers(min_value=0, max_value=10**9)
SAMPLES = 60
DOCUMENTS = ("line-messaging-api.yaml", "spotify.yaml", "figma.yaml")
MIRROR = {Effect.NARROWS: Effect.WIDENS, Effect.WIDENS: Effect.NARROWS}


@given(SEEDS)
@settings(max_examples=120)
def test_no_value_contradicts_what_is_not_told(seed: int) -> None:
    pair = random_pair(seed)

    try:
        found = list(contradictions(pair, differences(pair), SAMPLES))
    except RecursionError:  # a schema that means itself: the judges don't end
        found = []

    assert found == []


@given(SEEDS)
@settings(max_examples=150)
def test_a_schema_does_not_differ_from_itself(seed: int) -> None:
    pair = random_pair(seed)
    same = SchemaPair(pair.old, json.loads(json.dumps(pair.old)), pair.old_definitions, pair.old_definitions)

    assert differences(same) == ()


@given(SEEDS)
@settings(max_examples=150)
def test_turned_round_a_difference_has_the_opposite_effect(seed: int) -> None:
    pair = random_pair(seed)
    turned = SchemaPair(pair.new, pair.old, pair.new_definitions, pair.old_definitions)

    forwards = {(each.old.pointer, each.new.pointer, each.effect) for each in differences(pair)}
    backwards = {
        (each.new.pointer, each.old.pointer, MIRROR.get(each.effect, each.effect)) for each in differences(turned)
    }

    assert forwards == backwards


@pytest.mark.parametrize("rewrite", REWRITES)
@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_rewriting_of_a_real_document_is_silent(document: str, rewrite: str, real: dict[str, Definitions]) -> None:
    old = real[document]
    new = REWRITES[rewrite](old)
    prefix = "Renamed" if rewrite == "renamed" else ""

    comparison = SchemaComparison(old, new)
    found = [
        difference
        for name, each in old.items()
        for difference in comparison.differences(
            SchemaAt(each.schema, each.place), SchemaAt(new[prefix + name].schema, new[prefix + name].place)
        )
    ]

    assert found == []


Definitions = dict[str, Definition]


@pytest.fixture(scope="module")
def real(corpus: Path) -> dict[str, Definitions]:
    library = Library(lambda path: (corpus / "openapi" / path).read_bytes())
    found: dict[str, Definitions] = {}
    for document in DOCUMENTS:
        contract = read(library, document, service="s").contract
        assert contract is not None
        found[document] = dict(contract.definitions)
    return found
