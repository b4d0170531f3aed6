"""Text of other people stays text in every generated file; `tests.injection.sweep` asks for every pair."""

from __future__ import annotations

from pathlib import PurePosixPath

import pytest

from apictl.pages.page import GeneratedFile
from tests.injection.escapes import flaws_of_module, structure, texts_of, verdict
from tests.injection.event_places import EVENT_PLACES
from tests.injection.places import CANARY, PAYLOADS, PLACES, InjectionPlace

NAMES = list(PAYLOADS)
EVENTS = [place for place in EVENT_PLACES if place.shown or not place.is_prose]
SAMPLE = [(place, NAMES[number % len(NAMES)]) for number, place in enumerate((*PLACES, *EVENTS))]


@pytest.mark.parametrize("place, payload", SAMPLE, ids=[f"{place.name}-{payload}" for place, payload in SAMPLE])
def test_a_payload_never_becomes_code(place: InjectionPlace, payload: str) -> None:
    found = verdict(place, PAYLOADS[payload])

    assert found.flaws == ()
    if place.is_prose:
        assert found.refusals == ()


def test_the_judgement_sees_an_escape() -> None:
    escape = f"line 1: {CANARY} stands outside a constant"

    assert escape in flaws_of_module(f'"""a""" + {CANARY}()\n')
    assert escape in flaws_of_module(f"def {CANARY}() -> None: ...\n")
    assert escape in flaws_of_module(f"x: a.{CANARY}\n")


def test_the_judgement_sees_code_of_a_kind_that_no_module_has() -> None:
    assert flaws_of_module("raise SystemExit\n") == ["line 1: Raise is in no other module"]


@pytest.mark.parametrize(
    "name, text, other",
    [
        ("a.py", '"""One."""\n', '"""One.""" + x\n'),
        ("a.toml", 'version = "1"\n', 'version = "1"\nreadme = "x"\n'),
        ("a.md", "| a | b |\n| --- | --- |\n| c | d |\n", "| a | b |\n| --- | --- |\n| c<script> | d |\n"),
        ("a.md", "# One\n", "# One\n\n# Two\n"),
    ],
)
def test_the_judgement_sees_a_structure_that_a_text_has_changed(name: str, text: str, other: str) -> None:
    one, two = (GeneratedFile(PurePosixPath(name), each.encode()) for each in (text, other))

    assert structure(one) != structure(two)


def test_the_judgement_reads_what_a_reader_reads() -> None:
    page = GeneratedFile(PurePosixPath("a.md"), b"a \\*b\\* `c`\n")

    assert list(texts_of(page)) == ["", "a *b* c", ""]
