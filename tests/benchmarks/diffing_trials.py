"""Tools that compare contracts, run on a pair: what each took and what it said."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.benchmarks.contenders import ROOT, Contender, found
from tests.benchmarks.diffing_pairs import DocumentPair
from tests.benchmarks.measuring import Measurement, measure

_OK: Final = "ok"
_OLD: Final = "{old}"
_NEW: Final = "{new}"
_MEMORY_KILOBYTES: Final = 12_000_000
_ERROR_LEVEL: Final = 3
_REASON_LENGTH: Final = 100

# What is said and what is complained of are kept apart, and one tool can't take the memory of the whole machine.
_SHELL: Final = ("sh", "-c", f'ulimit -v {_MEMORY_KILOBYTES}; said=$1; shift; exec "$@" >"$said"', "sh")


@dataclass(frozen=True, slots=True)
class Proofs:
    """How many breaking changes are believed for which reason.

    Attributes:
        witness: of schemas, with a value that shows it.
        law: of everything else: an operation that is gone needs no value.
        unproven: of schemas, without a value.
    """

    witness: int = 0
    law: int = 0
    unproven: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What a tool said about a pair.

    Attributes:
        end: "ok", or why nothing was compared.
        breaking: how many changes break somebody, each tool counts in its own way; None when nothing was compared.
        proofs: None for a tool that has none.
    """

    end: str
    breaking: int | None = None
    proofs: Proofs | None = None

    @property
    def is_compared(self) -> bool:
        """Whether both documents were read and compared."""
        return self.breaking is not None


@dataclass(frozen=True, slots=True)
class DiffRow:
    """One run.

    Attributes:
        pair: name.
        tool: name.
        measurement: what it took; None when the tool is not installed.
        said: None when it came to no end.
    """

    pair: str
    tool: str
    measurement: Measurement | None = None
    said: Said | None = None

    @property
    def end(self) -> str:
        """How it ended, in a line."""
        if self.measurement is None:
            return "not installed"
        return self.said.end if self.said else f"failed: {self.measurement.reason or 'it said nothing that is JSON'}"


@dataclass(frozen=True, slots=True)
class DiffTool:
    """A tool that compares, and how what it says is read.

    Attributes:
        contender: how it is started; its arguments name both documents.
        read: gives what a JSON document of its says; None when it says nothing that is known.
    """

    contender: Contender
    read: Callable[[Any], Said | None]


def _read_ours(content: Any) -> Said | None:
    outcome = content["services"][0]["outcome"]
    findings = content["findings"]
    if outcome.endswith("refused"):
        errors = [finding for finding in findings if finding["severity"] == "error"]
        first = f"{errors[0]['message'][:_REASON_LENGTH]} [{errors[0]['rule']}]"
        return Said(f"{outcome}: {first}{f' and {len(errors) - 1} more' * (len(errors) > 1)}")
    count = Counter(_reason(finding) for finding in findings if finding.get("breaking"))
    return Said(_OK, count.total(), Proofs(**count))


def _reason(finding: Any) -> str:
    """Return which of the proofs *finding* has: what calls itself shown must show it."""
    if finding["witness"] is not None:
        return "witness"
    return "law" if finding["proof"] == "law" else "unproven"


def _read_oasdiff(content: Any) -> Said | None:
    if not isinstance(content, list):
        return None
    return Said(_OK, sum(isinstance(each, dict) and each.get("level") == _ERROR_LEVEL for each in content))


OURS: Final = DiffTool(
    Contender(
        name="apictl diff",
        makes="verdicts and witnesses",
        program="apictl",
        arguments=("diff", _OLD, _NEW, "--format", "json"),
        # The module of this tree, whatever is installed.
        command=(sys.executable, "-m", "apictl.cli.main"),
        variables=(("PYTHONPATH", str(ROOT / "generator")),),
    ),
    _read_ours,
)
OASDIFF: Final = DiffTool(
    Contender(
        name="oasdiff breaking",
        makes="verdicts",
        program="oasdiff",
        arguments=("breaking", _OLD, _NEW, "--format", "json", "--fail-on", "ERR"),
    ),
    _read_oasdiff,
)


def installed(tool: DiffTool, folders: Sequence[Path]) -> DiffTool:
    """Return *tool* with the command that starts it, where it is in *folders*, beside Python or on PATH."""
    command = found(tool.contender, folders, jar=None)
    return dataclasses.replace(tool, contender=dataclasses.replace(tool.contender, command=command))


def trial(tool: DiffTool, pair: DocumentPair, *, limit_seconds: float) -> DiffRow:
    """Run *tool* on copies of *pair* in a fresh folder, and return what became of it."""
    contender = tool.contender
    if not contender.command:
        return DiffRow(pair.name, contender.name)
    with tempfile.TemporaryDirectory(prefix="apictl-benchmark-") as place:
        folder = Path(place)
        # Short names, so that a complaint which begins with one fits into its cell.
        names = {_OLD: f"old{pair.old.suffix}", _NEW: f"new{pair.new.suffix}"}
        shutil.copyfile(pair.old, folder / names[_OLD])
        shutil.copyfile(pair.new, folder / names[_NEW])
        command = [*contender.command, *(names.get(argument, argument) for argument in contender.arguments)]
        measurement = measure(
            [*_SHELL, "said", *command], folder, environment=contender.environment(), limit_seconds=limit_seconds
        )
        return DiffRow(pair.name, contender.name, measurement, _said(tool, folder / "said"))


def _said(tool: DiffTool, file: Path) -> Said | None:
    try:
        content = json.loads(file.read_bytes())
    except (OSError, ValueError):  # it was ended, or gave up
        return None
    return tool.read(content)
