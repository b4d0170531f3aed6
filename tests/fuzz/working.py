"""Processes that try documents, and what has come of them; one that dies or hangs is a failure, too."""

from __future__ import annotations

import multiprocessing
import os
import random
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from tests.fuzz.making import made
from tests.fuzz.origins import Origin, origins
from tests.fuzz.splitting import Files
from tests.fuzz.trial import SECONDS, Company, Outcome, Share, cap_memory, tried

_PATIENCE: Final = 6 * SECONDS
"""Of the processor; a process that doesn't react to its own time limit is ended then."""
_LONGEST: Final = 900.0
"""Of the clock on the wall, which runs on while others have the processor; one that only waits is ended then."""
_TICKS: Final = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Made:
    """What is tried: files, and the documents that have to do with them."""

    files: Files
    origin: Origin
    other: Origin

    @property
    def company(self) -> Company:
        """The contracts that the files meet."""
        return Company(self.origin.contract, self.other.contract)


@dataclass(slots=True)
class Tally:
    """What has come of the documents so far.

    Attributes:
        count: of documents.
        storeys: how many came through each.
        failures: documents by the kind of failure, in the order of numbers.
        traces: of the first failure of each kind.
    """

    count: int = 0
    storeys: Counter[str] = field(default_factory=Counter)
    failures: dict[str, list[int]] = field(default_factory=dict)
    traces: dict[str, str] = field(default_factory=dict)

    def add(self, number: int, outcome: Outcome) -> None:
        """Count what became of document *number*."""
        self.count += 1
        self.storeys.update(outcome.storeys)
        if outcome.failure:
            self.failures.setdefault(outcome.failure, []).append(number)
            self.traces.setdefault(outcome.failure, outcome.trace)


def document(sources: Sequence[Origin], seed: int, number: int) -> Made:
    """Return document *number* of *seed*."""
    chance = random.Random(f"{seed} {number}")
    origin, *others = (chance.choice(sources) for _ in range(3))
    files = made(origin.tree, origin.text, [other.tree for other in others], chance)
    return Made(files, origin, others[0])


def outcome_of(sources: Sequence[Origin], seed: int, number: int, share: Share) -> Outcome:
    """Return what becomes of document *number* of *seed*."""
    found = document(sources, seed, number)
    return tried(found.files, found.company, random.Random(f"{seed} {number} share"), share)


def _work(pipe: Connection, seed: int, numbers: range) -> None:
    """Try *numbers* one after the other, and send what becomes of each."""
    sources = origins()
    for number in numbers:
        cap_memory()  # what is kept for the documents to come is not what one of them needs
        pipe.send((number, None))
        pipe.send((number, outcome_of(sources, seed, number, Share())))
    pipe.close()


class Worker:
    """A process that tries every so manieth document; a new one goes on where one died."""

    def __init__(self, seed: int, numbers: range) -> None:
        """Begin with the first of *numbers*."""
        self._seed = seed
        self._start(numbers)

    def _start(self, numbers: range) -> None:
        self._numbers = numbers
        self._current: int | None = None
        self._pipe, theirs = multiprocessing.Pipe(duplex=False)
        self._process = multiprocessing.get_context("fork").Process(target=_work, args=(theirs, self._seed, numbers))
        self._process.start()
        theirs.close()
        self._note()

    def _note(self) -> None:
        self._asked, self._used = time.monotonic(), _processor_seconds(self._process.pid)

    def take(self, tally: Tally) -> bool:
        """Count what is done by now; return whether there is more to come."""
        try:
            while self._pipe.poll(0.2):
                number, outcome = self._pipe.recv()
                self._note()
                self._current = number if outcome is None else None
                if outcome is not None:
                    tally.add(number, outcome)
        except EOFError:
            return self._resume(tally, "process died") if self._current is not None else False
        if _processor_seconds(self._process.pid) - self._used > _PATIENCE:
            return self._resume(tally, "process hangs")
        if time.monotonic() - self._asked > _LONGEST:
            return self._resume(tally, "process waits")
        return True

    def _resume(self, tally: Tally, failure: str) -> bool:
        self.stop()
        number = self._current
        if number is None:
            raise SystemExit(failure)
        tally.add(number, Outcome((), failure=failure))
        rest = self._numbers[self._numbers.index(number) + 1 :]
        if rest:
            self._start(rest)
        return bool(rest)

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def _processor_seconds(process: int | None) -> float:
    """Return how long *process* has had the processor; 0 when it is gone."""
    try:
        # The name, the second field, may hold blanks and brackets: what counts comes after its last bracket (proc(5)).
        fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS
