"""Imports go downwards only, and what is copied or imported is declared."""

from __future__ import annotations

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.sources import PACKAGE, ROOT, modules, parse


def _imports(module: Path) -> Iterator[str]:
    """Yield the dotted name of every absolute import of *module*."""
    for node in ast.walk(parse(module)):
        match node:
            case ast.Import():
                yield from (alias.name for alias in node.names)
            case ast.ImportFrom(level=0, module=str(name)):
                yield name
            case _:
                pass


def _distribution(requirement: str) -> str:
    name = re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0]
    return re.sub(r"[-_.]+", "-", name).lower()


def test_layers_hold() -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT / "generator")}
    command = [str(Path(sys.executable).with_name("lint-imports")), "--config", "pyproject.toml", "--no-cache"]

    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_support_is_copied_so_it_imports_nothing_of_apictl() -> None:
    support = sorted((PACKAGE / "support").rglob("*.py"))

    wrong = [(file.name, name) for file in support for name in _imports(file) if name.split(".")[0] == "apictl"]

    assert support
    assert wrong == []


def test_every_library_imported_is_a_declared_dependency() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["brokers"]]
    distributions = importlib.metadata.packages_distributions()
    roots = {name.split(".")[0] for module in modules() for name in _imports(module)}
    foreign = roots - sys.stdlib_module_names - {"apictl", "__future__"}

    needed = {root: {_distribution(name) for name in distributions.get(root, [root])} for root in sorted(foreign)}

    known = {_distribution(requirement) for requirement in declared}
    assert {root: names for root, names in needed.items() if not names & known} == {}
