"""All rules at real documents: what is told has its line, says little, and is in one piece."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from apictl.rules.lint.catalogue import lint_pages, lint_rules
from apictl.rules.lint.selection import selection
from apictl.workspace.fetching import disk_fetch
from apictl.workspace.linting import Linter, Subject, Text
from apictl.workspace.snapshots import Snapshot
from apictl.workspace.standard import Standard
from tests.corpus.documents import MISSING, CorpusDocument, asyncapi_documents, openapi_documents, swagger_documents

_LARGEST = 100_000


def _samples() -> Iterator[CorpusDocument]:
    yield from openapi_documents(_LARGEST)
    yield from swagger_documents()[:1]
    yield from (each for each in asyncapi_documents() if each.size <= _LARGEST)


@pytest.mark.skipif(not [*_samples()], reason=MISSING)
def test_what_is_told_of_real_documents_has_its_line_and_is_short() -> None:
    everything = Standard(selection([rule.id for rule in lint_rules()], lint_rules(), {}))
    told = set[str]()

    for document in _samples():
        folder = Snapshot("corpus", "", disk_fetch(document.path.parent.resolve()))
        (linted,) = Linter(everything).linted([Subject(document.service, folder, (Text(document.path.name),))])
        told |= {finding.rule for finding in linted.findings}
        for finding in linted.findings:
            assert finding.place.line, finding
            assert 0 < len(finding.message) <= 200, finding
            assert not finding.message.endswith("."), finding
            assert finding.rule in lint_pages(), finding
        assert len(set(linted.findings)) == len(linted.findings)

    assert len(told & {rule.id for rule in lint_rules()}) > 50
