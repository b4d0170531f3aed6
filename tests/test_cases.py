"""Every folder in `cases/` is a workspace, a command line and what must come of it; see `cases/README.md`."""

from __future__ import annotations

import os
import re
import shutil
import sys
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import pytest

from apictl.cli.main import main
from tests.cases_imports import Importer
from tests.cases_inputs import INPUTS

_CASES: Final = Path(__file__).parent / "cases"
_FINDING: Final = re.compile(
    r"^(?P<path>[^:]+):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning|info): (?P<message>.*)"
    r" \[(?P<rule>[a-z0-9-]+)\]$"
)
_UNLOCATED: Final = re.compile(r"\b(?:error|warning|info): .* \[[a-z0-9-]+\]$")
_SECRET: Final = "the-secret-that-nobody-may-see"
_LARGE: Final = 10_000_000
_MEMORY: Final = 512 * 1024 * 1024
_connections: list[object] = []


def _watch_connections(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect":
        _connections.append(arguments[1:])


sys.addaudithook(_watch_connections)


@dataclass(frozen=True, slots=True)
class Case:
    """What `case.toml` says.

    Attributes:
        argv: of apictl.
        exit: code expected.
        findings: all errors and warnings expected, as "rule:line" in the order of printing; None for any.
        says: texts that stdout or stderr holds.
        tree: "unchanged" or "written".
        make: names of inputs to be made first, by path.
        seconds: of processor time, at most.
    """

    argv: tuple[str, ...]
    exit: int
    findings: tuple[str, ...] | None
    says: tuple[str, ...]
    tree: str
    make: dict[str, str]
    seconds: float


def _case(folder: Path) -> Case:
    text: dict[str, Any] = tomllib.loads((folder / "case.toml").read_text("utf-8"))
    findings = text.pop("findings", None)
    return Case(
        argv=tuple(text.pop("argv", ["generate"])),
        exit=text.pop("exit"),
        findings=None if findings is None else tuple(findings),
        says=tuple(text.pop("says", ())),
        tree=text.pop("tree", "unchanged"),
        make=text.pop("make", {}),
        seconds=text.pop("seconds", 10.0),
        **text,
    )


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
    import apictl.workspace.pipeline  # noqa: F401, PLC0415


@pytest.fixture(scope="module")
def importer() -> Iterator[Importer]:
    process = Importer()
    yield process
    process.close()


@pytest.mark.parametrize("name", sorted(path.parent.name for path in _CASES.glob("*/case.toml")))
def test_case(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    importer: Importer,
) -> None:
    case = _case(_CASES / name)
    workspace = _workspace(_CASES / name, tmp_path, case)
    before = _snapshot(tmp_path)
    monkeypatch.chdir(workspace)
    monkeypatch.setenv("APICTL_TEST_SECRET", _SECRET)
    monkeypatch.setenv("NO_COLOR", "1")
    _connections.clear()

    with _memory_capped():
        started = time.process_time()
        code = main(case.argv)
        spent = time.process_time() - started

    captured = capsys.readouterr()
    _judge_what_holds_for_all(case, code, captured.out + captured.err)
    _judge_findings(case, captured.out)
    assert spent <= case.seconds
    assert [each for each in case.says if each not in captured.out + captured.err] == []
    _judge_tree(case, before, _snapshot(tmp_path))
    for distribution in workspace.glob("generated/*/python"):
        assert importer.faults(distribution) == []


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


def _workspace(folder: Path, tmp_path: Path, case: Case) -> Path:
    """Return a copy of *folder* with the inputs that are made; what nobody may read lies beside it."""
    workspace = tmp_path / "workspace"
    shutil.copytree(folder, workspace, symlinks=True, ignore=shutil.ignore_patterns("case.toml"))
    (tmp_path / "secret.yaml").write_text(f"{_SECRET}: {{type: string}}\n")
    for path, maker in case.make.items():
        target = workspace / path
        target.parent.mkdir(parents=True, exist_ok=True)
        INPUTS[maker](target)
    return workspace


def _judge_what_holds_for_all(case: Case, code: int, output: str) -> None:
    assert "Traceback" not in output, output
    assert code == case.exit, output
    assert _SECRET not in output
    assert "root:x:" not in output
    assert _connections == []
    for line in output.splitlines():
        match = _FINDING.match(line)
        assert match is None or len(match["message"]) <= 200, line
        assert len(line) <= 1000


def _judge_findings(case: Case, output: str) -> None:
    """Judge that each finding has file, line and column, and that they are those that are expected."""
    lines = output.splitlines()
    found = [match for line in lines if (match := _FINDING.match(line))]
    assert [line for line in lines if _UNLOCATED.search(line) and not _FINDING.match(line)] == []
    if case.findings is not None:
        assert tuple(f"{match['rule']}:{match['line']}" for match in found) == case.findings
    if case.exit == 1 and "--check" not in case.argv:
        assert "error" in {match["severity"] for match in found}


def _judge_tree(case: Case, before: dict[str, bytes | str], after: dict[str, bytes | str]) -> None:
    if case.exit != 0 or case.tree == "unchanged":
        assert after == before
        return
    assert {name: content for name, content in after.items() if name in before} == before
    new = {name: content for name, content in after.items() if name not in before}
    assert new
    for name, content in new.items():
        assert name.startswith("workspace/generated/"), name
        assert len(os.fsencode(name.rsplit("/", 1)[1])) <= 255
        assert isinstance(content, bytes)
        assert _SECRET.encode() not in content
    assert len({name.casefold() for name in new}) == len(new)


def test_every_test_that_the_readme_names_exists(root: Path) -> None:
    named = re.findall(r"`([\w/]+\.py|…)(?:::(\w+)\*?)?`", (_CASES / "README.md").read_text("utf-8"))

    assert len(named) > 20
    text = ""
    for path, name in named:
        if path != "…":
            text = (root / "tests" / path.removeprefix("tests/")).read_text("utf-8")
        assert f"def {name}" in text or not name, f"{path}::{name}"
