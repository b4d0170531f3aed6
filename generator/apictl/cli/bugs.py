"""Where a bug ends: one line for the person, and a report that holds nothing of theirs."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import platform
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from apictl.cli import console
from apictl.version import VERSION

_PACKAGE: Final = Path(__file__).parents[1]
_LIBRARIES: Final = ("datamodel-code-generator", "jinja2", "jsonschema-rs", "pydantic", "pyyaml", "ruff", "typer")
_COMMANDS: Final = frozenset(
    {"check", "diff", "doctor", "explain", "generate", "graph", "init", "lint", "rules", "schema", "test"}
)


def report_bug(bug: Exception, arguments: Sequence[str]) -> None:
    """Say where *bug* happened, and leave a report beside other temporary files; *arguments* are those of the run."""
    frames = traceback.extract_tb(bug.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    path = _left("".join(f"{line}\n" for line in _report(bug, arguments)))
    told = f"{path} says more and nothing of your files; " if path else ""
    console.complain(f"bug in apictl {VERSION}: {type(bug).__name__}{where}", hint=f"{told}--debug shows the traceback")
    if "--debug" in arguments:
        console.complain("".join(traceback.format_exception(bug)).rstrip())


def _report(bug: Exception, arguments: Sequence[str]) -> Iterator[str]:
    """Yield what is known; no message and no value, which may hold parts of a contract or a secret, and no path."""
    yield f"apictl {VERSION}, Python {platform.python_version()}, {platform.system()} {platform.machine()}"
    for library in _LIBRARIES:
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            yield f"{library} {importlib.metadata.version(library)}"
    command = next((each for each in arguments if each in _COMMANDS), "")
    options = [each.partition("=")[0] for each in arguments if each.startswith("--")]
    yield f"apictl {' '.join([command, *(each for each in options if each.isascii() and len(each) <= 30)])}"  # noqa: PLR2004
    seen: set[int] = set()
    fault: BaseException | None = bug
    while fault is not None and id(fault) not in seen:
        seen.add(id(fault))
        yield f"{type(fault).__module__}.{type(fault).__qualname__}"
        for frame in traceback.extract_tb(fault.__traceback__):
            yield f"  {_shown(Path(frame.filename))}:{frame.lineno} {frame.name}"
        fault = fault.__cause__ or fault.__context__


def _shown(path: Path) -> str:
    """Return *path* below apictl or its libraries; of a file elsewhere only that it is none of these."""
    if path.is_relative_to(_PACKAGE):
        return f"apictl/{path.relative_to(_PACKAGE).as_posix()}"
    parts = path.parts
    if "site-packages" in parts:
        return "/".join(parts[parts.index("site-packages") + 1 :])
    return f"python/{path.name}" if path.is_relative_to(Path(os.__file__).parent) else "a file of the workspace"


def _left(text: str) -> str:
    with contextlib.suppress(OSError):
        descriptor, path = tempfile.mkstemp(prefix="apictl-bug-", suffix=".txt")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
        return path
    return ""
