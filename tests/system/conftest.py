"""Pricing and trips run for as long as needed; their generated packages are on the path, as if installed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.system import pricing_by_hand
from tests.system.pricing_by_hand import Quotes
from tests.system.riders import Riders, riders
from tests.system.serving import served

GENERATED = Path(__file__).parents[2] / "generated"
PACKAGES = tuple(str(GENERATED / service / "python") for service in ("pricing", "trips"))


@pytest.fixture(scope="session")
def quotes() -> Quotes:
    """Return the quotes of the pricing that is written by hand."""
    return Quotes()


@pytest.fixture(scope="session")
def pricing_url(quotes: Quotes) -> Iterator[str]:
    """Yield where that pricing answers."""
    with served(pricing_by_hand.application(quotes)) as url:
        yield url


@pytest.fixture
def on_pricing(pricing_url: str) -> Iterator[Riders]:
    """Yield a trips service on it, still without trips."""
    with riders(pricing_url) as running:
        yield running
