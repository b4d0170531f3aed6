"""Prints what becomes of each real AsyncAPI document.

    python -m tests.corpus.events [--only NAME …] [--keep FOLDER]

A row a document: whether it generates, imports, is `mypy --strict` clean, and passes its own tests in memory. Exit code
1 when a document that generates fails a step, or fewer than 30 generate.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.corpus.documents import MISSING, asyncapi_documents
from tests.corpus.steps import EVENT_STEPS
from tests.corpus.trial import Trial, attempt

LEAST_GENERATED: Final = 30


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.events", description=__doc__.splitlines()[0])
    parser.add_argument("--only", nargs="+", metavar="NAME", help="services, as `spec-slack-rtm`")
    parser.add_argument("--keep", type=Path, help="write the workspaces here and keep them")
    options = parser.parse_args(arguments)
    documents = [one for one in asyncapi_documents() if not options.only or one.service in options.only]
    if not documents:
        sys.stdout.write(f"nothing to try: {MISSING}\n")
        return 2
    trials: list[Trial] = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        for document in documents:
            trials.append(attempt(document, folder / document.service, steps=EVENT_STEPS))
            sys.stdout.write("".join(_row(trials[-1])) + "\n")
            sys.stdout.flush()
    generated = [trial for trial in trials if trial.is_generated]
    failed = [trial for trial in trials if trial.flaws]
    sys.stdout.write(f"{len(generated)} of {len(trials)} documents generate; {len(failed)} fail a step\n")
    return int(bool(failed) or (not options.only and len(generated) < LEAST_GENERATED))


def _row(trial: Trial) -> Iterator[str]:
    yield f"{trial.service:70}"
    if trial.refusals:
        yield f"refused: {trial.refusals[0]}"
        return
    for step in EVENT_STEPS:
        state = "FAILED" if step in trial.flaws else "yes" if step in trial.seconds else "-"
        yield f"{step} {state}  "
    yield from (f"\n    {step}: {flaw}" for step, flaw in trial.flaws.items())


if __name__ == "__main__":
    sys.exit(main())
