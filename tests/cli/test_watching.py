"""`--watch`: runs begin anew with each change; the last state wins, whatever happens in between."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.cli.workspaces import CONTRACT, start, write_contract

FLAWED = CONTRACT.replace("operationId", "operationID")
PATIENCE_SECONDS = 60.0


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Start apictl in the workspace, its output in files of its own, and end it afterwards."""
    running: list[subprocess.Popen[bytes]] = []

    def begin(*arguments: str) -> subprocess.Popen[bytes]:
        with (tmp_path / "out").open("wb") as out, (tmp_path / "err").open("wb") as err:
            process = start(tmp_path, *arguments, stdout=out, stderr=err)
        running.append(process)
        return process

    yield begin
    for process in running:
        process.kill()
        process.wait()


def _runs(folder: Path) -> int:
    return (folder / "err").read_text(encoding="utf-8").count("watching, Ctrl-C ends it")


def _await(is_so: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert process.poll() is None, "it ended"
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.05)


def _last(folder: Path) -> str:
    return (folder / "out").read_text(encoding="utf-8").rstrip().rpartition("\n")[2]


def test_lint_tells_again_after_a_storm_of_changes_and_the_last_state_wins(
    tmp_path: Path, watch: Callable[..., subprocess.Popen[bytes]]
) -> None:
    path = write_contract(tmp_path)
    process = watch("lint", "--rules", "minimal", "--watch")
    _await(lambda: _runs(tmp_path) == 1, process)
    assert _last(tmp_path) == "nothing found in 1 document"

    for number in range(100):  # I22: one hundred in a second
        path.write_text(FLAWED if number % 2 else CONTRACT[: number * 3], encoding="utf-8")
        time.sleep(0.01)

    _await(lambda: _last(tmp_path) == "1 error in 1 document", process)
    assert _runs(tmp_path) <= 4, "a storm is a few runs, not a hundred"
    assert b"Traceback" not in (tmp_path / "err").read_bytes()


def test_file_that_is_replaced_removed_and_put_back_ends_nothing(
    tmp_path: Path, watch: Callable[..., subprocess.Popen[bytes]]
) -> None:
    path = write_contract(tmp_path)
    process = watch("lint", "--rules", "minimal", "--watch")
    _await(lambda: _runs(tmp_path) == 1, process)

    path.unlink()
    _await(lambda: _runs(tmp_path) == 2, process)
    draft = path.with_name(".openapi.yaml.swp")  # as editors save
    draft.write_text(FLAWED, encoding="utf-8")
    draft.replace(path)

    _await(lambda: _last(tmp_path) == "1 error in 1 document", process)
    assert "error: no contract found" in (tmp_path / "err").read_text(encoding="utf-8")


def test_manifest_that_is_faulty_for_a_while_ends_nothing(
    tmp_path: Path, watch: Callable[..., subprocess.Popen[bytes]]
) -> None:
    write_contract(tmp_path)
    process = watch("generate", "--check", "--watch")
    _await(lambda: _runs(tmp_path) == 1, process)

    (tmp_path / "apictl.yaml").write_text("servces: {}\n", encoding="utf-8")
    _await(lambda: _runs(tmp_path) == 2, process)
    (tmp_path / "apictl.yaml").write_text("services: {}\n", encoding="utf-8")
    _await(lambda: _runs(tmp_path) == 3, process)

    assert "did you mean 'services'?" in (tmp_path / "err").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name == "nt", reason="Windows has other signals")
def test_interruption_ends_it_with_130(tmp_path: Path, watch: Callable[..., subprocess.Popen[bytes]]) -> None:
    write_contract(tmp_path)
    process = watch("lint", "--watch")
    _await(lambda: _runs(tmp_path) == 1, process)

    process.send_signal(signal.SIGINT)

    assert process.wait(timeout=PATIENCE_SECONDS) == 130
