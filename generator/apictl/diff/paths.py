"""Paths of operations: their shape, whatever their parameters are called."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

_PARAMETER: Final = re.compile(r"\{([^{}]*)\}")


def shape(path: str) -> str:
    """Return *path* without the names of its parameters: `/pets/{}` for `/pets/{petId}`."""
    return _PARAMETER.sub("{}", path)


def parameter_names(path: str) -> tuple[str, ...]:
    """Return the names of the parameters of *path*, in order."""
    return tuple(_PARAMETER.findall(path))


def renamed(old: str, new: str) -> dict[str, str]:
    """Return for each parameter of the path *new* the name at its position in *old*, when they have as many."""
    before, after = parameter_names(old), parameter_names(new)
    return dict(zip(after, before, strict=True)) if _is_one_to_one(before, after) else {}


def _is_one_to_one(before: Sequence[str], after: Sequence[str]) -> bool:
    return len(before) == len(after) == len(set(before)) == len(set(after))
