"""Imported by the process that workers are forked from: it and they say nothing when their parent was killed.

Both are told what to do through pipes and named semaphores. When those are gone in the middle of a worker's start,
so is whoever would read of it; what a job raises never comes here, it travels as its result.
"""

from __future__ import annotations

import sys
from types import TracebackType


def _told(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, EOFError | OSError):
        sys.__excepthook__(kind, error, trace)


sys.excepthook = _told
