"""`apictl doctor` and `apictl schema`: what is there, what counts, and what a manifest may say."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema_rs
import pytest
import yaml

from apictl.cli.main import main
from tests.cli.workspaces import write_contract
from tests.workspace.repositories import ENVIRONMENT, commit_all, git

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    write_contract(tmp_path)
    return tmp_path


def _told(capsys: Capture) -> dict[str, str]:
    lines = [line.split(maxsplit=2) for line in capsys.readouterr().out.splitlines()[1:]]
    return {line[1]: line[0] for line in lines if line[0] in {"ok", "FAIL"}}


def test_sound_surroundings_are_told_and_zero(folder: Path, capsys: Capture) -> None:
    commit_all(folder)

    assert main(["doctor"]) == 0

    assert _told(capsys) == dict.fromkeys(["libraries", "git", "workspace", "output", "cache", "base"], "ok")


def test_faulty_manifest_is_amiss(folder: Path, capsys: Capture) -> None:
    (folder / "apictl.yaml").write_text("servces: {}\n", encoding="utf-8")

    assert main(["doctor"]) == 2

    assert "did you mean 'services'?" in capsys.readouterr().out


def test_all_that_is_amiss_is_told_in_one_run(folder: Path, capsys: Capture) -> None:
    (folder / ".apictl").symlink_to(folder)
    (folder / "generated").symlink_to(folder)
    git(folder, "init", "--quiet")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "x")
    git(folder, "branch", "--move", "other")

    assert main(["doctor"]) == 2

    told = _told(capsys)
    assert [name for name, word in told.items() if word == "FAIL"] == ["output", "cache", "base"]


def test_cache_among_committed_files_is_amiss(folder: Path, capsys: Capture) -> None:
    (folder / ".apictl").mkdir()
    (folder / ".apictl" / "x").write_text("x", encoding="utf-8")
    commit_all(folder)

    assert main(["doctor"]) == 2

    assert "git rm -r .apictl" in capsys.readouterr().out


def test_settings_are_those_that_count(folder: Path, capsys: Capture) -> None:
    (folder / "apictl.yaml").write_text("services: {a: {owner: me}}\n", encoding="utf-8")

    assert main(["doctor", "--show-settings"]) == 0

    told = json.loads(capsys.readouterr().out)
    assert told["output"] == "generated"
    assert [(each["name"], each["openapi"], each["owner"]) for each in told["services"]] == [
        ("a", "specs/a/openapi.yaml", "me")
    ]


@pytest.mark.usefixtures("folder")
def test_schema_is_one_that_the_manifest_of_this_project_keeps(capsys: Capture) -> None:
    assert main(["schema"]) == 0

    schema = json.loads(capsys.readouterr().out)
    manifest = yaml.safe_load((Path(__file__).parents[2] / "apictl.yaml").read_text(encoding="utf-8"))
    assert jsonschema_rs.validator_for(schema).is_valid(manifest)
    assert not jsonschema_rs.validator_for(schema).is_valid({"servces": {}})
