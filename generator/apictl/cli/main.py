"""The door: hands the command line over, turns what happens into an exit code."""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from types import FrameType
from typing import Final

from apictl.cli import console
from apictl.errors import ApictlError
from apictl.version import told

OK: Final = 0
REFUSED: Final = 1
UNABLE: Final = 2
BUG: Final = 3
INTERRUPTED: Final = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line *arguments* (the process's own by default) and return the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    console.make_safe()
    try:
        with _signals_obeyed():
            code = _run(given)
    except ApictlError as fault:
        console.complain(f"error: {fault}", hint=fault.hint)
        return UNABLE
    except MemoryError:
        console.complain("error: out of memory")
        return UNABLE
    except OSError as fault:
        console.complain(f"error: {_os_fault(fault)}")
        return UNABLE
    except Exception as bug:  # noqa: BLE001 - the one place where a bug ends
        from apictl.cli.bugs import report_bug  # noqa: PLC0415 - there is none, as a rule

        report_bug(bug, given)
        return BUG
    if code == INTERRUPTED:
        console.complain("interrupted")
    return code


def _run(arguments: list[str]) -> int:
    try:
        try:
            if arguments == ["--version"]:
                console.say(told())
            else:
                from apictl.cli.app import app  # noqa: PLC0415 - to say one word, nobody should wait for typer

                app(args=arguments, prog_name="apictl")
        finally:
            console.flush()
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else OK
    return OK


@contextlib.contextmanager
def _signals_obeyed() -> Iterator[None]:
    """Let a request to end unwind the stack, so that nothing half done is left."""

    def end(number: int, _frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    wanted = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    is_possible = threading.current_thread() is threading.main_thread()
    previous = {number: signal.signal(number, end) for number in wanted} if is_possible else {}
    try:
        yield
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)


def _os_fault(fault: OSError) -> str:
    reason = fault.strerror or type(fault).__name__
    return f"{fault.filename}: {reason}" if fault.filename else reason


if __name__ == "__main__":
    sys.exit(main())
