"""Rewrites real documents in ways that change nothing, and demands that `apictl diff` says nothing.

    python -m tests.diff.rewrites [--documents figma,…] [--rewrites inlined,…] [--seed N] [--show N] [--keep FOLDER]

A document is compared with itself, with what its references lead to put in their place, with its objects moved to the
components, with each `allOf` merged, in another order, in OpenAPI 3.1 instead of 3.0, with null said otherwise, with
its components renamed, and with parameters moved between paths and operations; when it is asked for, with all of that
`together`. Where that would make a document grow without end, the seed chooses the places. One line tells the places,
the changes found and the seconds it took to read and to compare. Documents that are refused are said to be. Exit code
1: a change was found, or the rewritten document is refused; 2: there are no documents.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from apictl.contract.contract import Contract
from apictl.diff.changes import Change
from apictl.findings import Severity
from apictl.readers.read import read
from apictl.rules.dials import Dials
from apictl.rules.walk import changes
from apictl.source.library import Library
from tests.corpus.documents import MISSING, CorpusDocument, openapi_documents
from tests.diff.rewriting.catalogue import EACH, REWRITES
from tests.diff.rewriting.document import Tree

_NAME: Final = "openapi.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a document and one rewriting of it.

    Attributes:
        document: relative to the corpus.
        rewrite: by name.
        places: that were rewritten; None when the rewrite can't be done to such a document.
        changes: that were found; none is right.
        refused: why the rewritten document is refused; "" when it is read.
        seconds: to read and to compare.
    """

    document: str
    rewrite: str
    places: int | None = None
    changes: tuple[Change, ...] = ()
    refused: str = ""
    seconds: float = 0.0

    @property
    def is_right(self) -> bool:
        """Whether nothing is said."""
        return not self.changes and not self.refused

    def __str__(self) -> str:
        """One line of the table."""
        places = "does not apply" if self.places is None else f"{self.places:,} places"
        told = f"REFUSED {self.refused}" if self.refused else f"{len(self.changes)} changes"
        return f"{self.document:<44} {self.rewrite:<10} {places:>15} {told:>12} {self.seconds:8.1f} s"


@dataclass(frozen=True, slots=True)
class Original:
    """A document as it is.

    Attributes:
        document: where it is.
        contract: that it holds.
        text: its tree as JSON.
    """

    document: CorpusDocument
    contract: Contract
    text: str


def original(document: CorpusDocument) -> Original | None:
    """Return what is in *document*; None when it is refused."""
    library = Library(lambda _: document.path.read_bytes())
    contract = read(library, document.path.name, service="old").contract
    tree = library.document(document.path.name)
    return None if contract is None or tree is None else Original(document, contract, json.dumps(tree.tree))


def outcomes(one: Original, rewrites: Sequence[str], seed: int, keep: Path | None = None) -> Iterator[Outcome]:
    """Yield what becomes of *one* document and each of *rewrites*; *keep* is a folder for what is compared with it."""
    name = one.document.file
    for rewrite in rewrites:
        copied: Tree = json.loads(one.text)
        places = REWRITES[rewrite](copied, Random(f"{seed} {name} {rewrite}"))
        if places is None:
            yield Outcome(name, rewrite)
            continue
        rewritten = json.dumps(copied).encode()
        if keep is not None:
            (keep / f"{one.document.service}-{rewrite}.json").write_bytes(rewritten)
        yield compared(one.contract, rewritten, Outcome(name, rewrite, places))


def compared(old: Contract, rewritten: bytes, outcome: Outcome) -> Outcome:
    """Return *outcome* with what is found between *old* and the *rewritten* document."""
    begin = time.perf_counter()
    reading = read(Library(lambda _: rewritten), _NAME, service="new")
    refused = next((each for each in reading.findings if each.severity is Severity.ERROR), None)
    found = () if reading.contract is None else changes(old, reading.contract, Dials())
    return Outcome(
        outcome.document,
        outcome.rewrite,
        outcome.places,
        found,
        "" if refused is None else f"{refused.place.pointer}: {refused.message} [{refused.rule}]",
        time.perf_counter() - begin,
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what *arguments* ask for, and return the exit code."""
    wish = _parser().parse_args(arguments)
    found = [each for each in openapi_documents() if not wish.documents or _is_meant(each, wish.documents)]
    if not found:
        print(MISSING)  # noqa: T201 - a script
        return 2
    every: list[Outcome] = []
    refused = 0
    for document in found:
        one = original(document)
        if one is None:
            refused += 1
            print(f"{document.file:<44} refused", flush=True)  # noqa: T201
            continue
        for outcome in outcomes(one, wish.rewrites or tuple(EACH), wish.seed, wish.keep):
            every.append(outcome)
            print(outcome, flush=True)  # noqa: T201
            for change in outcome.changes[: wish.show]:
                print(f"    {change.rule} {change.effect.value} {change.new.pointer}: {change.message}")  # noqa: T201
    for line in _summary(every, refused):
        print(line)  # noqa: T201
    return int(any(not outcome.is_right for outcome in every))


def _summary(every: list[Outcome], refused: int) -> Iterator[str]:
    done = [outcome for outcome in every if outcome.places is not None]
    wrong = [outcome for outcome in done if not outcome.is_right]
    places = sum(outcome.places or 0 for outcome in done)
    yield f"{len(done)} rewritten documents, {places:,} places: {len(done) - len(wrong)} silent, {len(wrong)} not"
    yield f"{len(every) - len(done)} rewrites do not apply to their documents; refused documents: {refused}"
    kinds = Counter((outcome.rewrite, change.rule) for outcome in wrong for change in outcome.changes)
    for (rewrite, rule), count in kinds.most_common():
        yield f"    {rewrite}: {rule} {count}"


def _is_meant(document: CorpusDocument, names: Sequence[str]) -> bool:
    return any(name in document.file for name in names)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="rewrites", description="Rewritings that change nothing must be silent.")
    parser.add_argument("--documents", type=_names, default=(), help="parts of file names, by commas; all")
    parser.add_argument("--rewrites", type=_names, default=(), help=f"of {','.join(REWRITES)}; all but the last")
    parser.add_argument("--seed", type=int, default=1, help="chooses places and orders; 1")
    parser.add_argument("--show", type=int, default=5, help="most changes that are printed a line; 5")
    parser.add_argument("--keep", type=Path, help="folder for the rewritten documents")
    return parser


def _names(text: str) -> tuple[str, ...]:
    return tuple(filter(None, text.split(",")))


if __name__ == "__main__":
    sys.exit(main())
