"""A request to end is obeyed at once and leaves nothing behind; I01 and I02 of the catalogue, with real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.workspaces import start, write_contract

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals as POSIX has them")


def _children(pid: int) -> list[int]:
    """Return the processes below *pid*, all generations."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True).stdout
    parents = [tuple(map(int, line.split())) for line in listed.splitlines()]
    found = {pid}
    for _ in range(5):
        found |= {child for child, parent in parents if parent in found}
    return sorted(found - {pid})


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return (
        not Path(f"/proc/{pid}/stat").is_file()
        or Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    )


@pytest.mark.parametrize("number,code", [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_run_that_is_told_to_end_ends_with_its_workers(tmp_path: Path, number: int, code: int) -> None:
    for index in range(4):
        write_contract(tmp_path, service=f"s{index}")
    process = start(tmp_path, "generate", stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
    children: list[int] = []
    for _ in range(200):
        children = _children(process.pid)
        if len(children) >= 3:  # the tracker, the server that forks, a worker
            break
        time.sleep(0.02)

    process.send_signal(number)
    _, errors = process.communicate(timeout=20)

    assert process.returncode == code
    assert b"Traceback" not in errors
    assert not (tmp_path / "generated").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name != "specs"] in ([], [".apictl"])
    for _ in range(200):
        if not any(_is_alive(child) for child in children):
            break
        time.sleep(0.02)
    assert [child for child in children if _is_alive(child)] == []
