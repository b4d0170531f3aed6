"""Work that was decided on goes on when whoever decided is killed or interrupted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from apictl.workspace.outliving import outliving
from tests.workspace.fakes import run, write_specs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next run completes what was decided")

_SLOW = """
import time
from pathlib import Path
from apictl.workspace.outliving import outliving

def work():
    Path("begun").touch()
    time.sleep(0.4)
    Path("done").touch()

try:
    outliving(work)
finally:
    Path("over").write_text(str(Path("done").exists()))
"""


def _begun(folder: Path) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", _SLOW], cwd=folder, start_new_session=True, stderr=subprocess.DEVNULL
    )
    _wait_for(folder / "begun")
    return process


def _wait_for(path: Path) -> None:
    end = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < end, f"no {path.name}"
        time.sleep(0.01)


@pytest.mark.parametrize("kill", [os.kill, os.killpg])
def test_work_goes_on_when_its_process_or_its_group_is_killed(
    kill: Callable[[int, int], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    process = _begun(tmp_path)

    kill(process.pid, signal.SIGKILL)

    process.wait(30)
    _wait_for(tmp_path / "done")
    assert not (tmp_path / "over").exists()


def test_interruption_goes_on_when_the_work_is_done(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    process = _begun(tmp_path)

    os.killpg(process.pid, signal.SIGINT)

    assert process.wait(30) != 0
    assert (tmp_path / "over").read_text() == "True"


def test_work_is_over_when_the_call_returns(tmp_path: Path) -> None:
    outliving((tmp_path / "done").touch)

    assert (tmp_path / "done").exists()


def test_what_goes_wrong_is_left_to_the_caller(tmp_path: Path) -> None:
    outliving((tmp_path / "nowhere/done").touch)

    assert not list(tmp_path.iterdir())


def test_entry_that_a_killed_run_did_not_finish_goes_with_the_next_run(tmp_path: Path) -> None:
    workspace = write_specs(tmp_path, {"a": "x.py = 1"})
    draft = tmp_path / ".apictl/cache/a.json.4194999.tmp"
    draft.parent.mkdir(parents=True)
    draft.write_text("{")

    run(workspace)

    assert [path.name for path in draft.parent.iterdir()] == ["a.json"]
