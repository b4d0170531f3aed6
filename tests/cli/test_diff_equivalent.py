"""`apictl diff --equivalent`: what is written otherwise and allows the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from apictl.cli.main import OK
from tests.cli.quotes import CONTRACT, entered, told
from tests.cli.workspaces import write_contract

RESPELLED = CONTRACT.replace("{enum: [standard, gift]}", "{anyOf: [{const: standard}, {const: gift}]}")


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return entered(tmp_path, monkeypatch)


def test_it_is_told_on_request_and_fails_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_contract(root, RESPELLED)

    assert told(capsys) == (OK, "a: no change since main\n")
    code, output = told(capsys, "--equivalent")
    assert code == OK
    assert [line for line in output.splitlines() if line.endswith("[schema-respelled]") and ": info: " in line]
    assert output.endswith("other changes since main\n")
