"""Processes that work on services: one that dies is noticed, whenever it was started."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from apictl.errors import ApictlError
from apictl.workspace.manifest import Service
from apictl.workspace.workers import on_all_cores, processes

_LATE_SECONDS = 1.0
_PATIENCE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A task: the first is done as soon as the second one has begun, which dies."""

    service: Service
    mark: Path
    is_last: bool


class Late(dict[int, Any]):
    """Known processes, where the second is known late."""

    def __setitem__(self, pid: int, process: Any) -> None:
        if self:
            time.sleep(_LATE_SECONDS)
        super().__setitem__(pid, process)


def meet(task: Meeting) -> str:
    if task.is_last:
        task.mark.write_text("")
        os._exit(1)
    while not task.mark.exists():
        time.sleep(0.01)
    return task.service.name


class Slowly(tuple[Meeting, ...]):
    """Tasks of which the second comes when the first is under way."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Meeting]:
        for number, task in enumerate(tuple.__iter__(self)):
            time.sleep(_LATE_SECONDS * number)
            yield task


def test_process_that_dies_before_anybody_knows_it_is_noticed(tmp_path: Path) -> None:
    mark = tmp_path / "mark"
    tasks = Slowly((Meeting(Service("a"), mark, is_last=False), Meeting(Service("b"), mark, is_last=True)))
    caught: list[BaseException] = []

    def run() -> None:
        try:
            with processes(2, ["os"]) as pool:
                _knows_late(pool)
                on_all_cores(meet, tasks, executor=pool)
        except ApictlError as fault:
            caught.append(fault)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(_PATIENCE_SECONDS)

    assert [str(each) for each in caught] == ["a worker process died, the machine may be out of memory"]


def _knows_late(pool: Executor) -> None:
    assert isinstance(pool, ProcessPoolExecutor)
    pool._processes = Late()


@pytest.mark.parametrize("count", [1, 3])
def test_results_come_in_the_order_of_the_tasks(count: int, tmp_path: Path) -> None:
    tasks = [Meeting(Service(name), tmp_path, is_last=False) for name in "abc"]

    with processes(count, ["os"]) as pool:
        assert on_all_cores(meet, tasks, executor=pool) == ("a", "b", "c")


class Closing(Executor):
    """Processes of which one dies while the second task is given: first its channels are closed, then it is told."""

    def __init__(self, faults: list[Exception]) -> None:
        """Take the first task, and raise the *faults* for the next ones."""
        self.faults = [None, *faults]

    def submit(self, *_told: Any, **_named: Any) -> Future[Any]:
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None:
            raise fault
        return Future()


@pytest.mark.parametrize("fault", [BrokenProcessPool("one died"), OSError(24, "too many open files")])
def test_process_that_dies_while_another_is_started_is_told_of(tmp_path: Path, fault: Exception) -> None:
    tasks = [Meeting(Service(name), tmp_path, is_last=False) for name in ("a", "b")]

    with pytest.raises(type(fault)) as caught:
        on_all_cores(meet, tasks, executor=Closing([OSError(9, "bad file descriptor"), fault]))

    assert caught.value is fault
