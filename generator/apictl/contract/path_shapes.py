"""What requests carry of the paths of operations, and whether it tells them apart."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeAlias
from urllib.parse import parse_qsl

from apictl.contract.operation import Operation

Shape: TypeAlias = tuple[str, frozenset[tuple[str, str]]]
"""A path without the names of its parameters, and the pairs of its fixed query, which have no order."""

_EXPRESSION: Final = re.compile(r"\{[^{}]*\}")
_FRAGMENT: Final = re.compile(r"((?:[^{}#]|\{[^{}]*\})*)#.*", re.DOTALL)


def shape_of(path: str) -> Shape:
    """Return what tells the template *path* from others: neither names nor the order of a fixed query."""
    shape, _, query = _EXPRESSION.sub("{}", path).partition("?")
    return shape, frozenset(parse_qsl(query, keep_blank_values=True))


def carried(path: str) -> str:
    """Return what requests carry of the template *path*: no fragment (RFC 9110, 4.2.5)."""
    parted = _FRAGMENT.fullmatch(path)
    return path if parted is None else parted[1]


def are_told_apart(operations: Iterable[Operation]) -> bool:
    """Whether a server can tell by method and path which of *operations* is meant, and all of the path is carried."""
    known: set[tuple[str, Shape]] = set()
    for operation in operations:
        key = operation.method, shape_of(operation.path)
        if key in known or carried(operation.path) != operation.path:
            return False
        known.add(key)
    return True
