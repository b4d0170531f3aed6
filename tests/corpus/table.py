"""Prints what becomes of each real OpenAPI document.

    python -m tests.corpus.table [--only NAME …] [--jobs N] [--keep FOLDER]

A row a document: whether it generates, imports, is `mypy --strict` clean, whether the arguments of each call made with
the generated client reach the handler of the generated server as equal values, whether its contract tests collect, and
whether its webhooks and callbacks, where it has any, are received as they are sent.
Exit code 1 when a document that generates fails a step, or fewer than 38 documents generate.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from tests.corpus.documents import MISSING, CorpusDocument, openapi_documents, swagger_documents
from tests.corpus.trial import STEPS, Trial, attempt

LEAST_GENERATED: Final = 38


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.table", description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", metavar="NAME", help="services, as `github-22-0-0`")
    parser.add_argument("--jobs", type=int, default=2, help="documents at a time")
    parser.add_argument("--keep", type=Path, help="write the workspaces here and keep them")
    options = parser.parse_args(arguments)
    documents = [*openapi_documents(), *swagger_documents()]
    documents = [one for one in documents if not options.only or one.service in options.only]
    if not documents:
        sys.stdout.write(f"nothing to try: {MISSING}\n")
        return 2
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        trials: list[Trial] = []
        _write("document", *STEPS, "operations", "seconds")
        for trial in _trials(documents, folder, options.jobs):
            trials.append(trial)
            _write(*_row(trial))
    return _summed_up(trials, is_whole=not options.only)


def _trials(documents: Sequence[CorpusDocument], folder: Path, jobs: int) -> Iterator[Trial]:
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(lambda document: attempt(document, folder / document.service), documents)


def _row(trial: Trial) -> Iterator[str]:
    yield trial.service
    for step in STEPS:
        if trial.refusals:
            yield "refused" if step == "generate" else "-"
        elif step in trial.flaws:
            yield "FAILED"
        else:
            yield "yes" if step in trial.seconds else "-"
    yield str(trial.operations)
    yield f"{sum(trial.seconds.values()):.0f}"


def _write(name: str, *cells: str) -> None:
    sys.stdout.write(f"{name:34}" + "".join(f"{cell:>12}" for cell in cells) + "\n")
    sys.stdout.flush()


def _summed_up(trials: Sequence[Trial], *, is_whole: bool) -> int:
    generated = [trial for trial in trials if trial.is_generated]
    failed = [trial for trial in trials if trial.flaws]
    for trial in trials:
        for refusal in trial.refusals[:3]:
            sys.stdout.write(f"{trial.service}: {refusal}\n")
        for impossible in trial.impossible:
            sys.stdout.write(f"{trial.service}: nobody can call {impossible}\n")
        for step, flaw in trial.flaws.items():
            sys.stdout.write(f"{trial.service}: {step}: {flaw}\n")
    operations = sum(trial.operations for trial in generated)
    counted = f"{len(generated)} of {len(trials)} documents generate, {operations} operations called"
    sys.stdout.write(f"{counted}; {len(failed)} fail a step\n")
    return int(bool(failed) or (is_whole and len(generated) < LEAST_GENERATED))


if __name__ == "__main__":
    sys.exit(main())
