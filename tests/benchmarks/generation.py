"""Measures `apictl generate` beside its peers on real documents, and checks the bars it set itself.

    python -m tests.benchmarks.generation [--documents petstore,discord,stripe,github] [--json FILE]
        [--peers FOLDER]... [--openapi-generator-jar JAR] [--limit-seconds N]

Run it from the root of the project, on Linux. Every run is a process in a fresh temporary workspace: a full run of
ours with an empty cache, one with nothing to do, one after an edit of one operation and one of the title; then each
peer that is installed beside Python, on PATH or in a folder given with --peers. Each tool runs once on a small
contract first, so that nobody pays for a cold disk or for compiling its modules. What the columns mean: files written
and lines of Python in them; the processor time, the wall time and the highest memory of all processes of the run
together, as `runner.py` measures them. Compare like with like: the second column says what each tool makes. A peer
that exits with 0 may still have left out what it could not do.

The folder of documents is in APICTL_CORPUS. Exit code 0: bars kept; 1: a bar missed, or a run of ours failed; 2: it
could not measure: there are no documents, the system keeps no /proc, or the generator was edited meanwhile.
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

from tests.benchmarks.contenders import OURS, PEERS, ROOT, Contender, found, version
from tests.benchmarks.table import as_json, bars, table
from tests.benchmarks.trials import Document, Row, our_rows, row

DOCUMENTS: Final = {
    "petstore": "openapi/oai-3.0-petstore.yaml",
    "discord": "openapi/discord.json",
    "stripe": "openapi/stripe.yaml",
    "github": "openapi/github.json",
}

_SMALL: Final = """openapi: 3.0.3
info:
  title: Small
  version: "1"
paths:
  /x:
    get:
      operationId: getX
      responses: {"204": {description: done}}
components:
  schemas:
    X: {type: object, properties: {y: {type: string}}}
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what *arguments* ask for, print it, and return the exit code."""
    wish = _parser().parse_args(arguments)
    documents = _documents(wish.documents)
    absent = [str(document.path) for document in documents if not document.path.is_file()]
    if absent or not Path("/proc/self/statm").is_file():
        _note(f"no such document: {', '.join(absent)}: APICTL_CORPUS names their folder" if absent else "no /proc here")
        return 2
    peers = [dataclasses.replace(peer, command=found(peer, wish.peers, jar=wish.jar)) for peer in PEERS]
    _say(_surroundings([OURS, *peers]))
    _warm(peers, limit_seconds=wish.limit_seconds)
    rows: list[Row] = []
    before = sources(ROOT)
    for document in documents:
        new = list(_progress(rows_of(document, peers, limit_seconds=wish.limit_seconds)))
        _say(f"\n{document.name}: {document.path.name}, {document.path.stat().st_size:,} bytes\n\n{table(new)}")
        rows += new
    if sources(ROOT) != before:
        _note("the generator's sources were changed while it was measured: measure again")
        return 2
    return _ending(rows, wish.json)


def sources(root: Path) -> frozenset[tuple[Path, int]]:
    """Return the generator's files below *root* with their times: a change of one empties every cache of ours."""
    files = [path for folder in ("generator", "templates") for path in (root / folder).rglob("*") if path.is_file()]
    return frozenset((path, path.stat().st_mtime_ns) for path in files if "__pycache__" not in path.parts)


def rows_of(document: Document, peers: Sequence[Contender], *, limit_seconds: float) -> Iterator[Row]:
    """Yield what our runs on *document* take, then what each of *peers* takes."""
    yield from our_rows(document, limit_seconds=limit_seconds)
    for peer in peers:
        yield row(peer, document, limit_seconds=limit_seconds)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.generation", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    parser.add_argument("--documents", type=_names, default=list(DOCUMENTS), metavar="NAME,…")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there, too")
    parser.add_argument("--peers", type=Path, action="append", default=[], metavar="FOLDER", help="where commands are")
    parser.add_argument("--openapi-generator-jar", dest="jar", type=Path, metavar="JAR")
    parser.add_argument("--limit-seconds", type=float, default=300.0, metavar="N", help="wall time of one run; 300")
    return parser


def _names(text: str) -> list[str]:
    names = text.split(",")
    if unknown := sorted(set(names) - set(DOCUMENTS)):
        raise argparse.ArgumentTypeError(f"unknown {', '.join(unknown)}, known are {', '.join(DOCUMENTS)}")
    return names


def _documents(names: Sequence[str]) -> list[Document]:
    folder = (ROOT / os.environ.get("APICTL_CORPUS", "../shared/corpus")).resolve()
    return [Document(name, folder / DOCUMENTS[name]) for name in names]


def _surroundings(contenders: Sequence[Contender]) -> str:
    versions = {one.program: version(one) or "of unknown version" for one in contenders if one.command}
    tools = ", ".join(f"{program} {told}" for program, told in versions.items())
    return f"Python {platform.python_version()}, {os.cpu_count()} cores, {tools}"


def _warm(peers: Sequence[Contender], *, limit_seconds: float) -> None:
    with tempfile.TemporaryDirectory(prefix="apictl-benchmark-") as place:
        small = Document("small", Path(place, "small.yaml"))
        small.path.write_text(_SMALL, encoding="utf-8")
        for _ in _progress(rows_of(small, peers, limit_seconds=limit_seconds)):
            pass


def _progress(rows: Iterator[Row]) -> Iterator[Row]:
    for one in rows:
        _note(f"{one.document}: {one.tool}: {'done' if one.measurement else 'not installed'}")
        yield one


def _ending(rows: Sequence[Row], file: Path | None) -> int:
    checked = bars(rows)
    if file is not None:
        judged = [{**dataclasses.asdict(bar), "is_kept": bar.is_kept} for bar in checked]
        file.write_text(json.dumps({"rows": as_json(rows), "bars": judged}, indent=2) + "\n", encoding="utf-8")
    _say("\n" + ("\n".join(bar.text for bar in checked) or "no bar checked: it takes GitHub's document or Stripe's"))
    failed = [one for one in rows if one.makes == OURS.makes and one.measurement and not one.measurement.is_success]
    return 1 if failed or not all(bar.is_kept for bar in checked) else 0


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _note(text: str) -> None:
    sys.stderr.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
