"""Programs of the workspace: Python files that run only where somebody trusts them, silently and never too long."""

from __future__ import annotations

import contextlib
import importlib.util
import io
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType, ModuleType
from typing import Any, Final

from apictl.errors import ApictlError
from apictl.workspace.naming import path_inside

SECONDS: Final = 10.0
"""How long a program may take to load."""
_LONGEST: Final = 100


class TooLong(BaseException):
    """Raised inside a program whose time is up; no `except Exception` of the program catches it."""


def program(root: Path, path: str, use: str) -> ModuleType:
    """Return the module at *path*, relative to the workspace *root*; *use* says what such files are for.

    It is run: whoever calls this trusts it.

    Raises:
        ApictlError: the file is not in the workspace, or fails.
    """
    inside = path_inside(path)
    file = root / path
    if inside is None or not file.resolve().is_relative_to(root.resolve()):
        raise ApictlError(f"{path} leads out of the workspace", hint=use)
    if file.suffix != ".py" or not file.is_file():
        raise ApictlError(f"{path} is no Python file", hint=use)
    spec = importlib.util.spec_from_file_location(f"apictl_custom_rules.{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ApictlError(f"{path} can't be loaded")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # the page of a rule is the docstring of its module
    try:
        with silence(), time_limit(SECONDS), _nothing_written():
            spec.loader.exec_module(module)
    except TooLong as fault:
        raise ApictlError(f"{path} took longer than {SECONDS:g} s to load") from fault
    except (Exception, SystemExit) as fault:
        raise ApictlError(f"{path} failed while it was loaded: {told_of(fault)}") from fault
    return module


def told_of(fault: BaseException) -> str:
    """Return what happened and on which line of the program."""
    frames = fault.__traceback__
    line, file = 0, ""
    while frames is not None:
        line, file = frames.tb_lineno, Path(frames.tb_frame.f_code.co_filename).name
        frames = frames.tb_next
    return f"{type(fault).__name__} at {file}:{line}: {str(fault)[:_LONGEST]}"


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """Let nothing that a program prints reach a report."""
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        yield


@contextlib.contextmanager
def _nothing_written() -> Iterator[None]:
    """Leave no bytecode in the workspace."""
    was_left, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        yield
    finally:
        sys.dont_write_bytecode = was_left


@contextlib.contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Raise `TooLong` in the block after *seconds*, where the system has an alarm clock."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(_number: int, _frame: FrameType | None) -> None:
        raise TooLong

    previous: Callable[[int, FrameType | None], Any] | int | None = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
