"""Reads, emits and compares random wrong documents, and demands that nothing but findings comes of them.

    python -m tests.fuzz.run [--documents 100000] [--seed 1] [--minutes N] [--first 0] [--workers 2] [--keep FOLDER]

Each document is made of the number of its seed and its own number, of a small document of the corpus (both languages)
or a small piece of a larger one. A failure is an exception that is no `ApictlError`, more than 10 seconds of processor
time, more than a gigabyte, a finding without line and column or with a message of more than 200 characters. Failures of
one kind are told together, with the smallest document that was found for them. Exit code 1: there are failures; 2:
there is no corpus.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Final

from tests.corpus.documents import MISSING
from tests.fuzz.mutations import mutant
from tests.fuzz.origins import Origin, origins
from tests.fuzz.shrinking import shrunk
from tests.fuzz.trial import SECONDS, Outcome, Share, cap_memory, tried

_PATIENCE: Final = 12 * SECONDS
"""Of the clock on the wall; a process that doesn't react to its own time limit is ended then."""
_SHRINKING: Final = 20.0
_SHOWN: Final = 1500


@dataclass(slots=True)
class Tally:
    """What has come of the documents so far.

    Attributes:
        steps: documents by the last step, and whether a contract came of them.
        failures: documents by the kind of failure, in the order of numbers.
        traces: of the first failure of each kind.
    """

    steps: Counter[tuple[str, bool]] = field(default_factory=Counter)
    failures: dict[str, list[int]] = field(default_factory=dict)
    traces: dict[str, str] = field(default_factory=dict)

    def add(self, number: int, outcome: Outcome) -> None:
        """Count what became of document *number*."""
        self.steps[outcome.step, outcome.is_accepted] += 1
        if outcome.failure:
            self.failures.setdefault(outcome.failure, []).append(number)
            self.traces.setdefault(outcome.failure, outcome.trace)


def document(sources: Sequence[Origin], seed: int, number: int) -> tuple[bytes, Origin]:
    """Return document *number* of *seed*, and what it was made of."""
    chance = random.Random(f"{seed} {number}")
    origin = chance.choice(sources)
    others = [chance.choice(sources).tree for _ in range(2)]
    return mutant(origin.tree, origin.text, others, chance), origin


def outcome_of(sources: Sequence[Origin], seed: int, number: int, share: Share) -> Outcome:
    """Return what becomes of document *number* of *seed*."""
    raw, origin = document(sources, seed, number)
    return tried(raw, origin.contract, random.Random(f"{seed} {number} share"), share)


def _work(pipe: Connection, seed: int, numbers: range) -> None:
    """Try *numbers* one after the other, and send what becomes of each."""
    sources = origins()
    for number in numbers:
        cap_memory()  # what is kept for the documents to come is not what one of them needs
        pipe.send((number, None))
        pipe.send((number, outcome_of(sources, seed, number, Share())))
    pipe.close()


class _Worker:
    """A process that tries every so manieth document; a new one goes on where one died."""

    def __init__(self, seed: int, numbers: range) -> None:
        self._seed = seed
        self._start(numbers)

    def _start(self, numbers: range) -> None:
        self._numbers = numbers
        self._current: int | None = None
        self._pipe, other = multiprocessing.Pipe(duplex=False)
        self._process = multiprocessing.Process(target=_work, args=(other, self._seed, numbers), daemon=True)
        self._process.start()
        other.close()
        self._asked = time.monotonic() + _PATIENCE  # the corpus is read first

    def take(self, tally: Tally) -> bool:
        """Count what is done by now; return whether there is more to come."""
        try:
            while self._pipe.poll(0.2):
                number, outcome = self._pipe.recv()
                self._asked = time.monotonic()
                self._current = number if outcome is None else None
                if outcome is not None:
                    tally.add(number, outcome)
        except EOFError:
            return self._resume(tally, "process died") if self._current is not None else False
        if time.monotonic() - self._asked > _PATIENCE:
            return self._resume(tally, "process hangs")
        return True

    def _resume(self, tally: Tally, failure: str) -> bool:
        self.stop()
        number = self._current
        if number is None:
            raise SystemExit(failure)
        tally.add(number, Outcome("read", is_accepted=False, failure=failure))
        rest = self._numbers[self._numbers.index(number) + 1 :]
        if rest:
            self._start(rest)
        return bool(rest)

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.join()


def _fuzzed(wish: argparse.Namespace) -> Tally:
    tally = Tally()
    numbers = range(wish.first, wish.first + wish.documents)
    workers = [_Worker(wish.seed, numbers[start :: wish.workers]) for start in range(min(wish.workers, wish.documents))]
    end = time.monotonic() + wish.minutes * 60 if wish.minutes else None
    told = time.monotonic()
    busy = workers
    while busy and (end is None or time.monotonic() < end):
        busy = [worker for worker in busy if worker.take(tally)]
        if time.monotonic() - told > 60:
            told = time.monotonic()
            sys.stderr.write(f"{tally.steps.total()} documents, {len(tally.failures)} kinds of failures\n")
    for worker in workers:
        worker.stop()
    return tally


def main(arguments: Sequence[str] | None = None) -> int:
    """Try what *arguments* ask for, print the failures, and return the exit code."""
    wish = _parser().parse_args(arguments)
    sources = origins()
    if not sources:
        sys.stdout.write(f"{MISSING}\n")
        return 2
    tally = _fuzzed(wish)
    sys.stdout.write(f"{tally.steps.total()} documents of {len(sources)} origins, seed {wish.seed}\n")
    for (step, is_accepted), count in sorted(tally.steps.items()):
        sys.stdout.write(f"  {'accepted' if is_accepted else 'refused'}, {step}: {count}\n")
    for failure, numbers in sorted(tally.failures.items(), key=lambda item: -len(item[1])):
        _tell(failure, numbers, sources, wish, tally.traces[failure])
    sys.stdout.write(f"{sum(map(len, tally.failures.values()))} failures of {len(tally.failures)} kinds\n")
    return int(bool(tally.failures))


def _tell(failure: str, numbers: list[int], sources: list[Origin], wish: argparse.Namespace, trace: str) -> None:
    number = min(numbers, key=lambda each: len(document(sources, wish.seed, each)[0]))
    raw, origin = document(sources, wish.seed, number)
    if not failure.startswith("process") and "Slow" not in failure:
        raw = shrunk(raw, lambda each: _fails(each, origin, failure), _SHRINKING)
    sys.stdout.write(f"\n{len(numbers)} x {failure}\n  documents {numbers[:10]}, here {number} of {origin.name}\n")
    sys.stdout.write(f"  {raw[:_SHOWN]!r}\n{trace[-_SHOWN:]}\n")
    sys.stdout.flush()
    if wish.keep is not None:
        wish.keep.mkdir(parents=True, exist_ok=True)
        (wish.keep / f"{wish.seed}-{number}.yaml").write_bytes(raw)


def _fails(raw: bytes, origin: Origin, failure: str) -> bool:
    step, never = failure.partition(":")[0], 1 << 60
    share = Share(
        linted=1 if step == "linted" else never,
        emitted=1 if step == "emitted" else never,
        rendered=1,
        diffed=1 if step == "compared" else never,
    )
    return tried(raw, origin.contract if step == "compared" else None, random.Random(0), share).failure == failure


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="fuzz", description="Nothing but findings comes of wrong documents.")
    parser.add_argument("--documents", type=int, default=100_000, help="how many; 100000")
    parser.add_argument("--seed", type=int, default=1, help="of the random numbers; 1")
    parser.add_argument("--first", type=int, default=0, help="number of the first document; 0")
    parser.add_argument("--minutes", type=float, default=0, help="stop after so many; 0 for never")
    parser.add_argument("--workers", type=int, default=2, help="processes; 2")
    parser.add_argument("--keep", type=Path, help="folder for the documents that fail")
    return parser


if __name__ == "__main__":
    sys.exit(main())
