"""Measures `apictl lint` beside its peers on real documents, and checks the bars it set itself.

    python -m tests.benchmarks.linting [--documents openai,github,all] [--runs N] [--peers FOLDER]...
                                       [--limit-seconds N]

Run it from the root of the project, on Linux. Every run is a process; `all` is every OpenAPI document of the corpus in
one run of each tool. Ours runs cold, with an empty cache, then again with what that run kept; with --runs it does both
so many times, and the quickest of each counts. Peers are Redocly, Spectral and vacuum, each with the rules that it
recommends, where they are installed: in a folder given with --peers, beside Python, or on PATH. Each tool runs on a
small contract first, so that nobody pays for a cold disk or for compiling its modules. The time, processor time and
memory are of all processes of a run, as `runner.py` measures them; an exit code that says "there are findings" is a
success. The end is a line for each bar: kept, missed, or not measured.

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
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from tests.benchmarks.contenders import CONTRACT, ROOT, Contender, found, version
from tests.benchmarks.contenders import OURS as GENERATOR
from tests.benchmarks.measuring import Measurement, measure

OURS: Final = dataclasses.replace(
    GENERATOR,
    name="apictl lint",
    makes="findings",
    arguments=("lint", CONTRACT),
    variables=(("PYTHONPATH", str(ROOT / "generator")),),
)
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
        if not task.paths:
            sys.stderr.write(f"no document {task.name!r} at {corpus}\n")
            return 2
        for run in _runs(task, present, limit_seconds=wish.limit_seconds, times=wish.runs):
            rows.append(run)
            _say(_line(run))
    _say("")
    for line in _judgements(rows):
        _say(line)
    return 0 if all(_is_kept(run) for run in rows) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.linting", description=__doc__)
    parser.formatter_class = argparse.RawDescriptionHelpFormatter
    names = "openai,github,all"
    parser.add_argument("--documents", type=lambda text: text.split(","), default=names.split(","), metavar="NAME,…")
    parser.add_argument("--runs", type=int, default=1, metavar="N", help="of which the quickest counts; 1")
    parser.add_argument("--peers", type=Path, action="append", default=[], metavar="FOLDER", help="where peers are")
    parser.add_argument("--limit-seconds", type=float, default=300.0, metavar="N", help="wall time of one run; 300")
    return parser


def _tasks(corpus: Path, names: Sequence[str]) -> Iterator[Task]:
    documents = sorted(path for path in corpus.iterdir() if path.suffix in {".json", ".yaml", ".yml"})
    for name in names:
        paths = documents if name == "all" else [path for path in documents if path.stem == name]
        yield Task(name, tuple(paths))


def _runs(task: Task, tools: Sequence[Contender], *, limit_seconds: float, times: int) -> Iterator[Run]:
    for tool in tools:
        with tempfile.TemporaryDirectory(prefix="apictl-benchmark-") as place:
            folder = Path(place)
            (folder / "ruleset.yaml").write_text(_RULESET, encoding="utf-8")
            (folder / "small.yaml").write_text(_SMALL, encoding="utf-8")
            for path in task.paths:
                (folder / path.name).write_bytes(path.read_bytes())
            if tool is OURS:
                both = [_cold_and_again(task, folder, limit_seconds=limit_seconds) for _ in range(times)]
                yield _quickest(cold for cold, _ in both)
                yield _quickest(again for _, again in both)
            else:
                _measured(tool, ["small.yaml"], folder, limit_seconds=limit_seconds)
                yield Run(task.name, tool.name, _measured(tool, _names(task), folder, limit_seconds=limit_seconds))


def _cold_and_again(task: Task, folder: Path, *, limit_seconds: float) -> tuple[Run, Run]:
    """Return what a run of ours takes that finds nothing in its cache, and what the next one takes."""
    with tempfile.TemporaryDirectory(prefix="apictl-benchmark-cache-") as cache:
        tool = dataclasses.replace(OURS, variables=(*OURS.variables, ("APICTL_CACHE", cache)))
        _measured(tool, ["small.yaml"], folder, limit_seconds=limit_seconds)
        cold = _measured(tool, _names(task), folder, limit_seconds=limit_seconds)
        again = _measured(tool, _names(task), folder, limit_seconds=limit_seconds)
    return Run(task.name, OURS.name, cold), Run(task.name, CACHED, again)


def _quickest(runs: Iterable[Run]) -> Run:
    """Return the quickest of *runs*; one that failed, if any did."""
    return min(runs, key=lambda run: (run.took.code in _FINISHED, run.took.wall_seconds))


def _names(task: Task) -> list[str]:
    return [path.name for path in task.paths]


def _measured(tool: Contender, names: Sequence[str], folder: Path, *, limit_seconds: float) -> Measurement:
    arguments = [each for argument in tool.arguments for each in (names if argument == CONTRACT else [argument])]
    command = [*tool.command, *arguments]
    return measure(command, folder, environment=tool.environment(), limit_seconds=limit_seconds)


def _is_kept(run: Run) -> bool:
    if run.tool not in {OURS.name, CACHED}:
        return True
    return run.took.code in _FINISHED and run.took.wall_seconds <= BARS.get((run.task, run.tool), float("inf"))


def _judgements(runs: Sequence[Run]) -> Iterator[str]:
    """Yield what became of each bar, then of runs of ours that failed without one."""
    found = {(run.task, run.tool): run for run in runs}
    for (task, tool), most in BARS.items():
        run = found.pop((task, tool), None)
        state = "not measured" if run is None else f"kept, {run.took.wall_seconds:.2f} s" if _is_kept(run) else "MISSED"
        yield f"{task}: {tool}, under {most:g} s: {state}"
    for run in found.values():
        if not _is_kept(run):
            yield f"{run.task}: {run.tool}: FAILED"


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
