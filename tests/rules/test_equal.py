"""Nothing happens between a contract and itself, and what happens on the way back mirrors the way there."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from apictl.contract.contract import Contract
from apictl.diff.law import Effect
from apictl.readers.read import read
from apictl.rules.dials import Dials
from apictl.rules.walk import changes
from apictl.source.library import Library
from tests.corpus.documents import CORPUS, MISSING

ROOT: Final = Path(__file__).resolve().parents[2]
SERVICES: Final = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "specs").glob("*/openapi.yaml"))
SMALL: Final = (
    "figma.yaml", "line-webhook.yaml", "oai-3.0-callback-example.yaml", "oai-3.1-webhook-example.yaml",
    "spotify.yaml", "vonage-voice.yaml", "xero-files.yaml",
)  # fmt: skip
_MIRRORED: Final = {Effect.NARROWS: Effect.WIDENS, Effect.WIDENS: Effect.NARROWS}


def _read(root: Path, name: str) -> Contract | None:
    return read(Library(lambda path: (root / path).read_bytes()), name, service="one").contract


@pytest.mark.parametrize("name", SERVICES)
def test_nothing_happens_between_a_service_and_itself(name: str) -> None:
    old, new = _read(ROOT, name), _read(ROOT, name)

    assert old is not None
    assert new is not None
    assert changes(old, new, Dials()) == ()


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
@pytest.mark.parametrize("name", SMALL)
def test_nothing_happens_between_a_real_document_and_itself(name: str) -> None:
    old, new = (_read(CORPUS / "openapi", name) for _ in range(2))
    if old is None or new is None:
        pytest.skip(f"{name} is not read")

    assert changes(old, new, Dials()) == ()


@pytest.mark.skipif(not CORPUS.is_dir(), reason=MISSING)
@pytest.mark.parametrize(
    "old_name, new_name",
    [
        ("adyen-CheckoutService-v70.json", "adyen-CheckoutService-v71.json"),
        ("twilio-messaging_v1@2025-07-10.json", "twilio-messaging_v1.json"),
        ("spotify@2024-03-23.yaml", "spotify.yaml"),
    ],
)
def test_way_back_mirrors_the_way_there_on_real_pairs(old_name: str, new_name: str) -> None:
    old, new = (_read(CORPUS / "openapi", name) for name in (old_name, new_name))
    assert old is not None
    assert new is not None

    there, back = changes(old, new, Dials()), changes(new, old, Dials())

    expected = sorted((_MIRRORED.get(each.effect, each.effect).value, each.side.value) for each in there)
    assert sorted((each.effect.value, each.side.value) for each in back) == expected
