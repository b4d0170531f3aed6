"""Where a bug of apictl ends: exit code 3, one line, and a report that holds nothing of the user's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from apictl.cli import generate_run
from apictl.cli.main import BUG, main
from tests.cli.workspaces import write_contract

SECRET = "tok3n-of-somebody"


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> tuple[str, str]:
    """Return what a run says that a bug ends, and the report that it leaves."""
    folder = tmp_path / SECRET
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    write_contract(folder)

    def fail(_wish: object) -> int:
        held: dict[str, int] = {}
        try:
            return held[SECRET]
        except KeyError as fault:
            raise RuntimeError(f"password: {SECRET}") from fault

    monkeypatch.setattr(generate_run, "run", fail)

    assert main(["generate", "--output", SECRET, "--check"]) == BUG
    (path,) = tmp_path.glob("apictl-bug-*.txt")
    return capsys.readouterr().err, path.read_text(encoding="utf-8")


def test_bug_is_told_in_a_line_with_the_place_of_the_report(report: tuple[str, str]) -> None:
    told, _ = report

    lines = told.splitlines()
    assert re.match(r"bug in apictl [0-9.]+: RuntimeError at test_bugs\.py:[0-9]+$", lines[0])
    assert "apictl-bug-" in lines[1]
    assert "Traceback" not in told


def test_report_names_versions_the_command_and_each_frame(report: tuple[str, str]) -> None:
    _, text = report

    assert re.match(r"apictl [0-9.]+, Python 3\.", text)
    assert "apictl generate --output --check\n" in text
    assert "builtins.RuntimeError\n" in text
    assert "builtins.KeyError\n" in text
    assert re.search(r"^  apictl/cli/generate\.py:[0-9]+ generate$", text, re.MULTILINE)


def test_nothing_of_the_user_is_in_message_and_report(report: tuple[str, str]) -> None:
    told, text = report

    assert SECRET not in text
    assert SECRET not in told.replace(str(Path.cwd()), "")


def test_bug_is_told_where_no_report_can_be_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "nowhere"))
    monkeypatch.setattr(generate_run, "run", lambda _wish: 1 // 0)

    assert main(["generate"]) == BUG

    assert "bug in apictl" in capsys.readouterr().err
