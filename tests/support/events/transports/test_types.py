"""The adapters type-check where their client libraries are installed, and where none is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from mypy import api

from apictl.support.events import transports

FOLDER = Path(transports.__file__).parent
HERE = [f"--python-executable={sys.executable}"]
NOWHERE = ["--no-site-packages"]


@pytest.mark.parametrize("where", [HERE, NOWHERE], ids=["installed", "not-installed"])
def test_adapters_are_strictly_typed_wherever_a_package_is_checked(where: list[str], tmp_path: Path) -> None:
    modules = [str(path) for path in sorted(FOLDER.glob("*.py"))]
    empty = tmp_path / "mypy.ini"
    empty.write_text("[mypy]\nexplicit_package_bases = true\n")
    options = ["--strict", "--follow-imports=silent", f"--config-file={empty}", f"--cache-dir={tmp_path}"]

    said, _, code = api.run([*options, *where, *modules])

    assert code == 0, said
    assert f"no issues found in {len(modules)} source files" in said
