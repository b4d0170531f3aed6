"""Too little memory, a full disk, two file systems, a formatter that fails: D15, I03, I16 and I21 of the catalogue."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from apictl.workspace import pipeline
from apictl.workspace.building import Job
from apictl.workspace.journal import STAGED, Journal, carry_out, write_journal
from apictl.workspace.manifest import Service
from tests.cli.workspaces import CONTRACT, command, environment, write_contract
from tests.workspace.fakes import tree

pytestmark = pytest.mark.skipif(os.name != "posix", reason="limits of a process as POSIX has them")


def _limited(number: int, amount: int) -> Callable[[], None]:
    return lambda: resource.setrlimit(number, (amount, amount))


def _generate(root: Path, limit: Callable[[], None], **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("generate"),
        cwd=root,
        env=environment(**variables),
        preexec_fn=limit,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps to a limit of the address space")
def test_contract_that_needs_more_memory_than_there_is_ends_with_a_sentence(tmp_path: Path) -> None:  # D15
    write_contract(tmp_path, f"{CONTRACT}# {'x' * 60_000_000}\n")
    before = tree(tmp_path)

    done = _generate(tmp_path, _limited(resource.RLIMIT_AS, 220_000_000))

    assert (done.returncode, done.stdout, done.stderr) == (2, "", "error: out of memory\n")
    assert tree(tmp_path) == before


def test_full_disk_ends_with_a_sentence_and_the_old_files_stay(tmp_path: Path) -> None:  # I03
    write_contract(tmp_path)
    assert _generate(tmp_path, lambda: None).returncode == 0
    contract = write_contract(tmp_path, (tmp_path / "specs/a/openapi.yaml").read_text().replace("getX", "readX"))
    before, names = tree(tmp_path / "generated"), (tmp_path / "apictl.lock").read_bytes()

    done = _generate(tmp_path, _limited(resource.RLIMIT_FSIZE, 6_000))

    assert contract.is_file()
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.endswith("generated is unchanged, the new files could not be written: File too large\n")
    assert tree(tmp_path / "generated") == before
    assert (tmp_path / "apictl.lock").read_bytes() == names
    assert sorted(path.name for path in tmp_path.iterdir()) == [".apictl", "apictl.lock", "generated", "specs"]


def test_full_folder_of_temporary_files_is_named(tmp_path: Path) -> None:  # I03
    write_contract(tmp_path)

    done = _generate(tmp_path, _limited(resource.RLIMIT_FSIZE, 50))

    assert done.returncode == 2
    assert done.stderr == f"error: generated code cannot be formatted, {tempfile.gettempdir()}: File too large\n"
    assert [path.name for path in tmp_path.iterdir()] == ["specs"]


@pytest.mark.parametrize(
    "script, message",
    [
        ("exit 7", "the formatter ruff failed with 7"),
        ("kill -SEGV $$", "the formatter ruff failed with -11"),
        (None, "the formatter ruff cannot be started"),
    ],
)
def test_formatter_that_fails_is_an_error_and_nothing_is_half_formatted(  # I16
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str | None, message: str
) -> None:
    write_contract(tmp_path)
    ruff = tmp_path / "ruff"
    if script is not None:
        ruff.write_text(f"#!/bin/sh\n{script}\n")
        ruff.chmod(0o755)
    monkeypatch.setattr("ruff.__main__.find_ruff_bin", lambda: str(ruff))

    with pytest.raises(Exception, match=message) as caught:
        pipeline.run(Job(str(tmp_path), Service("a", openapi="specs/a/openapi.yaml")))

    assert type(caught.value).__name__ == "ApictlError"


@pytest.fixture
def other_file_system(tmp_path: Path) -> Iterator[Path]:
    """Give a folder on another file system than the one of *tmp_path*."""
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system to write to")
    with tempfile.TemporaryDirectory(prefix="apictl-test-", dir=memory) as name:
        yield Path(name)


def test_files_and_folders_are_moved_between_file_systems(tmp_path: Path, other_file_system: Path) -> None:  # I21
    output, state = tmp_path / "generated", other_file_system
    (output / "a").mkdir(parents=True)
    (output / "a/x.py").write_text("old")
    (output / "a/gone.py").write_text("old")
    (state / STAGED / "a").mkdir(parents=True)
    (state / STAGED / "a/x.py").write_text("new")
    (state / STAGED / "b/deep").mkdir(parents=True)
    (state / STAGED / "b/deep/y.py").write_text("new")
    journal = Journal(("a/x.py", "b"), ("a/gone.py",))
    write_journal(state, journal)

    carry_out(journal, output, state)

    assert tree(output) == {"a/x.py": b"new", "b/deep/y.py": b"new"}
    assert tree(state) == {}
    carry_out(journal, output, state)  # once more is no more
    assert tree(output) == {"a/x.py": b"new", "b/deep/y.py": b"new"}
