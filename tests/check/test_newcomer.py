"""Tried as a new user would: an empty folder, and nothing but the README."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.workspaces import environment
from tests.workspace.repositories import ENVIRONMENT

README = Path(__file__).parents[2] / "README.md"
BLOCK = re.compile(r"^```sh newcomer\n(?P<lines>.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "apictl").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m apictl.cli.main "$@"\n')
    (tools / "apictl").chmod(0o755)
    return ENVIRONMENT | environment(PATH=f"{tools}{os.pathsep}{os.environ['PATH']}")


def test_commands_of_the_readme_lead_to_a_red_check_that_names_the_broken_consumer(
    tmp_path: Path, surroundings: dict[str, str]
) -> None:
    found = BLOCK.search(README.read_text(encoding="utf-8"))
    assert found is not None
    lines = found["lines"].strip()
    assert lines.count("apictl check") == 2
    before, _, last = lines.rpartition("\n")
    folder = tmp_path / "shop"
    folder.mkdir()

    prepared = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", before],
        cwd=folder,
        env=surroundings,
        capture_output=True,
        check=False,
        text=True,
    )
    checked = subprocess.run(
        shlex.split(last), cwd=folder, env=surroundings, capture_output=True, check=False, text=True
    )

    assert prepared.returncode == 0, prepared.stdout + prepared.stderr
    assert checked.returncode == 1
    assert "hello breaks shop" in checked.stdout.splitlines()
    assert "accepted before, refused now" in checked.stdout
    assert "hits shop (team-shop)" in checked.stdout
    assert re.search(r"^ok +generated ", checked.stdout, re.MULTILINE)
    assert re.search(r"^ok +tests ", checked.stdout, re.MULTILINE)
