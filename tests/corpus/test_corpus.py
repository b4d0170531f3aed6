"""A few real documents go through everything; `tests.corpus.table` and `tests.corpus.events` take them all."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from tests.corpus.documents import CORPUS, MISSING, CorpusDocument, asyncapi_documents, openapi_documents
from tests.corpus.outcomes import Memory, Outcome, package_key
from tests.corpus.steps import EVENT_STEPS
from tests.corpus.trial import attempt

TRIMMED: Final = (
    "oai-3-0-petstore",
    "oai-3-0-callback-example",
    "oai-3-1-non-oauth-scopes",
    "oai-3-1-webhook-example",
    "vonage-verify",
    "xero-files",
    "line-webhook",
    "spotify",
)
EVENTS: Final = (
    "spec-streetlights-kafka",
    "spec26-rpc-server",
    "spec-kraken-websocket-request-reply-message-filter-in-reply",
)


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
@pytest.mark.parametrize(
    "document", [one for one in openapi_documents() if one.service in TRIMMED], ids=lambda one: one.service
)
def test_real_document_generates_code_that_works(document: CorpusDocument, tmp_path: Path) -> None:
    trial = attempt(document, tmp_path)

    assert trial.refusals == []
    assert trial.flaws == {}


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
def test_real_document_passes_its_own_contract_tests_and_pyright_and_is_not_tried_again(tmp_path: Path) -> None:
    (document,) = (one for one in openapi_documents() if one.service == "oai-3-0-petstore-expanded")
    steps = ("generate", "pyright", "seed 1")

    trial = attempt(document, tmp_path, steps=steps, memory=Memory(tmp_path / "outcomes.json"))
    again = attempt(document, tmp_path, steps=steps, memory=Memory(tmp_path / "outcomes.json"))

    assert trial.flaws == {}
    assert trial.figure("generate", "operations") == 4
    assert trial.figure("seed 1", "passed") > 10
    assert again == trial


def test_step_is_taken_again_when_what_it_is_about_has_changed(tmp_path: Path) -> None:
    package = tmp_path / "package"
    package.mkdir()
    (package / "models.py").write_text("a = 1", "utf-8")
    memory, outcome = Memory(tmp_path / "outcomes.json"), Outcome("2 errors", 1.5, {"errors": 2}, ("so it is",))
    memory.keep("mypy", package_key(package, "mypy"), outcome)

    known = memory.recall("mypy", package_key(package, "mypy"))
    (package / "models.py").write_text("a = 2", "utf-8")

    assert known == outcome
    assert memory.recall("mypy", package_key(package, "mypy")) is None
    assert memory.recall("pyright", package_key(package, "mypy")) is None
    assert memory.latest() == {"mypy": outcome}


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
def test_document_that_leads_nowhere_is_refused_with_a_place(tmp_path: Path) -> None:
    (document,) = (one for one in openapi_documents() if one.service == "intercom-2-11")

    trial = attempt(document, tmp_path)

    (refusal,) = trial.refusals
    assert refusal.startswith("specs/intercom-2-11/openapi.yaml:")
    assert "and 3 more references to it" in refusal


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
@pytest.mark.parametrize(
    "document", [one for one in asyncapi_documents() if one.service in EVENTS], ids=lambda one: one.service
)
def test_real_document_of_events_generates_code_that_works(document: CorpusDocument, tmp_path: Path) -> None:
    trial = attempt(document, tmp_path, steps=EVENT_STEPS)

    assert trial.refusals == []
    assert trial.flaws == {}
