"""Faults of parameters: which one can't be written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from .declarations import Parameter


@contextmanager
def naming(parameter: Parameter) -> Iterator[None]:
    """Say of a `ValueError` that it is about *parameter*."""
    try:
        yield
    except ValueError as error:
        raise named(parameter, error) from error


def named(parameter: Parameter, error: ValueError) -> ValueError:
    """Return *error* as one about *parameter*."""
    return ValueError(f"{parameter.location} parameter {parameter.name!r}: {error}")
