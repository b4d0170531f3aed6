"""Makes documents with one defect each, and tells whether apictl finds it, where, and how much it says.

    python -m tests.mutants.run [--count 300] [--seed 1] [--kinds cut,…] [--rules minimal] [--show 5]

Real documents of the corpus in both languages, up to a megabyte, get one defect of one kind: the text is edited, so
that the line of the defect is certain. A line tells each kind: how many were found at the right line, and how many
findings the most talkative ones led to, beyond those of the document as it was. Exit code 1: fewer than 97 in 100 at
the right line, a median of more than one finding, or a 95th percentile of more than three; 2: there are no documents.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from apictl.findings import Finding, is_refused
from apictl.readers.read import read
from apictl.rules.lint.catalogue import lint_rules
from apictl.rules.lint.judging import Judge
from apictl.rules.lint.scope import Scope
from apictl.rules.lint.selection import selection
from apictl.source.library import Library
from apictl.workspace.locating import located
from tests.corpus.documents import MISSING, CorpusDocument, asyncapi_documents, openapi_documents
from tests.mutants.defects import Mutant
from tests.mutants.kinds import KINDS
from tests.mutants.places import Text, text_of

_LARGEST: Final = 1_000_000
_RIGHT: Final = 0.97
_MEDIAN: Final = 1
_MOST: Final = 3
_TRIES: Final = 60


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and what is said about it.

    Attributes:
        kind: of the defect.
        document: that it was put into.
        lines: where it is.
        findings: beyond those of the document as it was.
    """

    kind: str
    document: str
    lines: frozenset[int]
    findings: tuple[Finding, ...]

    @property
    def is_right(self) -> bool:
        """Whether a finding is at one of the lines."""
        return any(finding.place.line in self.lines for finding in self.findings)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which mutants are to be made.

    Attributes:
        kinds: of defects; all when empty.
        largest: documents that are taken, in bytes.
        rules: name of the set of rules of `apictl lint` that they are judged by.
    """

    kinds: tuple[str, ...] = ()
    largest: int = _LARGEST
    rules: str = "recommended"


def trials(count: int, seed: int, wish: Wish) -> Iterator[Trial]:
    """Yield *count* mutants of all kinds by turns, as *seed* chooses them."""
    chance = random.Random(seed)
    texts = _Texts(wish.largest, wish.rules)
    wanted = wish.kinds or tuple(KINDS)
    for number in range(count):
        kind = wanted[number % len(wanted)]
        found = _mutant(kind, texts, chance)
        if found is not None:
            text, mutant = found
            said = Counter(map(_identity, texts.said(text)))
            beyond = [each for each in texts.findings(text.name, mutant.text) if not _is_taken(each, said)]
            yield Trial(kind, text.name, mutant.lines, tuple(beyond))


def _mutant(kind: str, texts: _Texts, chance: random.Random) -> tuple[Text, Mutant] | None:
    for _ in range(_TRIES):
        text = texts.any(chance)
        mutant = KINDS[kind](text, chance) if text else None
        if text is not None and mutant is not None and mutant.text != text.text:
            return text, mutant
    return None


class _Texts:
    """The sound documents of the corpus, each read once."""

    def __init__(self, largest: int, rules: str) -> None:
        self._selection = selection([rules], lint_rules(), {})
        asked = [rule for rule in self._selection.rules if not rule.is_about_callers]
        self._judge = Judge(asked, self._selection.severities)
        documents = [*openapi_documents(largest), *asyncapi_documents()]
        self._documents = [each for each in documents if each.size <= largest]
        self._texts: dict[str, Text | None] = {}
        self._said: dict[str, tuple[Finding, ...]] = {}

    def any(self, chance: random.Random) -> Text | None:
        """Return one of them; None when the one that was drawn is not sound."""
        # Both languages as often as each other.
        language = chance.choice(["openapi", "asyncapi"])
        document = chance.choice([each for each in self._documents if each.kind == language])
        if document.file not in self._texts:
            self._texts[document.file] = self._sound(document)
        return self._texts[document.file]

    def said(self, text: Text) -> tuple[Finding, ...]:
        """Return what is said about *text* as it is."""
        return self._said[text.name]

    def _sound(self, document: CorpusDocument) -> Text | None:
        text = text_of(document.file, document.path.read_bytes())
        if text is None:
            return None
        self._said[text.name] = self.findings(text.name, text.text)
        return None if is_refused(self._said[text.name]) else text

    def findings(self, name: str, text: str) -> tuple[Finding, ...]:
        """Return what is said about *text*, a document called *name*."""
        library = Library(lambda _: text.encode())
        reading = read(library, name, service="mutant")
        found = [*reading.findings]
        if reading.parts is not None:
            found += self._judge.findings(Scope(reading.parts, reading.contract))
        weighed = (self._selection.weighed(each) for each in found)
        return tuple(located(each, library) for each in weighed if each is not None)


def _identity(finding: Finding) -> tuple[str, str]:
    return finding.rule, finding.place.pointer


def _is_taken(finding: Finding, said: Counter[tuple[str, str]]) -> bool:
    """Whether *finding* was said of the document as it was; each time counts once."""
    said[_identity(finding)] -= 1
    return said[_identity(finding)] >= 0


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what *arguments* ask for, and return the exit code."""
    wish = _parser().parse_args(arguments)
    if not openapi_documents():
        sys.stdout.write(f"{MISSING}\n")
        return 2
    kinds = tuple(filter(None, wish.kinds.split(",")))
    found = list(trials(wish.count, wish.seed, Wish(kinds, rules=wish.rules)))
    for trial in [each for each in found if not each.is_right or len(each.findings) > _MOST][: wish.show]:
        sys.stdout.write(f"{trial.kind} in {trial.document}, line {sorted(trial.lines)[:9]}:\n")
        for each in trial.findings[:4]:
            sys.stdout.write(f"    {each.place.line}:{each.place.column}: {each.message} [{each.rule}]\n")
    for kind in dict.fromkeys(each.kind for each in found):
        sys.stdout.write(_line(kind, [each for each in found if each.kind == kind]))
    sys.stdout.write(_line("all", found))
    return 0 if is_good(found) else 1


def is_good(found: Sequence[Trial]) -> bool:
    """Whether *found* are told as they should be."""
    counts = sorted(len(each.findings) for each in found)
    return (
        sum(each.is_right for each in found) >= _RIGHT * len(found)
        and statistics.median(counts) <= _MEDIAN
        and _percentile(counts) <= _MOST
    )


def _line(name: str, found: Sequence[Trial]) -> str:
    counts = sorted(len(each.findings) for each in found)
    right = sum(each.is_right for each in found)
    told = f"findings: median {statistics.median(counts):g}, 95th percentile {_percentile(counts)}, most {counts[-1]}"
    return f"{name:<32} right line {right:>4} of {len(found):>4}   {told}\n"


def _percentile(counts: Sequence[int]) -> int:
    return counts[min(len(counts) - 1, int(0.95 * len(counts)))]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="mutants", description="One defect is told at its line, and told once.")
    parser.add_argument("--count", type=int, default=300, help="how many; 300")
    parser.add_argument("--seed", type=int, default=1, help="chooses documents and places; 1")
    parser.add_argument("--kinds", default="", help=f"of {', '.join(KINDS)}; all")
    parser.add_argument("--rules", default="recommended", help="set of rules that they are judged by; recommended")
    parser.add_argument("--show", type=int, default=20, help="most mutants that are shown because they went wrong; 20")
    return parser


if __name__ == "__main__":
    sys.exit(main())
