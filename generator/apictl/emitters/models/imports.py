"""Imports of the models module: only what is used, under names that no definition has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from apictl.pages.python import formats

_TYPING = ("Annotated", "TYPE_CHECKING", "TypeAlias", "Union")
_STANDARD = {**formats.STANDARD, **dict.fromkeys(_TYPING, "typing")}
_INSTALLED = {
    **formats.INSTALLED,
    "ConfigDict": "pydantic",
    "Field": "pydantic",
    "Tag": "pydantic",
    "TypeAliasType": "typing_extensions",
}
_SUPPORT = {
    **formats.SUPPORT,
    "Model": "models",
    "OpenEnum": "enums",
    "OpenIntEnum": "enums",
    "complete": "parts",
    "renamed": "renaming",
    "told_by": "models",
}
_BUILT_IN = frozenset({"bool", "dict", "float", "int", "list", "str"})
KNOWN = _STANDARD | dict.fromkeys(_BUILT_IN, "builtins") | _INSTALLED | _SUPPORT
"""The module of each name that is no definition's."""


@dataclass(frozen=True, slots=True)
class Imports:
    """Collects the names that a module uses.

    Attributes:
        taken: names that the module defines.
        support: dotted path of the support package.
    """

    taken: frozenset[str]
    support: str
    used: set[str] = field(default_factory=set)

    def name(self, name: str) -> str:
        """Return how *name* is spelled in the module, which imports it from now on.

        Raises:
            LookupError: nothing of this name is known (a bug).
        """
        if name in _BUILT_IN and name not in self.taken:
            return name
        if name not in KNOWN:
            message = f"{name!r} can't be imported"
            raise LookupError(message)
        self.used.add(name)
        return "datetime.date" if name == "date" and "datetime" not in self.taken else self._local(name)

    def _local(self, name: str) -> str:
        local = name
        while local in self.taken:
            local += "_"
        return local

    def text(self) -> str:
        """Return the import statements: `__future__`, standard library, installed packages, support."""
        groups = [["from __future__ import annotations"], self._standard(), self._from(_INSTALLED), self._own()]
        return "\n\n".join("\n".join(group) for group in groups if group) + "\n"

    def _standard(self) -> list[str]:
        is_whole = "date" in self.used and "datetime" not in self.taken
        modules = dict(_STANDARD) | dict.fromkeys(_BUILT_IN, "builtins")
        if is_whole:
            del modules["date"]
        return (["import datetime"] if is_whole else []) + self._from(modules)

    def _own(self) -> list[str]:
        return self._from({name: f"{self.support}.{module}" for name, module in _SUPPORT.items()})

    def _from(self, modules: dict[str, str]) -> list[str]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self.used & set(modules)):
            local = self._local(name)
            found[modules[name]].append(name if local == name else f"{name} as {local}")
        return [f"from {module} import {', '.join(listed)}" for module, listed in sorted(found.items())]
