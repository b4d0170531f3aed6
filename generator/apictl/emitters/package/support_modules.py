"""The modules of `support` that a package takes along."""

from __future__ import annotations

import ast
import functools
import importlib.resources
from collections.abc import Iterator, Mapping
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from typing import Final

from apictl.pages.page import GeneratedFile

_EVENTS: Final = "events/"
_TRANSPORTS: Final = "events/transports/"
_CODINGS: Final = "events/codings/"
_MODELS: Final = ("__init__.py", "binary.py", "enums.py", "files.py", "models.py", "renaming.py")
"""What `models.py` of a package may import."""

_PARTS: Final = "parts.py"
"""What modules that are kept in parts stand on."""


def support_modules(
    folder: PurePosixPath,
    *,
    with_requests: bool,
    with_parts: bool,
    adapters: tuple[str, ...] | None,
    codings: tuple[str, ...] = (),
) -> tuple[GeneratedFile, ...]:
    """Return the support modules as they are; without requests only those that events and models stand on.

    *adapters* are names of modules of `support.events.transports`, *codings* of `support.events.codings`; no adapters
    at all for a package without events.
    """
    modules = _modules()
    parts = [_PARTS] if with_parts else []
    own = [*parts, *(name for name in modules if "/" not in name and name != _PARTS)]
    events = [] if adapters is None else [*_of_events(modules, adapters, codings)]
    wanted = sorted([*own, *events]) if with_requests else sorted(_closed(modules, [*_MODELS, *parts, *events]))
    return tuple(GeneratedFile(folder / name, modules[name]) for name in wanted)


def _of_events(modules: Mapping[str, bytes], adapters: tuple[str, ...], codings: tuple[str, ...]) -> Iterator[str]:
    """Yield all modules of events, but of transports and codings only what *adapters* and *codings* stand on."""
    yield from (name for name in modules if name.startswith(_EVENTS) and not name.startswith((_TRANSPORTS, _CODINGS)))
    for folder, chosen in ((_TRANSPORTS, adapters), (_CODINGS, codings)):
        if chosen:
            roots = [f"{folder}{each}.py" for each in ("__init__", *chosen)]
            yield from (name for name in _closed(modules, roots) if name.startswith(folder))


@functools.cache
def _modules() -> Mapping[str, bytes]:
    """Return the text of each module that packages may take along by its path, sorted."""
    root = importlib.resources.files("apictl.support")
    found = {each.name: each.read_bytes() for each in root.iterdir() if each.name.endswith(".py")}
    found |= _below(root.joinpath("events"), _EVENTS)
    return dict(sorted(found.items()))


def _below(folder: Traversable, prefix: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for each in folder.iterdir():
        if each.name.endswith(".py"):
            found[f"{prefix}{each.name}"] = each.read_bytes()
        elif each.is_dir() and each.name != "__pycache__":
            found |= _below(each, f"{prefix}{each.name}/")
    return found


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
    """Yield the paths of what the module *name* imports relatively; what is no module among them does no harm."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level:
            folder = PurePosixPath(name).parents[node.level - 1]
            steps = (node.module or "").replace(".", "/")
            yield str(folder / f"{steps}.py")
            yield from (str(folder / steps / f"{alias.name}.py") for alias in node.names)
            yield str(folder / steps / "__init__.py")
