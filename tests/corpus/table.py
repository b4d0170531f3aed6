"""Prints what becomes of each real OpenAPI document.

    python -m tests.corpus.table [--only NAME …] [--steps STEP …] [--jobs N] [--markdown]
                                 [--keep FOLDER [--again | --latest]]

A row a document: whether it generates, imports, is clean under `mypy --strict` and under pyright (as it is set by
default), whether the arguments of each call made with the generated client reach the handler of the generated server as
equal values, and whether its stub passes its own contract tests, webhooks and callbacks included, for three seeds.
Where no request tells some operations apart, no server can be made, and what is tried is the client for a service that
others run, as the refusal offers.
With `--keep` a run that was stopped goes on where it was: a step whose input is what it was is not taken again.
Exit code 1 when a document that generates fails a step, or fewer than 38 documents generate.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Final

from tests.corpus.documents import FIXTURES, MISSING, CorpusDocument, Fixture, openapi_documents, swagger_documents
from tests.corpus.outcomes import Memory
from tests.corpus.steps import SEEDS, STEPS
from tests.corpus.trial import Trial, attempt

LEAST_GENERATED: Final = 38
_COLUMNS: Final = ("operations", "models", *STEPS, "seconds")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return the exit code."""
    options = _options(arguments)
    documents: list[CorpusDocument | Fixture] = [*openapi_documents(), *swagger_documents(), *FIXTURES]
    documents = [one for one in documents if not options.only or one.service in options.only]
    if not documents or not openapi_documents():
        sys.stdout.write(f"nothing to try: {MISSING}\n")
        return 2
    write = _write_markdown if options.markdown else _write
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        trials: list[Trial] = []
        write("document", *_COLUMNS)
        if options.markdown:
            write("---", *("---:" for _ in _COLUMNS))
        with ThreadPoolExecutor(options.jobs) as pool:
            tried = partial(_tried, folder=folder, options=options)
            for trial in pool.map(tried, documents):
                trials.append(trial)
                write(trial.service, *_row(trial))
    sys.stdout.write("\n".join(_summary(trials)) + "\n")
    generated = [trial for trial in trials if trial.is_generated]
    is_poor = not options.only and len(generated) < LEAST_GENERATED
    return int(is_poor or any(trial.flaws for trial in trials))


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.table", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", nargs="+", metavar="NAME", help="services, as `github-22-0-0`")
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS, help="`generate` is always taken")
    parser.add_argument("--jobs", type=int, default=2, help="documents at a time")
    parser.add_argument("--keep", type=Path, help="keep workspaces, outcomes and what was said here, and go on there")
    parser.add_argument("--again", action="store_true", help="take every step again, whatever is kept")
    parser.add_argument("--latest", action="store_true", help="try nothing, print what --keep has, however old it is")
    parser.add_argument("--markdown", action="store_true", help="a table for CONTRIBUTING")
    return parser.parse_args(arguments)


def _tried(document: CorpusDocument | Fixture, *, folder: Path, options: argparse.Namespace) -> Trial:
    own = folder.resolve() / document.service
    own.mkdir(parents=True, exist_ok=True)
    memory = Memory(own / "outcomes.json")
    steps = [step for step in STEPS if step in {"generate", *options.steps}]
    if options.latest:
        known = memory.latest()
        return Trial(document.service, {step: known[step] for step in steps if step in known})
    if options.again:
        memory.forget()
    return attempt(document, own, steps=steps, memory=memory)


def _row(trial: Trial) -> Iterator[str]:
    if not trial.is_generated:
        cell = "refused" if trial.refusals else _cell(trial, "generate")
        yield from ("-", "-", cell, *("-" for _ in STEPS[1:]), f"{sum(trial.seconds.values()):.0f}")
        return
    yield str(trial.figure("generate", "operations"))
    yield str(trial.figure("generate", "models"))
    yield from (_cell(trial, step) for step in STEPS)
    yield f"{sum(trial.seconds.values()):.0f}"


def _cell(trial: Trial, step: str) -> str:
    outcome = trial.outcomes.get(step)
    if outcome is None:
        return "-"
    count = outcome.figures.get("failed", 0) + outcome.figures.get("error", 0) + outcome.figures.get("errors", 0)
    if outcome.flaw:
        return f"{count or ''} FAILED".strip()
    if step == "generate" and trial.is_for_clients:
        return "client"
    counted = {"round trip": "called", **dict.fromkeys(SEEDS, "passed")}.get(step)
    return "yes" if counted is None else str(outcome.figures.get(counted, 0))


def _write(name: str, *cells: str) -> None:
    sys.stdout.write(f"{name:34}" + "".join(f"{cell:>12}" for cell in cells) + "\n")
    sys.stdout.flush()


def _write_markdown(*cells: str) -> None:
    sys.stdout.write(f"| {' | '.join(cells)} |\n")
    sys.stdout.flush()


def _summary(trials: Sequence[Trial]) -> Iterator[str]:
    yield ""
    for trial in trials:
        yield from (f"{trial.service}: {refusal}" for refusal in trial.refusals[:3])
        yield from (f"{trial.service}: nobody can call {impossible}" for impossible in trial.impossible)
        yield from (f"{trial.service}: {step}: {flaw}" for step, flaw in trial.flaws.items())
    generated = [trial for trial in trials if trial.is_generated]
    failed = [trial for trial in trials if trial.flaws]
    operations = sum(trial.operations for trial in generated)
    counted = f"{len(generated)} of {len(trials)} documents generate, {operations} operations called"
    yield f"{counted}; {len(failed)} fail a step"


if __name__ == "__main__":
    sys.exit(main())
