"""The garbage collector while large documents are read and compared."""

from __future__ import annotations

import subprocess
import sys

_SETTING = "import gc; from apictl.source.collecting import {0} as call; {1}"


def _printed(name: str, code: str) -> str:
    # In a process of its own: the collector is one for all tests.
    run = subprocess.run(
        [sys.executable, "-c", _SETTING.format(name, code)], check=True, capture_output=True, text=True
    )
    return run.stdout.strip()


def test_the_collector_is_off_while_reading_and_on_again_after_it() -> None:
    code = "\nwith call():\n  print(gc.isenabled(), end=' ')\nprint(gc.isenabled())"

    assert _printed("without_collecting", code) == "False True"


def test_the_collector_stays_off_when_it_was_off() -> None:
    code = "gc.disable()\nwith call(): pass\nprint(gc.isenabled())"

    assert _printed("without_collecting", code) == "False"


def test_what_was_read_is_passed_over_and_what_comes_is_still_collected() -> None:
    code = "call(); print(gc.get_freeze_count() > 0, gc.isenabled(), gc.get_threshold()[0] > 700)"

    assert _printed("collect_seldom", code) == "True True True"
