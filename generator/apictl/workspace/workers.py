"""Many services on all cores: processes that die with their parent and leave its signals alone."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import Final, Protocol, TypeVar

from apictl.errors import ApictlError
from apictl.workspace.manifest import Service

# Imported once by the process that the workers are forked from.
_HEAVY: Final = [
    "apictl.workspace.orphans",
    "apictl.workspace.targets",
    "apictl.workspace.checking.examining",
    "apictl.readers.openapi.reader",
    "apictl.readers.asyncapi.reader",
    "apictl.emitters.events.emit",
    "apictl.pages.rendering",
    "datamodel_code_generator",
]


class Task(Protocol):
    """What is to be done about one service; it travels to another process."""

    @property
    def service(self) -> Service:
        """The service."""


_Task = TypeVar("_Task", bound=Task)
_Result = TypeVar("_Result")

Progress = Callable[[str, int, int], None]
"""Told the service that is done, how many are done, and how many there are."""


def silent(_service: str, _done: int, _total: int) -> None:
    """Tell nobody."""


def on_all_cores(
    work: Callable[[_Task], _Result],
    tasks: Sequence[_Task],
    *,
    executor: Executor | None = None,
    progress: Progress = silent,
    least: int = 2,
) -> tuple[_Result, ...]:
    """Return the result of *work*, a function of a module, for each of *tasks*, in their order.

    Without *executor* there are as many processes as cores, or tasks if fewer; less than *least* tasks run in this one.
    """
    count = min(len(tasks), cores())
    if executor is not None:
        return _collected(executor, work, tasks, progress=progress)
    if count <= 1 or len(tasks) < least:
        results = []
        for task in tasks:
            results.append(work(task))
            progress(task.service.name, len(results), len(tasks))
        return tuple(results)
    with processes(count) as pool:
        return _collected(pool, work, tasks, progress=progress)


def _collected(
    executor: Executor, work: Callable[[_Task], _Result], tasks: Sequence[_Task], *, progress: Progress
) -> tuple[_Result, ...]:
    with _signals_afterwards():
        try:
            futures: dict[Future[_Result], str] = {executor.submit(work, task): task.service.name for task in tasks}
        except OSError:
            executor.submit(_nothing)  # tells of a process that died meanwhile: its channels are closed, to others, too
            raise
        # A process is watched from what happens next on, were it the last: one that died before would be waited for.
        executor.submit(_nothing)
    for done, future in enumerate(as_completed(futures), start=1):
        future.result()  # the first failure ends the run
        progress(futures[future], done, len(tasks))
    return tuple(future.result() for future in futures)


def _nothing() -> None:
    """Happen."""


@contextmanager
def _signals_afterwards() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back until the block is done.

    A worker whose start is interrupted half-way is known to nobody who could end it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    caught: list[int] = []
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.signal(number, lambda came, _frame: caught.append(came)) for number in numbers}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
        for caught_number in dict.fromkeys(caught):
            signal.raise_signal(caught_number)


def cores() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def processes(count: int, modules: Sequence[str] = _HEAVY) -> Iterator[Executor]:
    """Give *count* processes that have imported *modules*.

    Raises:
        ApictlError: one of them died.
    """
    # Never a plain fork: this process may have threads, and their locks would be copied as they are.
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    if context.get_start_method() == "forkserver":
        context.set_forkserver_preload([*modules])
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_prepare)
    try:
        yield pool
    except BrokenProcessPool as fault:
        raise ApictlError("a worker process died, the machine may be out of memory") from fault
    except BaseException:
        children = multiprocessing.active_children()
        for child in children:
            child.terminate()
        for child in children:
            child.join(timeout=2)
        # Its thread has to be over before the interpreter ends, which would wake it through a closed pipe.
        pool.shutdown(cancel_futures=True)
        raise
    pool.shutdown()


def _prepare() -> None:
    """Set up a worker: Ctrl-C is its parent's business, and it ends when its parent does."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
