"""The same story on every broker that is there."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.brokers import killing, story
from tests.brokers.connections import MEMORY
from tests.brokers.processes import BROKERS, NotThere


@pytest.fixture(params=["memory", *BROKERS])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Run a broker."""
    if request.param == "memory":
        yield MEMORY
        return
    if find_spec("faststream") is None:
        pytest.skip("the package faststream is not installed")
    with ExitStack() as running:
        try:
            where = running.enter_context(BROKERS[request.param](tmp_path))
        except NotThere as missing:
            pytest.skip(f"{request.param}: {missing}")
        yield where


def test_a_service_does_the_same_on_every_broker_and_loses_nothing_when_it_is_killed(url: str, tmp_path: Path) -> None:
    async def told() -> None:
        async with story.stage(url) as on:
            for step in story.STEPS:
                await step(on)
        if url.startswith("amqp:"):
            await story.a_dead_letter_that_nobody_subscribes_to_is_kept(url)
        await killing.a_process_that_is_killed_loses_nothing(url, tmp_path)

    asyncio.run(told())
