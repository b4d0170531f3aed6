"""Pricing as a process that can be killed: `python -m tests.brokers.consumer URL NAME LOG`.

Writes a line `driver sequence` into the log when a position is done, and `ready` first.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from apictl.support.events.settings import Settings
from tests.brokers.connections import connected
from tests.support.events.example import events, models
from tests.support.events.example.service import Pricing

PAUSE_SECONDS = 0.03


class Slow(Pricing):
    """Takes its time with each position, and notes it when it is done."""

    def __init__(self, publisher: events.PricingPublisher, log: Path) -> None:
        """Write to *log*."""
        super().__init__(publisher)
        self._log = log

    async def on_position_changed(
        self, payload: models.PositionChanged, headers: models.PositionChangedHeaders, context: events.Context
    ) -> None:
        """Handle the position, slowly."""
        await asyncio.sleep(PAUSE_SECONDS)
        await super().on_position_changed(payload, headers, context)
        note(self._log, f"{payload.driver_id} {headers.sequence}")


def note(log: Path, line: str) -> None:
    """Append *line*, such that it is there even if the process dies now."""
    with log.open("a") as lines:
        lines.write(f"{line}\n")


async def main(url: str, name: str, log: Path) -> None:
    """Receive until the process ends."""
    async with connected(url, name) as transport:
        handlers = Slow(events.PricingPublisher(transport), log)
        async with events.receiver(handlers, transport, Settings(group="pricing")):
            note(log, "ready")
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], Path(sys.argv[3])))
