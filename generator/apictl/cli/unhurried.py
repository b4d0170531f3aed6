"""Commands whose options are converted when they are given, and not before.

typer converts values by pydantic, which takes as long to import as a run with nothing to do takes altogether.
"""

from __future__ import annotations

import functools
from typing import Any

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption


class Command(TyperCommand):
    """A command that leaves alone what nobody gave."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, which convert what is given only."""
        return [_unhurried(each) for each in super().get_params(ctx)]


class Group(TyperGroup):
    """A group of commands that leaves alone what nobody gave."""

    def get_params(self, ctx: Any) -> list[Any]:
        """Return the parameters, which convert what is given only."""
        return [_unhurried(each) for each in super().get_params(ctx)]


def _unhurried(parameter: Any) -> Any:
    is_new = isinstance(parameter, TyperArgument | TyperOption) and "process_value" not in vars(parameter)
    if is_new and not parameter.required:
        parameter.process_value = functools.partial(_processed, parameter, parameter.process_value)
    return parameter


def _processed(parameter: Any, process: Any, ctx: Any, value: Any) -> Any:
    """Return *value* as the command takes it; None of the user's is what typer makes of it, without its converter."""
    if value is not None:
        return process(ctx, value)
    nothing = () if parameter.multiple or parameter.nargs == -1 else None
    return nothing if parameter.callback is None else parameter.callback(ctx, parameter, nothing)
