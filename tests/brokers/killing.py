"""A process that is killed in the middle of its work, and started again."""

from __future__ import annotations

import asyncio
import contextlib
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

from tests.brokers.connections import MEMORY, connected
from tests.brokers.consumer import Slow
from tests.brokers.story import SETTINGS, eventually, opened
from tests.support.events.example import events
from tests.support.events.pricing import position

_ROOT: Final = Path(__file__).parents[2]


async def a_process_that_is_killed_loses_nothing(url: str, folder: Path) -> None:
    """Kill Pricing while it works through 60 positions, and start it again: each is done, those of one key in order.

    NATS promises no order to who comes back: what was not acknowledged comes when `ack_wait` is over.
    """
    log = folder / "done.log"
    sent = [(driver, number) for number in range(1, 31) for driver in ("d-5", "d-6")]
    async with opened(url, "peer") as peer:
        # Nobody runs yet: they wait at the broker, as Pricing has subscribed before.
        for driver, number in sent:
            await peer.publish(position(number, driverId=driver))
        async with _alive(url, log):
            await eventually(lambda: len(_done(log)) >= len(sent) // 4)
        before = len(_done(log))
        async with _alive(url, log):
            await eventually(lambda: set(_done(log)) == set(sent))
    done = _done(log)
    assert before < len(sent), "it was killed too late to tell"
    # The work of the moment of its death is done again; on a busy machine, what a broker took for lost, too.
    assert len(done) - len(sent) <= len(sent) // 4
    if not url.startswith("nats:"):
        assert [one for one in dict.fromkeys(done) if one[0] == "d-5"] == [one for one in sent if one[0] == "d-5"]


def _done(log: Path) -> list[tuple[str, int]]:
    lines = (line.split() for line in log.read_text().splitlines() if line != "ready")
    return [(driver, int(number)) for driver, number in lines]


def _starts(log: Path) -> int:
    return log.read_text().count("ready") if log.exists() else 0


@asynccontextmanager
async def _alive(url: str, log: Path) -> AsyncIterator[None]:
    """Run Pricing until it is killed."""
    starts = _starts(log)
    if url == MEMORY:
        transport: Any = connected(url, "pricing-1")
        handlers = Slow(events.PricingPublisher(transport), log)
        await events.receiver(handlers, transport, SETTINGS).start()
        log.open("a").close()
        yield
        transport.crash()
        return
    arguments = ("-m", "tests.brokers.consumer", url, "pricing-1", str(log))
    process = await asyncio.create_subprocess_exec(sys.executable, *arguments, cwd=_ROOT)
    try:
        await eventually(lambda: _starts(log) > starts)
        yield
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
