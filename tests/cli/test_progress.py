"""Progress is told only to who has waited for it."""

from __future__ import annotations

import time

import pytest

from apictl.cli import progress


def test_quick_run_tells_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.shown(patience_seconds=60) as advance:
        advance("a", 1, 2)

    assert capsys.readouterr() == ("", "")


def test_slow_run_tells_each_service_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.shown(patience_seconds=0, pause_seconds=0) as advance:
        time.sleep(0.05)
        advance("a", 1, 2)
        advance("b", 2, 2)

    assert capsys.readouterr() == ("", "a is done, 1 of 2\nb is done, 2 of 2\n")


def test_long_run_tells_the_first_and_the_last_and_now_and_then_one(capsys: pytest.CaptureFixture[str]) -> None:
    with progress.shown(patience_seconds=0, pause_seconds=60) as advance:
        time.sleep(0.05)
        for number in range(1, 1001):
            advance(f"s{number}", number, 1000)

    assert capsys.readouterr() == ("", "s1 is done, 1 of 1000\ns1000 is done, 1000 of 1000\n")
