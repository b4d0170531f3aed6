"""Names that a module had: they go on to work, and warn."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Mapping
from typing import Any


def renamed(module: dict[str, Any], names: Mapping[str, str]) -> None:
    """Let *module*, its global names, understand old names for new ones; each use of an old one warns.

    Old names that it defines for type checkers leave: what is left to find them is `__getattr__` (PEP 562).
    """
    others: Callable[[str], Any] | None = module.get("__getattr__")
    own = str(module["__name__"])
    for old in names:
        module.pop(old, None)

    def get(name: str) -> Any:
        new = names.get(name)
        if new is not None:
            warnings.warn(f"{own}.{name} is called {new} now", DeprecationWarning, stacklevel=2)
            return getattr(sys.modules[own], new)
        if others is not None:
            return others(name)
        message = f"module {own!r} has no attribute {name!r}"
        raise AttributeError(message, name=name, obj=sys.modules.get(own))

    module["__getattr__"] = get
