"""The verdicts of another tool on the pairs of its own tests."""

from __future__ import annotations

import pytest

from tests.diff.suite import ITS_DIALS, Judged, cases, judge
from tests.diff.suite_documents import SUITE
from tests.diff.suite_reasons import REASONS

pytestmark = pytest.mark.skipif(
    not SUITE.is_dir(), reason="the suite of pairs is not there: APICTL_SUITES names its folder"
)


@pytest.fixture(scope="module")
def judged() -> list[Judged]:
    return [judge(case) for case in cases()]


def test_every_disagreement_has_its_reason(judged: list[Judged]) -> None:
    differing = {each.name for each in judged if not each.agrees}

    assert differing - REASONS.keys() == set()


def test_every_reason_is_needed(judged: list[Judged]) -> None:
    differing = {each.name for each in judged if not each.agrees}

    assert REASONS.keys() - differing == set()


def test_almost_every_document_is_read(judged: list[Judged]) -> None:
    assert [each.name for each in judged if each.verdict == "refused"] == [
        "TestBreaking_ResponseUnparseableStatusRemoved"
    ]


def test_the_other_tool_is_followed_where_it_is_a_matter_of_taste() -> None:
    assert not ITS_DIALS.is_sunset_needed
