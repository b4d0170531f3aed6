"""The project's own files as the architecture tests read them."""

from __future__ import annotations

import ast
import functools
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "generator" / "apictl"
TEMPLATES = ROOT / "templates"

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True, slots=True)
class Definition:
    """A function of the package.

    Attributes:
        name: `path:qualified.name`, the path relative to the root.
        node: its syntax tree.
        is_method: a class is its parent, so that its first parameter is not the caller's.
    """

    name: str
    node: Function
    is_method: bool

    @property
    def lines(self) -> int:
        """How many lines it takes, docstring included, decorators not."""
        return (self.node.end_lineno or self.node.lineno) - self.node.lineno + 1

    @property
    def parameters(self) -> int:
        """How many parameters a caller sees."""
        arguments = self.node.args
        count = len(arguments.posonlyargs) + len(arguments.args) + len(arguments.kwonlyargs)
        is_static = any(isinstance(item, ast.Name) and item.id == "staticmethod" for item in self.node.decorator_list)
        return count - (self.is_method and not is_static)


@functools.cache
def tracked_files() -> tuple[str, ...]:
    """Return the files that git tracks or would track, relative to the root, sorted; skip outside a repository."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"git can't list the files of {ROOT}: {error}")
    return tuple(sorted(name for name in set(done.stdout.split("\0")) if (ROOT / name).is_file()))


def modules() -> tuple[Path, ...]:
    """Return every module of the package, sorted."""
    return tuple(sorted(PACKAGE.rglob("*.py")))


def parse(module: Path) -> ast.Module:
    """Return the syntax tree of *module*."""
    return ast.parse(module.read_text(encoding="utf-8"), filename=str(module))


def definitions() -> tuple[Definition, ...]:
    """Return every function of the package, nested ones too, in order of file and line."""
    return tuple(found for module in modules() for found in _below(parse(module), module.relative_to(ROOT).as_posix()))


def _below(parent: ast.AST, name: str, *, separator: str = ":") -> Iterator[Definition]:
    for node in ast.iter_child_nodes(parent):
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                full_name = f"{name}{separator}{node.name}"
                yield Definition(full_name, node, is_method=isinstance(parent, ast.ClassDef))
                yield from _below(node, full_name, separator=".")
            case ast.ClassDef():
                yield from _below(node, f"{name}{separator}{node.name}", separator=".")
            case _:
                yield from _below(node, name, separator=separator)
