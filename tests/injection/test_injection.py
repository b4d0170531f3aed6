"""Text of a contract stays text in every generated file; `tests.injection.sweep` asks for every pair of both lists."""

from __future__ import annotations

import pytest

from tests.injection.escapes import flaws, flaws_of_module
from tests.injection.places import CANARY, PAYLOADS, PLACES, InjectionPlace

NAMES = list(PAYLOADS)
SAMPLE = [(place, NAMES[number % len(NAMES)]) for number, place in enumerate(PLACES)]


@pytest.mark.parametrize("place, payload", SAMPLE, ids=[f"{place.name}-{payload}" for place, payload in SAMPLE])
def test_a_payload_never_becomes_code(place: InjectionPlace, payload: str) -> None:
    assert flaws(place, PAYLOADS[payload]) == []


def test_the_judgement_sees_an_escape() -> None:
    assert flaws_of_module(f'"""a""" + {CANARY}()\n') == [f"line 1: {CANARY} stands outside a constant"]
