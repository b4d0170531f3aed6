"""All rules about changes: every file of `breaking` holds one."""

from __future__ import annotations

import functools
import importlib
import pkgutil
from typing import Any, Final

from apictl.rules import breaking
from apictl.rules.rule import Rule

_FOLDER: Final = breaking.__name__


@functools.cache
def breaking_rules() -> tuple[Rule[Any], ...]:
    """Return the rules, by name of their files."""
    names = sorted(module.name for module in pkgutil.iter_modules(breaking.__path__))
    modules = [importlib.import_module(f"{_FOLDER}.{name}") for name in names]
    return tuple(value for module in modules for value in vars(module).values() if isinstance(value, Rule))
