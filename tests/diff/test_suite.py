"""The verdicts of another tool on the pairs of its own tests."""

from __future__ import annotations

import pytest

from apictl.contract.schema import JsonValue
from apictl.diff.changes import Change, Use
from apictl.diff.law import Effect, Side
from apictl.findings import Place
from tests.diff.suite import ITS_DIALS, Judged, cases, judge
from tests.diff.suite_documents import SUITE
from tests.diff.suite_names import name_of, tells_of
from tests.diff.suite_reasons import REASONS

pytestmark = pytest.mark.skipif(
    not SUITE.is_dir(), reason="the suite of pairs is not there: APICTL_SUITES names its folder"
)

IDS = sorted({name for case in cases() for name in case["oasdiff_ids"]}) if SUITE.is_dir() else []


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return [judge(case) for case in cases()]


def test_nearly_all_agree(judged: list[Judged]) -> None:
    assert sum(each.agrees for each in judged) >= 0.95 * len(judged)


def test_every_other_verdict_has_its_reason(judged: list[Judged]) -> None:
    differing = {each.name for each in judged if not each.weighs_the_same}

    assert differing - REASONS.keys() == set()


def test_every_reason_is_needed(judged: list[Judged]) -> None:
    differing = {each.name for each in judged if not each.weighs_the_same}

    assert REASONS.keys() - differing == set()


def test_no_breaking_pair_is_missed_because_nothing_is_told_of_it(judged: list[Judged]) -> None:
    missed = [each for each in judged if each.case["verdict"] == "breaking" and not (each.named or each.others)]

    assert [each.name for each in missed] == []


def test_almost_every_document_is_read(judged: list[Judged]) -> None:
    assert [each.name for each in judged if each.verdict == "refused"] == [
        "TestBreaking_ResponseUnparseableStatusRemoved"
    ]


def test_the_other_tool_is_followed_where_it_is_a_matter_of_taste() -> None:
    assert not ITS_DIALS.is_sunset_needed


@pytest.mark.parametrize("name", IDS)
def test_every_id_of_the_suite_has_a_name_here(name: str) -> None:
    assert name_of(name).ours


@pytest.mark.parametrize(
    "its_id, rule, facts",
    [
        ("request-property-max-length-decreased", "max-length-loosened", {}),
        ("request-property-max-length-decreased", "max-items-tightened", {}),
        ("request-property-max-length-decreased", "schema-respelled", {"keyword": "maxItems"}),
        ("request-property-max-decreased", "schema-respelled", {"keyword": "exclusiveMaximum"}),
        ("new-required-request-property", "property-added", {"is_required": False}),
        ("request-body-any-of-added", "property-added", {"is_required": False}),
        ("response-body-type-changed", "enum-value-added", {}),
    ],
)
def test_a_neighbour_is_not_the_named_change(its_id: str, rule: str, facts: dict[str, JsonValue]) -> None:
    assert not tells_of(change_of(rule, facts), its_id)


@pytest.mark.parametrize(
    "its_id, rule, facts",
    [
        ("request-property-max-length-decreased", "max-length-tightened", {}),
        ("request-property-max-length-decreased", "schema-respelled", {"keyword": "maxLength"}),
        ("new-required-request-property", "property-added", {"is_required": True}),
    ],
)
def test_the_named_change_is(its_id: str, rule: str, facts: dict[str, JsonValue]) -> None:
    assert tells_of(change_of(rule, facts), its_id)


def change_of(rule: str, facts: dict[str, JsonValue]) -> Change:
    place = Place("openapi.yaml", "/paths/~1a/post/requestBody/content/application~1json/schema")
    use = Use("POST /a", "a", "request body (application/json)")
    return Change(rule, Effect.NEUTRAL, Side.ACCEPTS, "", (use,), place, place, facts)
