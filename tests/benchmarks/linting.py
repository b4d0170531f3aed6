"""Measures `apictl lint` beside its peers on real documents, and checks the bars it set itself.

    python -m tests.benchmarks.linting [--documents openai,github,all] [--peers FOLDER]... [--limit-seconds N]

Run it from the root of the project, on Linux. Every run is a process; `all` is every OpenAPI document of the corpus in
one run of each tool. Ours runs cold (no cache), then again with what the first run kept. Peers are Redocly, Spectral
and vacuum, each with the rules that it recommends, where they are installed: in a folder given with --peers, beside
Python, or on PATH. Each tool runs on a small contract first, so that nobody pays for a cold disk or for compiling its
modules. The time, processor time and memory are of all processes of a run, as `runner.py` measures them; an exit code
that says "there are findings" is a success.

The folder of documents is in APICTL_CORPUS. Exit code 0: bars kept; 1: a bar missed, or a run of ours came to no end;
2: it could not measure.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.benchmarks.contenders import CONTRACT, ROOT, Contender, found, version
from tests.benchmarks.contenders import OURS as GENERATOR
from tests.benchmarks.measuring import Measurement, measure

OURS: Final = dataclasses.replace(GENERATOR, name="apictl lint", makes="findings", arguments=("lint", CONTRACT))
CACHED: Final = "apictl lint, again"
PEERS: Final = (
    Contender("redocly", "findings", "redocly", ("lint", CONTRACT, "--extends", "recommended", "--format", "summary")),
    Contender("spectral", "findings", "spectral", ("lint", CONTRACT, "--ruleset", "ruleset.yaml", "--quiet")),
    Contender("vacuum", "findings", "vacuum", ("lint", CONTRACT, "--silent"), version_arguments=("version",)),
)
_RULESET: Final = "extends: ['spectral:oas', 'spectral:asyncapi']\n"
_SMALL: Final = "openapi: 3.0.3\ninfo: {title: Small, version: '1'}\npaths: {}\n"
_FINISHED: Final = frozenset({0, 1})
_HARDLY: Final = 0.01


@dataclass(frozen=True, slots=True)
class Task:
    """Documents that are linted in one run."""

    name: str
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What a tool took for a task."""

    task: str
    tool: str
    took: Measurement


BARS: Final[Mapping[tuple[str, str], float]] = MappingProxyType(
    {
        ("openai", OURS.name): 2.0,
        ("openai", CACHED): 0.3,
        ("github", OURS.name): 5.0,
        ("all", OURS.name): 15.0,
    }
)
"""Most wall seconds by task and tool."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what *arguments* ask for, print it, and return the exit code."""
    wish = _parser().parse_args(arguments)
    corpus = (ROOT / os.environ.get("APICTL_CORPUS", "../shared/corpus")).resolve() / "openapi"
    if not corpus.is_dir() or not Path("/proc/self/statm").is_file():
        sys.stderr.write(f"no documents at {corpus}, APICTL_CORPUS names their folder; or no /proc here\n")
        return 2
    tools = [OURS, *(dataclasses.replace(peer, command=found(peer, wish.peers, jar=None)) for peer in PEERS)]
    present = [tool for tool in tools if tool.command]
    versions = ", ".join(f"{tool.name} {version(tool) or 'of unknown version'}" for tool in present)
    _say(f"Python {platform.python_version()}, {os.cpu_count()} cores, {versions}\n")
    rows: list[Run] = []
    for task in _tasks(corpus, wish.documents):
        for run in _runs(task, present, limit_seconds=wish.limit_seconds):
            rows.append(run)
            _say(_line(run))
    missed = [run for run in rows if not _is_kept(run)]
    _say(f"\n{len(missed)} of our runs missed a bar or failed")
    return 1 if missed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.linting", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    names = "openai,github,all"
    parser.add_argument("--documents", type=lambda text: text.split(","), default=names.split(","), metavar="NAME,…")
    parser.add_argument("--peers", type=Path, action="append", default=[], metavar="FOLDER", help="where peers are")
    parser.add_argument("--limit-seconds", type=float, default=300.0, metavar="N", help="wall time of one run; 300")
    return parser


def _tasks(corpus: Path, names: Sequence[str]) -> Iterator[Task]:
    documents = sorted(path for path in corpus.iterdir() if path.suffix in {".json", ".yaml", ".yml"})
    for name in names:
        paths = documents if name == "all" else [path for path in documents if path.stem == name]
        yield Task(name, tuple(paths))


def _runs(task: Task, tools: Sequence[Contender], *, limit_seconds: float) -> Iterator[Run]:
    for tool in tools:
        with tempfile.TemporaryDirectory(prefix="apictl-benchmark-") as place:
            folder = Path(place)
            (folder / "ruleset.yaml").write_text(_RULESET, encoding="utf-8")
            (folder / "small.yaml").write_text(_SMALL, encoding="utf-8")
            for path in task.paths:
                (folder / path.name).write_bytes(path.read_bytes())
            _measured(tool, ["small.yaml"], folder, limit_seconds=limit_seconds)
            names = [path.name for path in task.paths]
            yield Run(task.name, tool.name, _measured(tool, names, folder, limit_seconds=limit_seconds))
            if tool is OURS:
                yield Run(task.name, CACHED, _measured(tool, names, folder, limit_seconds=limit_seconds))


def _measured(tool: Contender, names: Sequence[str], folder: Path, *, limit_seconds: float) -> Measurement:
    arguments = [each for argument in tool.arguments for each in (names if argument == CONTRACT else [argument])]
    command = [*tool.command, *arguments]
    return measure(command, folder, environment=tool.environment(), limit_seconds=limit_seconds)


def _is_kept(run: Run) -> bool:
    if run.tool not in {OURS.name, CACHED}:
        return True
    return run.took.code in _FINISHED and run.took.wall_seconds <= BARS.get((run.task, run.tool), float("inf"))


def _line(run: Run) -> str:
    took = run.took
    if took.code not in _FINISHED or took.wall_seconds < _HARDLY:
        return f"{run.task:8} {run.tool:20} {took.reason}"
    figures = f"{took.wall_seconds:7.2f} s {took.cpu_seconds:7.2f} CPU s {took.peak_bytes / 1e9:5.2f} GB"
    bar = BARS.get((run.task, run.tool))
    judged = "" if bar is None else f"  bar {bar:g} s: {'kept' if took.wall_seconds <= bar else 'MISSED'}"
    return f"{run.task:8} {run.tool:20} {figures}{judged}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
