"""The story of one service on every broker: `python -m tests.brokers.suite [NAME…]`.

Starts each broker that is installed, tells the story on it, and prints a line a step.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from pathlib import Path

from tests.brokers import killing, story
from tests.brokers.connections import MEMORY
from tests.brokers.processes import BROKERS, NotThere


def main(names: Sequence[str]) -> int:
    """Tell the story on the brokers of these names, or on all; return how many of them did not keep to it."""
    logging.disable(logging.CRITICAL)
    failed = skipped = 0
    chosen = names or ("memory", *BROKERS)
    for name in chosen:
        with (
            tempfile.TemporaryDirectory(prefix="broker-", ignore_cleanup_errors=True) as folder,
            _started(name, Path(folder)) as url,
        ):
            if url is None:
                skipped += 1
            elif not asyncio.run(_told(url, Path(folder))):
                failed += 1
    _say(f"{len(chosen) - failed - skipped} passed, {failed} failed, {skipped} skipped")
    return failed


@contextlib.contextmanager
def _started(name: str, folder: Path) -> Iterator[str | None]:
    with contextlib.ExitStack() as running:
        try:
            url = MEMORY if name == "memory" else running.enter_context(BROKERS[name](folder))
        except NotThere as missing:
            _say(f"{name}: skipped, {missing}")
            yield None
            return
        _say(f"{name}: {url}")
        yield url


async def _told(url: str, folder: Path) -> bool:
    try:
        async with story.stage(url) as on:
            for step in story.STEPS:
                await _step(step.__name__, lambda step=step: step(on))  # type: ignore[misc]  # bound for this turn
        if url.startswith("amqp:"):
            kept = story.a_dead_letter_that_nobody_subscribes_to_is_kept
            await _step(kept.__name__, lambda: kept(url))
        killed = killing.a_process_that_is_killed_loses_nothing
        await _step(killed.__name__, lambda: killed(url, folder))
    except Exception as error:  # noqa: BLE001 - whatever goes wrong on one broker, the next one has its turn
        _say(f"  FAILED: {type(error).__name__}: {error}"[:400])
        return False
    return True


async def _step(name: str, work: Callable[[], Awaitable[None]]) -> None:
    began = time.monotonic()
    await work()
    _say(f"  {time.monotonic() - began:5.2f} s  {name.replace('_', ' ')}")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
