"""What runs of `apictl check` leave for the next: what was not touched is not looked at again, and nothing else."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from apictl.cli.main import main
from tests.check.fleets import MANIFEST, TRIPS, break_pricing, checked, commit, rules
from tests.cli.workspaces import command, environment, write_contract
from tests.workspace.repositories import git

Capture = pytest.CaptureFixture[str]
PARTS = ("--skip", "tests")
MARK = "told-from-memory"


def _record(folder: Path, service: str) -> Path:
    return folder / ".apictl" / "cache" / "check" / f"service-{service}.json"


def _mark(folder: Path, service: str = "trips") -> None:
    """Let what is known of the documents of *service* say what no run would find."""
    path = _record(folder, service)
    content: Any = json.loads(path.read_text(encoding="utf-8"))
    finding: dict[str, Any] = {
        "rule": MARK,
        "severity": "warning",
        "message": "m",
        "place": {"path": f"specs/{service}/openapi.yaml", "pointer": "", "line": 1, "column": 1, "on_key": False},
        "related": [],
        "hint": None,
    }
    content["results"]["lint"][1].append(finding)
    path.write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def known(sound: Path, capsys: Capture) -> Path:
    """Return a workspace that was checked, with a mark in what is known."""
    assert checked(capsys, *PARTS)[0] == 0
    _mark(sound)
    return sound


@pytest.mark.usefixtures("known")
def test_what_was_not_touched_is_told_from_memory(capsys: Capture) -> None:
    _, told = checked(capsys, *PARTS)

    assert rules(told, "lint") == [MARK]


def test_another_time_of_a_file_is_no_change(known: Path, capsys: Capture) -> None:
    for path in known.glob("specs/*/*.yaml"):
        os.utime(path)

    _, told = checked(capsys, *PARTS)

    assert rules(told, "lint") == [MARK]


def test_changed_contract_is_looked_at_again(known: Path, capsys: Capture) -> None:
    write_contract(known, TRIPS.replace("1.0.0", "1.0.1"), service="trips")

    _, told = checked(capsys, *PARTS)

    assert rules(told, "lint") == []


def test_change_of_the_same_size_and_time_is_seen(known: Path, capsys: Capture) -> None:
    path = known / "specs" / "trips" / "openapi.yaml"
    status = path.stat()
    path.write_text(TRIPS.replace("1.0.0", "1.0.1"), encoding="utf-8")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))

    _, told = checked(capsys, *PARTS)

    assert rules(told, "lint") == []


def test_changed_entry_of_the_manifest_is_looked_at_again(known: Path, capsys: Capture) -> None:
    (known / "apictl.yaml").write_text(MANIFEST.replace("team-b", "team-c"), encoding="utf-8")

    _, told = checked(capsys, *PARTS)

    assert rules(told, "lint") == []


@pytest.mark.usefixtures("known")
def test_nothing_is_remembered_when_nobody_wants_it(capsys: Capture) -> None:
    _, told = checked(capsys, *PARTS, "--no-cache")

    assert rules(told, "lint") == []


@pytest.mark.parametrize("parts", [PARTS, ("--only", "lint")])
def test_memory_that_came_with_a_commit_is_not_believed(known: Path, capsys: Capture, parts: tuple[str, ...]) -> None:
    (known / ".apictl" / ".gitignore").unlink()
    git(known, "add", "--force", ".apictl")
    commit(known)

    _, told = checked(capsys, *parts)

    assert rules(told, "lint") == []


def test_what_generation_left_is_not_believed_when_it_came_with_a_commit(sound: Path, capsys: Capture) -> None:
    path = sound / "generated" / "trips" / "python" / "README.md"
    path.write_text("mine\n", encoding="utf-8")
    for name in (sound / ".apictl" / "cache" / "trips.json", sound / "generated" / ".apictl.json"):
        content = json.loads(name.read_text(encoding="utf-8"))
        content["files"]["trips/python/README.md"] = hashlib.sha256(b"mine\n").hexdigest()
        name.write_text(json.dumps(content), encoding="utf-8")
    (sound / ".apictl" / ".gitignore").unlink()
    git(sound, "add", "--force", ".apictl")
    commit(sound)

    code, told = checked(capsys, "--only", "generated")

    assert code == 1
    assert rules(told, "generated") == ["generated-code-outdated"]


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}", '{"documents": 1}', "null", '{"results": {"lint": []}}'])
def test_damaged_memory_is_none(known: Path, capsys: Capture, damage: str) -> None:
    _record(known, "trips").write_text(damage, encoding="utf-8")

    code, told = checked(capsys, *PARTS)

    assert (code, rules(told, "lint")) == (0, [])


def test_memory_is_the_same_wherever_the_workspace_lies(known: Path, capsys: Capture, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere"
    shutil.copytree(known, other)
    os.chdir(other)

    _, told = checked(capsys, *PARTS)

    assert rules(told, "lint") == [MARK]


def test_breaking_change_is_told_again_with_the_line_that_was(sound: Path, capsys: Capture) -> None:
    break_pricing(sound)
    main(["check", "--only", "breaking"])
    first = capsys.readouterr().out

    main(["check", "--only", "breaking"])

    assert capsys.readouterr().out == first
    assert "[standard, gift]" in first


def test_breaking_change_is_compared_anew_with_another_base(sound: Path, capsys: Capture) -> None:
    git(sound, "checkout", "--quiet", "-b", "work")
    break_pricing(sound)
    commit(sound)
    assert checked(capsys, "--only", "breaking")[0] == 1

    git(sound, "checkout", "--quiet", "main")
    git(sound, "merge", "--quiet", "work")
    code, told = checked(capsys, "--only", "breaking")

    assert (code, rules(told, "breaking")) == (0, [])


def test_workspace_that_can_not_be_written_is_checked_all_the_same(sound: Path, capsys: Capture) -> None:
    shutil.rmtree(sound / ".apictl")
    (sound / ".apictl").write_text("a file where a folder should be\n", encoding="utf-8")

    code, _ = checked(capsys, "--only", "lint")

    assert code == 0


def test_memory_is_never_written_through_a_link(sound: Path, capsys: Capture, tmp_path: Path) -> None:
    shutil.rmtree(sound / ".apictl", ignore_errors=True)
    (tmp_path / "outside").mkdir()
    (sound / ".apictl").symlink_to(tmp_path / "outside")

    code, _ = checked(capsys, "--only", "lint")

    assert code == 0
    assert list((tmp_path / "outside").iterdir()) == []


def test_hash_seed_changes_no_key(known: Path) -> None:
    for seed in ("1", "2"):
        done = subprocess.run(
            command("check", "--format", "json", *PARTS),
            cwd=known,
            env=environment(PYTHONHASHSEED=seed),
            capture_output=True,
            check=False,
        )
        assert [each["rule"] for each in json.loads(done.stdout)["sections"][0]["findings"]] == [MARK]
