"""Killed, interrupted, full, read-only, at the same time: I01 to I04, I08 to I11, I21 of the catalogue."""

from __future__ import annotations

import multiprocessing
import os
import resource
import shutil
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from apictl.errors import ApictlError
from apictl.workspace import output
from apictl.workspace.discovery import open_workspace
from apictl.workspace.generation import Tools
from apictl.workspace.journal import Journal, write_journal
from apictl.workspace.lock import locked
from tests.workspace.fakes import build, generated, run, tree, write_specs

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals, forks and permissions as POSIX has them")

_OLD = {"a": "x.py = 1\ngone/y.py = 1"}
_NEW = {"a": "x.py = 2\ndeep/n.py = 2", "b": "k.py = 2"}
_CHANGES = frozenset({"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir"})


def _generate(root: Path) -> None:
    with ThreadPoolExecutor(1) as executor:
        run(open_workspace(root), tools=Tools(build=build, executor=executor))


def _generate_until(root: Path, step: int, end: Callable[[], None]) -> None:
    """Generate, but call *end* before the given step of all that touches the output or what is beside it."""
    left = step

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in _CHANGES and "generated" in str(arguments):
            left -= 1
            if left == 0:
                end()

    sys.addaudithook(hook)
    try:
        _generate(root)
    except KeyboardInterrupt:
        sys.exit(130)


def _kill() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _interrupt() -> None:
    raise KeyboardInterrupt


def _exit_code(root: Path, step: int, end: Callable[[], None]) -> int | None:
    """Return how a child ended that generated until *step*."""
    child = multiprocessing.get_context("fork").Process(target=_generate_until, args=(root, step, end))
    sys.stderr.flush()
    child.start()
    child.join(20)
    return child.exitcode


def _points(tmp_path: Path, end: Callable[[], None], *, has_old: bool) -> list[tuple[Path, int | None]]:
    """Return a workspace for each step a run can be ended at, and how it ended there."""
    origin = tmp_path / "origin"
    write_specs(origin, _OLD)
    if has_old:
        _generate(origin)
        (origin / "generated/a/mine.txt").write_text("mine")
    write_specs(origin, _NEW)
    ended: list[tuple[Path, int | None]] = []
    for step in range(1, 200):
        root = tmp_path / str(step)
        shutil.copytree(origin, root)
        code = _exit_code(root, step, end)
        if code == 0:
            return ended
        ended.append((root, code))
    pytest.fail("the run never came to its end")


_MINE = {"a/mine.txt": b"mine"}
_BEFORE = {"a/x.py": b"1", "a/gone/y.py": b"1"} | _MINE
_AFTER = {"a/x.py": b"2", "a/deep/n.py": b"2", "b/k.py": b"2"}


def test_kill_at_any_step_leaves_old_or_new_once_the_next_run_begins(tmp_path: Path) -> None:  # I01
    points = _points(tmp_path, _kill, has_old=True)

    assert len(points) > 20
    for root, code in points:
        assert code == -signal.SIGKILL
        with output.exclusive(root / "generated"):
            pass
        assert generated(root) in (_BEFORE, _AFTER | _MINE)
        _generate(root)
        assert generated(root) == _AFTER | _MINE
        assert sorted(path.name for path in root.iterdir()) == [".apictl", "generated", "specs"]


def test_kill_at_any_step_of_the_first_run_leaves_nothing_or_all(tmp_path: Path) -> None:  # I01
    points = _points(tmp_path, _kill, has_old=False)

    assert len(points) > 10
    for root, _ in points:
        assert generated(root) in ({}, _AFTER)
        _generate(root)
        assert generated(root) == _AFTER


def test_interruption_at_any_step_leaves_old_or_new_and_nothing_beside_it(tmp_path: Path) -> None:  # I02
    points = _points(tmp_path, _interrupt, has_old=True)

    assert len(points) > 20
    for root, code in points:
        assert code == 130
        assert generated(root) in (_BEFORE, _AFTER | _MINE)
        assert not [path for path in root.iterdir() if path.name not in {".apictl", "generated", "specs"}]


def _generate_on_a_full_disk(root: Path) -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    try:
        _generate(root)
    except ApictlError as fault:
        sys.exit(42 if "is unchanged, the new files could not be written" in str(fault) else 43)


def test_full_disk_is_an_error_and_the_old_files_stay(tmp_path: Path) -> None:  # I03
    write_specs(tmp_path, _OLD)
    _generate(tmp_path)
    before = tree(tmp_path / "generated")
    write_specs(tmp_path, {"a": f"big.py = {'x' * 5000}"})

    child = multiprocessing.get_context("fork").Process(target=_generate_on_a_full_disk, args=(tmp_path,))
    child.start()
    child.join(20)

    assert child.exitcode == 42
    assert tree(tmp_path / "generated") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".apictl", "generated", "specs"]


def test_second_run_waits_for_the_first(tmp_path: Path) -> None:  # I08
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    release = multiprocessing.get_context("fork").Event()
    held = multiprocessing.get_context("fork").Event()

    def hold() -> None:
        with output.exclusive(tmp_path / "generated"):
            held.set()
            release.wait(20)

    child = multiprocessing.get_context("fork").Process(target=hold)
    child.start()
    held.wait(20)
    fault = pytest.raises(ApictlError, match=rf"another run is in progress \(process {child.pid}\)")
    with fault, output.exclusive(tmp_path / "generated", wait_seconds=0.2):
        pytest.fail("two runs at once")
    release.set()

    assert run(workspace).is_written
    child.join(20)


def test_runs_at_the_same_time_end_as_one(tmp_path: Path) -> None:  # I08
    write_specs(tmp_path, _NEW)
    children = [multiprocessing.get_context("fork").Process(target=_generate, args=(tmp_path,)) for _ in range(4)]
    for child in children:
        child.start()
    for child in children:
        child.join(20)

    assert [child.exitcode for child in children] == [0, 0, 0, 0]
    assert generated(tmp_path) == _AFTER


def test_lock_of_a_dead_process_is_no_lock(tmp_path: Path) -> None:  # I09
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    state = output.state_folder(tmp_path / "generated")
    state.mkdir()
    (state / "lock").write_text("4194999\n")

    started = time.monotonic()
    assert run(workspace).is_written
    assert time.monotonic() - started < 5
    assert not state.exists()


def test_lock_names_its_holder(tmp_path: Path) -> None:
    with locked(tmp_path / "state"):
        assert (tmp_path / "state/lock").read_text() == f"{os.getpid()}\n"

    assert not (tmp_path / "state").exists()


def test_output_folder_that_is_a_symlink_is_not_followed(tmp_path: Path) -> None:  # I10
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "generated").mkdir()
    (tmp_path / "generated/a").symlink_to(elsewhere)

    with pytest.raises(ApictlError, match="generated/a is a symlink"):
        run(workspace)

    assert list(elsewhere.iterdir()) == []


def test_folder_in_the_place_of_a_file_is_an_error(tmp_path: Path) -> None:  # I11
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    (tmp_path / "generated/a/x.py").mkdir(parents=True)

    with pytest.raises(ApictlError, match=r"a/x\.py is a folder, a generated file belongs there"):
        run(workspace)


def test_file_in_the_place_of_a_folder_is_an_error(tmp_path: Path) -> None:  # I11
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    (tmp_path / "generated").mkdir()
    (tmp_path / "generated/a").write_text("mine")

    with pytest.raises(ApictlError, match="generated/a is a file, generated files need a folder there"):
        run(workspace)


@pytest.mark.parametrize("path", ["../evil.py", "/tmp/evil.py", "a/../../evil.py"])
def test_journal_that_somebody_planted_moves_nothing_out_of_the_output(tmp_path: Path, path: str) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    state = output.state_folder(tmp_path / "generated")
    (state / "new").mkdir(parents=True)
    (state / "new/evil.py").write_text("evil")
    write_journal(state, Journal((path,), ()))

    with pytest.raises(ApictlError, match="is no journal of apictl"):
        run(workspace)

    assert not list(tmp_path.glob("evil.py"))


def test_journal_that_somebody_planted_moves_nothing_through_a_symlink(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "generated").mkdir()
    (tmp_path / "generated/a").symlink_to(elsewhere)
    state = output.state_folder(tmp_path / "generated")
    (state / "new/a").mkdir(parents=True)
    (state / "new/a/evil.py").write_text("evil")
    write_journal(state, Journal(("a/evil.py",), ()))

    with pytest.raises(ApictlError, match="generated/a is a symlink"):
        run(workspace)

    assert list(elsewhere.iterdir()) == []


def test_staging_lies_on_the_file_system_of_the_output() -> None:  # I21
    mounted = Path("/proc")
    if not mounted.is_mount():
        pytest.skip("there is no mounted folder to ask about")

    assert output.state_folder(mounted) == mounted / ".apictl"


def test_staging_that_somebody_planted_is_not_written_through(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    state = output.state_folder(tmp_path / "generated")
    state.mkdir()
    (state / "new").symlink_to(elsewhere)

    with pytest.raises(ApictlError, match="could not be written: File exists"):
        run(workspace)

    assert list(elsewhere.iterdir()) == []
