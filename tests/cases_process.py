"""What the process of a case may do: half a gigabyte, Python's usual depth, no rights of the superuser."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_MEMORY: Final = 512 * 1024 * 1024
_DEPTH: Final = 1000  # Python's own
_VERSION: Final = 0x20080522  # of the structures that capset(2) takes
_MAY_READ_AND_WRITE_ALL: Final = 0b110  # CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH


@contextmanager
def limits(*, mask: int) -> Iterator[None]:
    """Hold a command to what it may do; files that it makes get modes as *mask* wants."""
    before = os.umask(mask)
    try:
        with _memory_capped(), _usual_depth(), _rights_of_an_owner():
            yield
    finally:
        os.umask(before)


@contextmanager
def _memory_capped() -> Iterator[None]:
    """Let this process have half a gigabyte more than it has (D15); what needs more is an error, and fails the case."""
    if sys.platform != "linux":
        yield
        return
    import resource  # noqa: PLC0415 - not everywhere

    before = resource.getrlimit(resource.RLIMIT_AS)
    size = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + _MEMORY, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)


@contextmanager
def _usual_depth() -> Iterator[None]:
    """Let calls nest as deeply as in a process of its own: mypy, run by another test, lets them nest deeper."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(_DEPTH)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = tuple((name, ctypes.c_uint32) for name in ("effective", "permitted", "inheritable"))


@contextmanager
def _rights_of_an_owner() -> Iterator[None]:
    """Let modes of files count for the superuser, too (capabilities(7)): A14 and I04."""
    if sys.platform != "linux" or os.geteuid() != 0:
        yield
        return
    system = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(_VERSION, 0), (_Sets * 2)()
    assert system.capget(ctypes.byref(header), sets) == 0
    before = sets[0].effective
    sets[0].effective = before & ~_MAY_READ_AND_WRITE_ALL
    assert system.capset(ctypes.byref(header), sets) == 0
    try:
        yield
    finally:
        sets[0].effective = before
        assert system.capset(ctypes.byref(header), sets) == 0
