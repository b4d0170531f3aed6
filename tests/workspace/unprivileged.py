"""Doing something without the rights of the superuser, who may read and write everything."""

from __future__ import annotations

import multiprocessing
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_NOBODY: Final = 65534


@contextmanager
def open_folder() -> Iterator[Path]:
    """Give a folder that everybody may enter, unlike those of pytest."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name).resolve()


def message_without_rights(action: Callable[[], object]) -> str:
    """Return what the error says that *action* raises in a child that is nobody; "" when it raises none."""
    read_end, write_end = os.pipe()
    child = multiprocessing.get_context("fork").Process(target=_act, args=(action, write_end))
    child.start()
    os.close(write_end)
    with os.fdopen(read_end, "rb") as stream:
        message = stream.read().decode()
    child.join(20)
    return message


def _act(action: Callable[[], object], write_end: int) -> None:
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(_NOBODY)
        os.setuid(_NOBODY)
    try:
        action()
    except Exception as fault:  # noqa: BLE001 - whatever it is, the test judges its text
        os.write(write_end, f"{type(fault).__name__}: {fault}".encode())
    sys.exit(0)
