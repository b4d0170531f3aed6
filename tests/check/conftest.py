"""Workspaces for the tests of `apictl check`: generated once, copied for each test."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from apictl.cli.main import main
from tests.check.fleets import commit, enter, make


@pytest.fixture(scope="session")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with generated code, that no test may change."""
    folder = tmp_path_factory.mktemp("generated").resolve()
    make(folder)
    before = Path.cwd()
    os.chdir(folder)
    try:
        assert main(["generate"]) == 0
    finally:
        os.chdir(before)
    return folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a workspace without generated code, that is no repository."""
    folder = tmp_path.resolve() / "workspace"
    folder.mkdir()
    make(folder)
    enter(folder, monkeypatch)
    return folder


@pytest.fixture
def sound(generated: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a workspace that is generated and committed."""
    folder = tmp_path.resolve() / "workspace"
    shutil.copytree(generated, folder)
    enter(folder, monkeypatch)
    commit(folder)
    return folder
