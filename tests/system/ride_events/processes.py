"""The services of this system as processes that can be killed and started again."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.system.ride_events.durable import rows

_ROOT: Final = Path(__file__).parents[3]
_SERVICES: Final = ("drivers", "payments", "pricing", "trips")


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the services run.

    Attributes:
        log: URL of Kafka.
        queues: URL of RabbitMQ.
        folder: of their files.
    """

    log: str
    queues: str
    folder: Path

    def file(self, service: str) -> Path:
        """Return what *service* keeps."""
        return self.folder / f"{service}.db"

    def starts(self, service: str) -> int:
        """Return how often *service* has said that it is ready."""
        return len(rows(self.file(service), "SELECT what FROM steps WHERE what = 'ready'"))


@asynccontextmanager
async def running(stage: Stage, service: str, *arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run *service* from when it is ready until it is killed, at the end of the block at the latest."""
    before = stage.starts(service)
    module = f"tests.system.ride_events.{service}"
    paths = [str(_ROOT), *(str(_ROOT / "generated" / name / "python") for name in _SERVICES)]
    said = stage.folder / f"{service}.log"
    with said.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", module, stage.log, stage.queues, str(stage.file(service)), *arguments),
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            stdout=output,
            stderr=output,
        )
        try:
            await eventually(f"{service} is ready", lambda: stage.starts(service) > before, process)
            yield process
        finally:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()


async def eventually(
    what: str,
    is_so: Callable[[], bool],
    process: asyncio.subprocess.Process | None = None,
    *,
    within_seconds: float = 60.0,
) -> None:
    """Return when it is so.

    Raises:
        AssertionError: it is not within the time, or *process* ended before.
    """
    end = time.monotonic() + within_seconds
    while not is_so():
        assert process is None or process.returncode is None, f"{what}: the process ended with {process.returncode}"
        assert time.monotonic() < end, f"not within {within_seconds:.0f} s: {what}"
        await asyncio.sleep(0.05)
