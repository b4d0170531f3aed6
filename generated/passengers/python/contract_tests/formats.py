"""Formats of OpenAPI that schemathesis does not know, and that the models of a package have a type for."""

from __future__ import annotations

import re
from typing import Any, Final

import schemathesis
from hypothesis import strategies

_DECIMAL: Final = re.compile(r"[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")


def is_decimal(value: Any) -> bool:
    """Whether *value* is a fixed point decimal number, where it is text (OpenAPI Format Registry, decimal)."""
    return not isinstance(value, str) or _DECIMAL.fullmatch(value) is not None


def teach_formats() -> None:
    """Let schemathesis make texts of these formats."""
    bound = 10**12
    numbers = strategies.decimals(-bound, bound, places=4)
    schemathesis.openapi.format("decimal", numbers.map("{:f}".format))
