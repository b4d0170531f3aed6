"""What nobody gave on the command line is not converted; what somebody gave is."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from apictl.cli.main import OK, UNABLE, main
from tests.cli.workspaces import environment, write_contract

_RUN = "import sys; from apictl.cli.main import main; code = main({}); sys.exit(code * 2 + ('pydantic' in sys.modules))"


def _ends_with(arguments: list[str], folder: Path) -> int:
    """Return twice the exit code of a process that runs *arguments*, and one more when it imported pydantic."""
    return subprocess.run(
        [sys.executable, "-c", _RUN.format(arguments)], cwd=folder, env=environment(), check=False
    ).returncode


def test_a_run_without_arguments_does_without_the_library_that_converts_them(tmp_path: Path) -> None:
    write_contract(tmp_path)
    assert _ends_with(["generate"], tmp_path) == OK

    assert _ends_with(["generate"], tmp_path) == OK
    assert _ends_with(["generate", "--check"], tmp_path) == OK


def test_what_is_given_is_converted_and_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write_contract(tmp_path)
    monkeypatch.chdir(tmp_path)

    assert main(["generate", "--output", "elsewhere"]) == OK
    assert (tmp_path / "elsewhere").is_dir()
    assert main(["diff", "--against"]) == UNABLE
    assert main(["explain"]) == UNABLE
    assert main(["rules", "--format", "none"]) == UNABLE
    assert "none" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["generate", "--help"]])
def test_options_that_act_by_themselves_still_do(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    main(arguments)

    assert "apictl" in capsys.readouterr().out.lower()
