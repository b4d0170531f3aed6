"""Wrong documents end in findings; `tests.fuzz.run` makes more of them."""

from __future__ import annotations

import json
import random
import re
from typing import Any, Final

import pytest

from tests.corpus.documents import CORPUS, MISSING
from tests.fuzz import run
from tests.fuzz.keeping import kept
from tests.fuzz.making import made
from tests.fuzz.mutations import mutant
from tests.fuzz.shrinking import shrunk, shrunk_files
from tests.fuzz.splitting import MAIN, split
from tests.fuzz.storeys import House
from tests.fuzz.trial import STOREYS, Company, Share, tried

_SCHEMA: Final = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "next": {"$ref": "#/components/schemas/A"}},
}
_ANSWER: Final = {"description": "d", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}}
_TREE: Final = {
    "openapi": "3.1.0",
    "info": {"title": "t", "version": "1"},
    "paths": {"/a": {"get": {"operationId": "getA", "responses": {"200": _ANSWER}}}},
    "components": {"schemas": {"A": _SCHEMA}},
}


def _is_accepted(files: dict[str, bytes]) -> bool:
    return House(files).read().contract is not None


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
def test_nothing_but_findings_comes_of_wrong_documents(capsys: pytest.CaptureFixture[str]) -> None:
    code = run.main(["--documents", "2000", "--seed", "1"])

    told = capsys.readouterr().out
    assert code == 0, told
    counts = {storey: int(count) for storey, count in re.findall(r"^  (\w+) +(\d+)$", told, re.MULTILINE)}
    assert counts["read"] == 2000
    assert counts["accepted"] > 800
    assert min(counts[storey] for storey in STOREYS) > 0, told


def test_a_number_makes_the_same_document_again() -> None:
    first, second, third = (mutant(_TREE, json.dumps(_TREE), [_TREE], random.Random(seed)) for seed in (4, 4, 5))

    assert first == second
    assert first != third


def test_a_number_makes_the_same_files_again() -> None:
    first, second, third = (made(_TREE, json.dumps(_TREE), [_TREE], random.Random(seed)) for seed in (4, 4, 5))

    assert first == second
    assert first != third


def test_most_of_what_is_changed_with_care_is_accepted() -> None:
    changed: list[Any] = [kept(_TREE, [_TREE], random.Random(seed)) for seed in range(60)]

    assert sum(each != _TREE for each in changed) > 50
    assert sum(_is_accepted({MAIN: json.dumps(each).encode()}) for each in changed) > 40


def test_document_in_several_files_is_accepted_unless_something_was_made_wrong_with_it() -> None:
    several = [files for seed in range(60) if len(files := split(_copied(), random.Random(seed))) > 1]

    assert len(several) > 30
    assert 0 < sum(map(_is_accepted, several)) < len(several)
    assert sum(map(_is_accepted, several)) > len(several) / 2


def test_every_storey_can_be_asked_for_alone() -> None:
    contract = House({MAIN: json.dumps(_TREE).encode()}).read().contract
    files = {MAIN: json.dumps(_TREE).encode()}

    for storey in STOREYS[2:]:
        outcome = tried(files, Company(contract, contract), random.Random(0), Share.of(storey))
        assert storey in outcome.storeys
        assert outcome.failure == ""


def test_what_fails_is_made_small() -> None:
    raw = json.dumps({"a": [1, {"b": 2}, 3], "c": {"d": {"guilty": True}}}).encode()

    assert shrunk(raw, lambda each: b"guilty" in each, 5.0) == b'{"c": {"d": {"guilty": true}}}'


def test_what_is_no_document_is_made_small_too() -> None:
    raw = b"\xff" * 50 + b"guilty" + b"[" * 50

    assert shrunk(raw, lambda each: b"guilty" in each, 5.0) == b"guilty"


def test_files_that_do_not_matter_are_left_out() -> None:
    files = {"a": b"{}", "b": b'{"x": 1, "guilty": 2}', "c": b"[1]"}

    assert shrunk_files(files, lambda each: b"guilty" in each.get("b", b""), 5.0) == {"b": b'{"guilty": 2}'}


def _copied() -> Any:
    return json.loads(json.dumps(_TREE))
