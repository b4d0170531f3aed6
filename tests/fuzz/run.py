"""Reads, lints, emits, draws and compares random wrong documents, and demands that nothing but findings comes of them.

    python -m tests.fuzz.run [--documents 100000] [--seed 1] [--minutes N] [--first 0] [--workers 2] [--keep FOLDER]

Each document is made of the number of its seed and its own number, of a small document of the corpus (both languages)
or a small piece of a larger one: some are made wrong, more are changed and still right, so that they get far, and some
are in several files. A failure is an exception that is no `ApictlError`, more than 10 seconds of processor time, more
than a gigabyte, a finding without line and column or with a message of more than 200 characters. Failures of one kind
are told together, with the smallest document that was found for them. The table says how many came through each storey.
Exit code 1: there are failures; 2: there is no corpus.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from tests.corpus.documents import MISSING
from tests.fuzz.origins import Origin, origins
from tests.fuzz.shrinking import shrunk_files
from tests.fuzz.trial import STOREYS, Company, Share, tried
from tests.fuzz.working import Tally, Worker, document

_SHRINKING: Final = 20.0
_SHOWN: Final = 1500


def main(arguments: Sequence[str] | None = None) -> int:
    """Try what *arguments* ask for, print the failures, and return the exit code."""
    wish = _parser().parse_args(arguments)
    sources = origins()
    if not sources:
        sys.stdout.write(f"{MISSING}\n")
        return 2
    started = time.monotonic()
    tally = _fuzzed(wish)
    took = time.monotonic() - started
    sys.stdout.write(f"{tally.count} documents of {len(sources)} origins, seed {wish.seed}, in {took:.0f} s\n")
    for storey in STOREYS:
        sys.stdout.write(f"  {storey:10}{tally.storeys[storey]:8}\n")
    for failure, numbers in sorted(tally.failures.items(), key=lambda item: -len(item[1])):
        _tell(failure, numbers, sources, wish, tally.traces[failure])
    sys.stdout.write(f"{sum(map(len, tally.failures.values()))} failures of {len(tally.failures)} kinds\n")
    return int(bool(tally.failures))


def _fuzzed(wish: argparse.Namespace) -> Tally:
    tally = Tally()
    numbers = range(wish.first, wish.first + wish.documents)
    workers = [Worker(wish.seed, numbers[start :: wish.workers]) for start in range(min(wish.workers, wish.documents))]
    end = time.monotonic() + wish.minutes * 60 if wish.minutes else None
    told = time.monotonic()
    busy = workers
    while busy and (end is None or time.monotonic() < end):
        busy = [worker for worker in busy if worker.take(tally)]
        if time.monotonic() - told > 60:
            told = time.monotonic()
            sys.stderr.write(f"{tally.count} documents, {len(tally.failures)} kinds of failures\n")
    for worker in workers:
        worker.stop()
    return tally


def _tell(failure: str, numbers: list[int], sources: list[Origin], wish: argparse.Namespace, trace: str) -> None:
    number = min(numbers, key=lambda each: sum(map(len, document(sources, wish.seed, each).files.values())))
    found = document(sources, wish.seed, number)
    files = found.files
    if not failure.startswith("process") and "Slow" not in failure:
        files = shrunk_files(files, lambda each: _fails(each, found.company, failure), _SHRINKING)
    sys.stdout.write(f"\n{len(numbers)} x {failure}\n  documents {numbers[:10]}, here {number} of {found.origin.name}")
    sys.stdout.write(f" beside {found.other.name}\n")
    for path, raw in files.items():
        sys.stdout.write(f"  {path}: {raw[:_SHOWN]!r}\n")
        if wish.keep is not None:
            kept = wish.keep / f"{wish.seed}-{number}" / path
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(raw)
    sys.stdout.write(f"{trace[-_SHOWN:]}\n")
    sys.stdout.flush()


def _fails(files: Mapping[str, bytes], company: Company, failure: str) -> bool:
    share = Share.of(failure.partition(":")[0])
    return tried(files, company, random.Random(0), share).failure == failure


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
