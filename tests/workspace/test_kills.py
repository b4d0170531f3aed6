"""A killed run leaves the old tree or the new one; `tests.workspace.kills` kills more of them."""

from __future__ import annotations

import sys

import pytest

from tests.workspace import kills


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the next run completes what a killed one had decided")
def test_killed_run_leaves_the_old_tree_or_the_new_one(capsys: pytest.CaptureFixture[str]) -> None:
    code = kills.main(["--count", "3", "--services", "drivers", "maps"])

    assert code == 0, capsys.readouterr()
