"""The modules of `support` that a package takes along."""

from __future__ import annotations

import ast
import functools
import importlib.resources
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from apictl.pages.page import GeneratedFile

_EVENTS: Final = "events/"
_MODELS: Final = ("__init__.py", "binary.py", "enums.py", "files.py", "models.py")
"""What `models.py` of a package may import."""


def support_modules(folder: PurePosixPath, *, with_requests: bool, with_events: bool) -> tuple[GeneratedFile, ...]:
    """Return the support modules as they are; without requests only those that events and models stand on."""
    modules = _modules()
    own = [name for name in modules if not name.startswith(_EVENTS)]
    events = [name for name in modules if name.startswith(_EVENTS)] if with_events else []
    wanted = [*own, *events] if with_requests else sorted(_closed(modules, [*_MODELS, *events]))
    return tuple(GeneratedFile(folder / name, modules[name]) for name in wanted)


@functools.cache
def _modules() -> Mapping[str, bytes]:
    """Return the text of each module by its path, sorted."""
    root = importlib.resources.files("apictl.support")
    found = {each.name: each.read_bytes() for each in root.iterdir() if each.name.endswith(".py")}
    below = root.joinpath("events").iterdir()
    found |= {f"{_EVENTS}{each.name}": each.read_bytes() for each in below if each.name.endswith(".py")}
    return dict(sorted(found.items()))


def _closed(modules: Mapping[str, bytes], roots: list[str]) -> frozenset[str]:
    """Return *roots* with every module that they import, directly or not."""
    found: set[str] = set()
    waiting = [*roots]
    while waiting:
        name = waiting.pop()
        if name in modules and name not in found:
            found.add(name)
            waiting.extend(_imported(name, modules[name]))
    return frozenset(found)


def _imported(name: str, source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level and node.module:
            is_own = name.startswith(_EVENTS) and node.level == 1
            yield f"{_EVENTS if is_own else ''}{node.module.replace('.', '/')}.py"
