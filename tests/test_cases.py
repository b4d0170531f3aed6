"""Every folder in `cases/` is a workspace, command lines and what must come of them; see `cases/README.md`."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from apictl.cli.main import main
from tests.cases_imports import Importer
from tests.cases_reading import CASES, SECRET, Case, all_cases, prepared, read_case

_FINDING: Final = re.compile(
    r"^(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning|info): (?P<message>.*)"
    r" \[(?P<rule>[a-z0-9-]+)\]$"
)
_UNLOCATED: Final = re.compile(r"\b(?:error|warning|info): .* \[[a-z0-9-]+\]$")
_NOTES: Final = frozenset({"boolean-word-unquoted", "key-unquoted", "nullable-without-type", "operation-id-missing"})
_LARGE: Final = 10_000_000
_MEMORY: Final = 512 * 1024 * 1024
_LONGEST: Final = 200
_DEPTH: Final = 1000  # Python's own
_connections: list[object] = []


def _watch_connections(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        _connections.append(arguments[1:])


sys.addaudithook(_watch_connections)


def _snapshot(root: Path) -> dict[str, bytes | str]:
    """Return all below *root* but the cache: contents, and where links lead."""
    found: dict[str, bytes | str] = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if name.startswith("workspace/.apictl"):
            continue
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            is_large = path.stat().st_size > _LARGE
            found[name] = f"{path.stat().st_size} bytes" if is_large else path.read_bytes()
        elif not path.is_dir():
            found[name] = "special"
    return found


@pytest.fixture(scope="module", autouse=True)
def _imported() -> None:
    """Import what is imported once a process, so that no case pays for it."""
    import apictl.rules.catalogue  # noqa: PLC0415
    import apictl.workspace.pipeline  # noqa: PLC0415

    apictl.rules.catalogue.pages()


@pytest.fixture(scope="module")
def importer() -> Iterator[Importer]:
    process = Importer()
    yield process
    process.close()


@pytest.fixture(autouse=True)
def temporary(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder for temporary files, in which nothing may be left; a secret stands in the environment."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv("TMPDIR", str(folder))
    monkeypatch.setenv("APICTL_TEST_SECRET", SECRET)
    monkeypatch.setenv("NO_COLOR", "1")
    _connections.clear()
    return folder


@pytest.mark.parametrize(
    "name, number", [(name, number) for name in all_cases() for number in range(len(read_case(name).commands))]
)
def test_case(  # noqa: PLR0917 - fixtures are parameters
    name: str,
    number: int,
    tmp_path: Path,
    temporary: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    importer: Importer,
) -> None:
    case = read_case(name)
    command = case.commands[number]
    workspace = prepared(case, tmp_path)
    before = _snapshot(tmp_path)
    monkeypatch.chdir(workspace)

    with _memory_capped(), _usual_depth():
        started = time.process_time()
        code = main(command)
        spent = time.process_time() - started

    captured = capsys.readouterr()
    _judge_what_holds_for_all(case, code, captured.out + captured.err)
    _judge_findings(case, command, captured.out)
    assert not any(_FINDING.match(line) for line in captured.err.splitlines())
    assert spent <= case.seconds
    assert [each for each in case.says if each not in captured.out + captured.err] == []
    assert [each for each in case.hides if each in captured.out + captured.err] == []
    _judge_tree(case, command, before, _snapshot(tmp_path))
    assert list(temporary.iterdir()) == []
    for distribution in workspace.glob("generated/*/python"):
        assert importer.faults(distribution) == []


@pytest.mark.parametrize("name", [name for name in all_cases() if read_case(name).same_as])
def test_the_same_files_come_of_documents_that_say_the_same(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trees = []
    for each in (name, read_case(name).same_as):
        (tmp_path / each).mkdir()
        workspace = prepared(read_case(each), tmp_path / each)
        monkeypatch.chdir(workspace)
        assert main(["generate"]) == 0
        trees.append(_snapshot(workspace / "generated"))

    assert trees[0]
    assert trees[0] == trees[1]


@contextmanager
def _memory_capped() -> Iterator[None]:
    """Let this process have half a gigabyte more than it has (D15); what needs more is an error, and fails the case."""
    if sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415 - not everywhere

    before = resource.getrlimit(resource.RLIMIT_AS)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + _MEMORY, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def _usual_depth() -> Iterator[None]:
    """Let calls nest as deeply as in a process of its own: mypy, run by another test, lets them nest deeper."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(_DEPTH)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


def _judge_what_holds_for_all(case: Case, code: int, output: str) -> None:
    assert "Traceback" not in output, output
    assert code == case.exit, output
    assert SECRET not in output
    assert "root:x:" not in output
    assert _connections == []
    for line in output.splitlines():
        match = _FINDING.match(line)
        assert match is None or len(match["message"]) <= _LONGEST, line
        assert len(line) <= 1000


def _judge_findings(case: Case, command: tuple[str, ...], output: str) -> None:
    """Judge that each finding has file, line and column, and that they are those that are expected."""
    lines = output.splitlines()
    found = [match for line in lines if (match := _FINDING.match(line))]
    assert [line for line in lines if _UNLOCATED.search(line) and not _FINDING.match(line)] == []
    if case.findings is not None:
        is_noted = command[0] not in {"diff", "graph"}  # they only tell what keeps them from their work
        expected = tuple(each for each in case.findings if is_noted or each.partition(":")[0] not in _NOTES)
        assert tuple(f"{match['rule']}:{match['line']}" for match in found) == expected
    if case.exit == 1 and "--check" not in command:
        assert "error" in {match["severity"] for match in found}


def _judge_tree(
    case: Case, command: tuple[str, ...], before: dict[str, bytes | str], after: dict[str, bytes | str]
) -> None:
    if case.exit != 0 or case.tree == "unchanged" or command[0] != "generate":
        assert after == before
        return
    assert {name: content for name, content in after.items() if name in before} == before
    new = {name: content for name, content in after.items() if name not in before}
    assert new
    for name, content in new.items():
        assert name.startswith("workspace/generated/"), name
        assert len(os.fsencode(name.rsplit("/", 1)[1])) <= 255
        assert isinstance(content, bytes)
        assert SECRET.encode() not in content
    assert len({name.casefold() for name in new}) == len(new)


def test_every_test_that_the_readme_names_exists(root: Path) -> None:
    named = re.findall(r"`([\w/]+\.py|…)(?:::(\w+)\*?)?`", (CASES / "README.md").read_text("utf-8"))

    assert len(named) > 20
    text = ""
    for path, name in named:
        if path != "…":
            text = (root / "tests" / path.removeprefix("tests/")).read_text("utf-8")
        assert f"def {name}" in text or not name, f"{path}::{name}"
