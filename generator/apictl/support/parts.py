"""Modules kept in parts: a name is loaded, with what it stands on, when it is first asked for."""

from __future__ import annotations

import importlib
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final

_PATIENCE_SECONDS: Final = 10
"""How long one thread waits for another that loads parts; that one may wait for a part that this one imports."""


class Parts:
    """The names of a module whose parts are modules of their own.

    The module says `__getattr__ = parts.get` and `__dir__ = parts.names` (PEP 562).
    """

    def __init__(self, module: str, names: Mapping[str, str], *, all_as: str = "") -> None:
        """Keep *names*, separated by spaces, by part: a module beside *module*, or below its package.

        With *all_as* the module has that name, too: all values in their order.
        """
        self._module = module
        self._folder = module.rpartition(".")[0]
        self._all_as = all_as
        self._parts = {name: part for part, listed in names.items() for name in listed.split()}

    def get(self, name: str) -> Any:
        """Return what a part defines as *name*; from now on the module has it as an attribute.

        Raises:
            AttributeError: no part defines it.
        """
        module = sys.modules[self._module]
        if name not in self._parts and name != (self._all_as or None):
            message = f"module {self._module!r} has no attribute {name!r}"
            raise AttributeError(message, name=name, obj=module)
        with _alone():
            _waiting.loading += 1
            try:
                value = self._loaded(name) if name in self._parts else tuple(map(self._loaded, self._parts))
            finally:
                _waiting.loading -= 1
            _waiting.made.append((module, name, value))
            _settle()
        return value

    def names(self) -> list[str]:
        """Return every name, loaded or not."""
        return sorted({*vars(sys.modules[self._module]), *self._parts, *([self._all_as] if self._all_as else [])})

    def _loaded(self, name: str) -> Any:
        return getattr(importlib.import_module(f"{self._folder}.{self._parts[name]}"), name)


def complete(part: dict[str, Any], module: ModuleType, names: str) -> None:
    """Give *part*, the names of a module, those *names* of *module* that its annotations mention.

    A class inherits annotations as they are written: names that the part of its base imports are given, too.

    What is loaded for that may in turn need others: all of them are there when the outermost part is, and however
    long the line is, none is loaded within another.
    """
    for value in [*part.values()]:
        if isinstance(value, type) and value.__module__ == part["__name__"]:
            _inherit(part, value)
    with _alone():
        _waiting.names.extend((part, module, name) for name in names.split())
        _settle()


def _inherit(part: dict[str, Any], made: type) -> None:
    folder = made.__module__.rpartition(".")[0] + "."
    for base in made.__mro__[1:]:
        if base.__module__.startswith(folder):
            for name, value in [*vars(sys.modules[base.__module__]).items()]:
                part.setdefault(name, value)


class _Waiting(threading.local):
    """What this thread's parts still lack, how many it is loading within each other, and what it made of them."""

    def __init__(self) -> None:
        self.made: deque[tuple[ModuleType, str, Any]] = deque()
        self.names: deque[tuple[dict[str, Any], ModuleType, str]] = deque()
        self.loading = 0
        self.is_settling = False


_waiting: Final = _Waiting()
_lock: Final = threading.RLock()


@contextmanager
def _alone() -> Iterator[None]:
    """Keep other threads from loading parts, so that none sees one half made."""
    is_alone = _lock.acquire(timeout=_PATIENCE_SECONDS)
    try:
        yield
    finally:
        if is_alone:
            _lock.release()


def _settle() -> None:
    """Give each part what it lacks; a name whose part is just being loaded waits until that is done."""
    if _waiting.is_settling or _waiting.loading:
        return
    _waiting.is_settling = True
    try:
        waiting, idle = _waiting.names, 0
        while idle < len(waiting):
            part, module, name = waiting.popleft()
            try:
                part[name] = getattr(module, name)
                idle = 0
            except ModuleNotFoundError:
                raise
            except (AttributeError, ImportError):  # the part is there and does not define the name yet
                waiting.append((part, module, name))
                idle += 1
        # Only what lacks nothing is shown to other threads, which ask a module for what it has without waiting.
        while _waiting.made:
            setattr(*_waiting.made.popleft())
    finally:
        _waiting.is_settling = False
