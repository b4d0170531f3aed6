"""The fleet that `apictl check` is measured on is one: sound, with consumers, and a change of it breaks somebody."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from apictl.cli.main import main
from apictl.workspace.discovery import open_workspace
from tests.benchmarks.fleet_making import LEDGER, NAMES, change_contracts, make_fleet, part_of_fleet
from tests.workspace.repositories import ENVIRONMENT, commit_all

PARTS = ("--format", "json", "--skip", "tests,generated")


@pytest.fixture
def fleet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path.resolve() / "fleet"
    make_fleet(folder, 13)
    commit_all(folder)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(folder)
    return folder


def test_fleet_has_as_many_sound_services_as_asked_for(fleet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert len(open_workspace(fleet).services) == 13
    assert dict(open_workspace(fleet).services[-1].consumes)["pricing-0"] == ("getQuote",)

    assert main(["check", *PARTS]) == 0

    told = json.loads(capsys.readouterr().out)
    assert [section["counts"]["error"] for section in told["sections"]] == [0, 0, 0]


def test_changed_contracts_break_those_who_call_them(fleet: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (name,) = change_contracts(fleet, 1)

    assert main(["check", "--affected", *PARTS]) == 1

    told = json.loads(capsys.readouterr().out)
    assert name in told["consumers_hit"]
    assert len(told["services"]) < 6


def test_part_of_a_fleet_is_a_fleet(fleet: Path, tmp_path: Path) -> None:
    for service in open_workspace(fleet).services:
        path = fleet / "generated" / service.name / "x.py"
        path.parent.mkdir(parents=True)
        path.write_text("x = 1\n", encoding="utf-8")
    files = {f"{service.name}/x.py": "0" for service in open_workspace(fleet).services}
    (fleet / "generated" / LEDGER).write_text(json.dumps({"version": 1, "files": files}), encoding="utf-8")
    lines = [f"{service.name} class schemas/A A\n" for service in open_workspace(fleet).services]
    (fleet / NAMES).write_text("".join(["# names\n", *lines]), encoding="utf-8")

    part_of_fleet(fleet, tmp_path / "part", 7)

    names = [service.name for service in open_workspace((tmp_path / "part").resolve()).services]
    assert len(names) == 7
    listed = json.loads((tmp_path / "part" / "generated" / LEDGER).read_text(encoding="utf-8"))["files"]
    assert sorted(listed) == [f"{name}/x.py" for name in names]
    kept = (tmp_path / "part" / NAMES).read_text(encoding="utf-8").splitlines()
    assert kept == ["# names", *(f"{name} class schemas/A A" for name in names)]
