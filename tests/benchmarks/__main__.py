"""Measures all that apictl has bars for, beside its peers: importing, serving, calling, generating.

    python -m tests.benchmarks [--peers FOLDER]... [--openapi-generator-jar JAR]

Each of them is a script of its own, with more options: `python -m tests.benchmarks.importing --help`. Peers are those
that are installed beside Python, on PATH or in a folder given with --peers. Nothing else should run meanwhile.
Exit code: 0 when all bars are kept, 1 when one is missed, 2 when something could not be measured.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_ROOT: Final = Path(__file__).parents[2]
_ALONE: Final = ("serving", "calls")
_BESIDE_PEERS: Final = ("importing", "generation")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run them one after the other, and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--peers", type=Path, action="append", default=[], metavar="FOLDER", help="where commands are")
    parser.add_argument("--openapi-generator-jar", dest="jar", type=Path, metavar="JAR")
    wish = parser.parse_args(arguments)
    peers = [part for folder in wish.peers for part in ("--peers", str(folder.absolute()))]
    peers += ["--openapi-generator-jar", str(wish.jar.absolute())] if wish.jar else []
    codes = [_run(name, []) for name in _ALONE] + [_run(name, peers) for name in _BESIDE_PEERS]
    return max(codes)


def _run(name: str, options: Sequence[str]) -> int:
    sys.stdout.write(f"\n== tests.benchmarks.{name}\n\n")
    sys.stdout.flush()
    return subprocess.run(
        [sys.executable, "-m", f"tests.benchmarks.{name}", *options], cwd=_ROOT, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(main())
