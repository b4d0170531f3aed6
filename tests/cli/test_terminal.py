"""Pipes that close, streams that are not there, encodings that know little; I17 and I18 of the catalogue."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from tests.cli.workspaces import CONTRACT, command, environment, start, write_contract

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pipes and descriptors as POSIX has them")


def _many_findings(root: Path) -> None:
    paths = "".join(
        f"  x{number}é日:\n    get: {{operationId: get{number}, responses: {{'204': {{description: d}}}}}}\n"
        for number in range(150)
    )
    write_contract(root, CONTRACT.split("paths:")[0] + "paths:\n" + paths)


def test_reader_that_goes_away_is_no_fault(tmp_path: Path) -> None:  # I17
    _many_findings(tmp_path)
    read_end, write_end = os.pipe()
    os.close(read_end)

    process = start(tmp_path, "generate", stdout=write_end, stderr=subprocess.PIPE)
    os.close(write_end)
    _, errors = process.communicate(timeout=60)

    assert errors == b""
    assert process.returncode == 141


def test_stdout_that_knows_few_characters_still_shows_the_rest(tmp_path: Path) -> None:  # I18
    _many_findings(tmp_path)

    done = subprocess.run(
        command("generate"),
        cwd=tmp_path,
        env=environment(PYTHONIOENCODING="cp1252", TERM="dumb", COLUMNS="20"),
        capture_output=True,
        check=False,
        timeout=60,
    )

    assert done.returncode == 1
    assert done.stderr == b""
    assert "nothing was written" in done.stdout.decode("cp1252")


def test_closed_stdout_is_no_fault(tmp_path: Path) -> None:  # I18
    write_contract(tmp_path)

    done = subprocess.run(
        ["/bin/sh", "-c", 'exec "$@" >&- 2>&-', "sh", *command("generate")],
        cwd=tmp_path,
        env=environment(),
        check=False,
        timeout=60,
    )

    assert done.returncode == 0
    assert (tmp_path / "generated").is_dir()


def test_help_imports_nothing_heavy() -> None:
    heavy = ["jinja2", "jsonschema_rs", "pydantic", "rich", "yaml", "concurrent.futures"]
    show = "from apictl.cli.main import main; main(['--help'])"
    code = f"import sys; {show}; sys.exit(bool(set(sys.argv) & set(sys.modules)))"

    done = subprocess.run(
        [command()[0], "-c", code, *heavy], env=environment(), capture_output=True, check=False, timeout=60
    )

    assert done.returncode == 0, done.stdout
