"""Every folder in `cases/` is a workspace, command lines and what must come of them; see `cases/README.md`."""

from __future__ import annotations

import ast
import dataclasses
import fnmatch
import functools
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
import typer.main

from apictl.cli.main import main
from tests.cases_imports import Importer
from tests.cases_judging import judge_errors, judge_findings, judge_output, judge_tree, snapshot
from tests.cases_process import limits
from tests.cases_reading import CASES, SECRET, Case, Command, all_cases, made, prepared, read_case

_PLAIN: Final = frozenset({"plain", "plain-events"})
"""Sound contracts: what others are compared with."""
_NUMBERED: Final = [(name, number) for name in all_cases() for number in range(len(read_case(name).lines))]
_connections: list[object] = []


def _watch_connections(event: str, arguments: tuple[object, ...]) -> None:
    if event == "socket.connect" and not isinstance(arguments[1], str):  # a path is a socket between processes
        _connections.append(arguments[1:])


sys.addaudithook(_watch_connections)


@pytest.fixture(scope="module", autouse=True)
def _prepared_once() -> Iterator[None]:
    """Do what each process does once, so that no case pays for it."""
    import apictl.cli.check_comparing  # noqa: PLC0415
    import apictl.cli.check_run  # noqa: PLC0415
    import apictl.rules.catalogue  # noqa: PLC0415
    import apictl.workspace.pipeline  # noqa: PLC0415
    from apictl.workspace import cache  # noqa: PLC0415

    apictl.rules.catalogue.pages()
    with pytest.MonkeyPatch.context() as patch:
        for module, name in ((typer.main, "get_command"), (cache, "program_key")):
            patch.setattr(module, name, functools.cache(getattr(module, name)))
        yield


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


@pytest.mark.parametrize("name, number", _NUMBERED)
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
    *first, last = case.lines[number]
    workspace = prepared(case, tmp_path)
    monkeypatch.chdir(workspace)
    for command in case.before:
        assert main(command) == 0, capsys.readouterr()
    made(workspace, case.change)
    capsys.readouterr()

    for command in first:
        _run_and_judge(dataclasses.replace(case, exit=0), command, tmp_path, capsys)
    _run_and_judge(case, last, tmp_path, capsys)

    assert list(temporary.iterdir()) == []
    assert _connections == []
    for distribution in workspace.glob("generated/*/python") if case.exit == 0 else ():
        assert importer.faults(distribution) == []


def _run_and_judge(case: Case, command: Command, parent: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = snapshot(parent)

    with limits(mask=case.mask):
        started = time.process_time()
        code = main(command)
        spent = time.process_time() - started

    told = capsys.readouterr()
    output = told.out + told.err
    judge_output(case, code, output=output)
    judge_findings(case, command, output=told.out)
    judge_errors(told.err)
    judge_tree(case, command, before, snapshot(parent))
    assert spent <= case.seconds
    assert [each for each in case.says if each not in output] == []
    assert [each for each in case.hides if each in output] == []


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
        trees.append({name: content for name, (content, _, _) in snapshot(workspace / "generated").items()})

    assert trees[0]
    assert trees[0] == trees[1]


def test_every_fault_of_the_catalogue_has_a_folder() -> None:
    ids = (CASES / "ids.txt").read_text("utf-8").split()

    assert len(ids) == len(set(ids)) == 190
    assert {name.partition("-")[0].upper() for name in all_cases() if name not in _PLAIN} == set(ids)


def test_every_folder_is_a_workspace_or_names_tests_that_there_are(root: Path) -> None:
    cases = [read_case(name) for name in all_cases()]

    assert [case.name for case in cases if not case.lines and not case.tests] == []
    for case in cases:
        for each in case.tests:
            path, _, pattern = each.partition("::")
            assert pattern.startswith("test_"), each
            assert fnmatch.filter(_tests_of(root / "tests" / path), pattern), each


@functools.cache
def _tests_of(path: Path) -> tuple[str, ...]:
    nodes = ast.parse(path.read_text("utf-8")).body
    return tuple(node.name for node in nodes if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
