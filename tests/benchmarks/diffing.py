"""Measures `apictl diff` beside oasdiff on old and new versions of real documents, and checks the bars it set itself.

    python -m tests.benchmarks.diffing [--pairs github,stripe,…] [--json FILE] [--peers FOLDER]... [--limit-seconds N]

Run it from the root of the project, on Linux. Every run is a process in a fresh temporary folder; oasdiff is taken from
a folder given with --peers, from beside Python, or from PATH. Each tool compares two small contracts first, so that
nobody pays for a cold disk or for compiling its modules. What the columns mean: the processor time, the wall time and
the highest memory of all processes of the run together, as `runner.py` measures them; the exit code, which is 1 when
something breaks; how many changes break somebody, and for how many of them there is a value that shows it (witness),
none is needed (law), or none was found (unproven). The tools count differently: ours tells a cause once, wherever it is
felt, oasdiff once an operation.

`github = github` is a document beside its copy, `github ~ github` the same with other blanks. A document that the
reader refuses is a row that says so, and no failure. The folder of documents is in APICTL_CORPUS. Exit code 0: bars
kept; 1: a bar missed, or a run of ours came to no end; 2: it could not measure: there are no documents, the system
keeps no /proc, or apictl was edited meanwhile.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from tests.benchmarks.contenders import ROOT, version
from tests.benchmarks.diffing_pairs import GITHUB, DocumentPair, corpus_pairs, equal_pairs
from tests.benchmarks.diffing_table import diff_bars, diff_table, proofs_of, share_text
from tests.benchmarks.diffing_trials import OASDIFF, OURS, DiffRow, DiffTool, installed, trial
from tests.benchmarks.generation import sources

_SMALL: Final = """openapi: 3.0.3
info: {title: Small, version: "1"}
paths:
  /x:
    get:
      operationId: getX
      parameters: [{name: y, in: query, schema: {type: integer, maximum: MAXIMUM}}]
      responses: {"204": {description: done}}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what *arguments* ask for, print it, and return the exit code."""
    wish = _parser().parse_args(arguments)
    corpus = (ROOT / os.environ.get("APICTL_CORPUS", "../shared/corpus")).resolve()
    if not (corpus / "manifest.json").is_file() or not Path("/proc/self/statm").is_file():
        _note(f"no documents at {corpus}, APICTL_CORPUS names their folder; or no /proc here")
        return 2
    tools = (OURS, installed(OASDIFF, wish.peers))
    _say(_surroundings(tools))
    with tempfile.TemporaryDirectory(prefix="apictl-benchmark-") as place:
        _warm(tools, Path(place), limit_seconds=wish.limit_seconds)
        pairs = _pairs(corpus, Path(place))
        if unknown := sorted(set(wish.pairs) - {pair.name for pair in pairs}):
            _note(f"no such pair: {', '.join(unknown)}; known are {', '.join(pair.name for pair in pairs)}")
            return 2
        before = sources(ROOT)
        chosen = [pair for pair in pairs if not wish.pairs or pair.name in wish.pairs]
        rows = list(_progress(_rows(chosen, tools, limit_seconds=wish.limit_seconds)))
    code = _ending(rows, wish.json)
    if sources(ROOT) != before:
        _note("apictl was edited while it was measured: measure again")
        return 2
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.diffing", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument(
        "--pairs", type=lambda text: text.split(","), default=[], metavar="NAME,…", help="all if unsaid"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there, too")
    parser.add_argument("--peers", type=Path, action="append", default=[], metavar="FOLDER", help="where oasdiff is")
    parser.add_argument("--limit-seconds", type=float, default=120.0, metavar="N", help="wall time of one run; 120")
    return parser


def _pairs(corpus: Path, folder: Path) -> tuple[DocumentPair, ...]:
    """Return the pairs of *corpus*, then those that are made of its largest document, in *folder*."""
    found = corpus_pairs(corpus)
    made = (equal_pairs(pair.new, folder) for pair in found if pair.name == GITHUB)
    return (*found, *(pair for pairs in made for pair in pairs))


def _surroundings(tools: Sequence[DiffTool]) -> str:
    present = [tool.contender for tool in tools if tool.contender.command]
    versions = [f"{one.program} {version(one) or 'of unknown version'}" for one in present]
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {', '.join(versions)}"


def _warm(tools: Sequence[DiffTool], folder: Path, *, limit_seconds: float) -> None:
    small = DocumentPair("small", folder / "before.yaml", folder / "after.yaml")
    small.old.write_text(_SMALL.replace("MAXIMUM", "9"), encoding="utf-8")
    small.new.write_text(_SMALL.replace("MAXIMUM", "8"), encoding="utf-8")
    for _ in _progress(_rows([small], tools, limit_seconds=limit_seconds)):
        pass


def _rows(pairs: Sequence[DocumentPair], tools: Sequence[DiffTool], *, limit_seconds: float) -> Iterator[DiffRow]:
    for pair in pairs:
        for tool in tools:
            yield trial(tool, pair, limit_seconds=limit_seconds)


def _progress(rows: Iterator[DiffRow]) -> Iterator[DiffRow]:
    for row in rows:
        _note(f"{row.pair}: {row.tool}: {row.end}")
        yield row


def _ending(rows: Sequence[DiffRow], file: Path | None) -> int:
    checked = diff_bars(rows)
    if file is not None:
        judged = [{**dataclasses.asdict(bar), "is_kept": bar.is_kept} for bar in checked]
        content = {"rows": [dataclasses.asdict(row) for row in rows], "bars": judged}
        file.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    _say(f"\n{diff_table(rows)}\n\n{share_text(proofs_of(rows))}")
    _say("\n".join(bar.text for bar in checked) or "no bar checked: none of the pairs asked for has one")
    endless = [row for row in rows if row.tool == OURS.contender.name and row.said is None]
    return 1 if endless or not all(bar.is_kept for bar in checked) else 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _note(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
