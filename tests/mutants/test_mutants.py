"""One defect is told once, at its line; `tests.mutants.run` makes more of them."""

from __future__ import annotations

import pytest

from tests.corpus.documents import CORPUS, MISSING
from tests.mutants.kinds import KINDS
from tests.mutants.run import Wish, is_good, trials

_LARGEST = 60_000


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
def test_defect_of_each_kind_is_told_at_its_line_and_leads_to_few_findings() -> None:
    found = list(trials(len(KINDS), 1, Wish(largest=_LARGEST)))

    assert {each.kind for each in found} == set(KINDS) - {"comma-missing"}  # no small document is JSON
    assert [(each.kind, each.document, each.lines) for each in found if not each.is_right] == []
    assert is_good(found)
