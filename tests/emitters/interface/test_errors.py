"""Classes of refusals: what those of one status have in common, and what each operation adds."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from apictl.pages.rendering import render
from apictl.workspace.targets import TargetOptions, emit
from tests.readers.documents import contract_of, read_text

CONTRACT = """
openapi: 3.1.0
info: {title: Moves, version: 1.0.0}
paths:
  /plain: {get: {operationId: plain, responses: {'204': {description: Here.}, '302': {description: Elsewhere.}}}}
  /told:
    get:
      operationId: told
      responses:
        '204': {description: Here.}
        '302': {description: Elsewhere., headers: {Location: {schema: {type: string}}}}
"""
PACKAGE = "moves_of_errors_api"


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package of the contract, importable."""
    emission = emit(contract_of(read_text(CONTRACT)), TargetOptions(package=PACKAGE))
    for file in render(emission.pages):
        path = tmp_path / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.content)
    monkeypatch.syspath_prepend(str(tmp_path / "python"))
    yield tmp_path / "python"
    for name in [each for each in sys.modules if each.split(".")[0] == PACKAGE]:
        del sys.modules[name]


@pytest.mark.usefixtures("package")
def test_refusals_without_body_may_differ_in_their_headers() -> None:
    errors: Any = importlib.import_module(f"{PACKAGE}.errors")

    assert errors.PlainFound().body is None
    assert errors.ToldFound(location="/there").location == "/there"
    assert isinstance(errors.ToldFound(), errors.Found)


def test_their_classes_are_strictly_typed(package: Path) -> None:
    modules = ["-m", "mypy", "--strict", "--no-incremental", "-m", f"{PACKAGE}.errors"]

    typed = subprocess.run([sys.executable, *modules], cwd=package, capture_output=True, text=True, check=False)

    assert typed.returncode == 0, typed.stdout
