"""A workspace with one small contract, and apictl as a process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

_SOURCES: Final = Path(__file__).parents[2] / "generator"

CONTRACT: Final = """openapi: 3.1.0
info: {title: T, version: "1"}
paths:
  /x:
    get:
      operationId: getX
      responses: {"204": {description: done}}
"""


def write_contract(root: Path, text: str = CONTRACT, *, service: str = "a") -> Path:
    """Write *text* as the contract of *service* and return its path."""
    path = root / "specs" / service / "openapi.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def environment(**more: str) -> dict[str, str]:
    """Return the environment of a process that finds the sources."""
    return os.environ | {"PYTHONPATH": str(_SOURCES), "NO_COLOR": "1"} | more


def command(*arguments: str) -> list[str]:
    """Return the command line of apictl with *arguments*."""
    return [sys.executable, "-m", "apictl.cli.main", *arguments]


def start(root: Path, *arguments: str, **options: Any) -> subprocess.Popen[bytes]:
    """Start apictl in *root*."""
    return subprocess.Popen(command(*arguments), cwd=root, env=environment(**options.pop("env", {})), **options)
