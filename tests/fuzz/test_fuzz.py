"""Wrong documents end in findings; `tests.fuzz.run` makes more of them."""

from __future__ import annotations

import json
import random

import pytest

from tests.corpus.documents import CORPUS, MISSING
from tests.fuzz import run
from tests.fuzz.mutations import mutant
from tests.fuzz.shrinking import shrunk


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
def test_nothing_but_findings_comes_of_wrong_documents(capsys: pytest.CaptureFixture[str]) -> None:
    code = run.main(["--documents", "2000", "--seed", "1"])

    assert code == 0, capsys.readouterr().out


def test_a_number_makes_the_same_document_again() -> None:
    tree = {"openapi": "3.1.0", "paths": {"/a": {"get": {"responses": {}}}}}

    first, second, third = (mutant(tree, json.dumps(tree), [tree], random.Random(seed)) for seed in (4, 4, 5))

    assert first == second
    assert first != third


def test_what_fails_is_made_small() -> None:
    raw = json.dumps({"a": [1, {"b": 2}, 3], "c": {"d": {"guilty": True}}}).encode()

    assert shrunk(raw, lambda each: b"guilty" in each, 5.0) == b'{"c": {"d": {"guilty": true}}}'


def test_what_is_no_document_is_made_small_too() -> None:
    raw = b"\xff" * 50 + b"guilty" + b"[" * 50

    assert shrunk(raw, lambda each: b"guilty" in each, 5.0) == b"guilty"
