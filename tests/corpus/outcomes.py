"""What became of the steps of a document, kept in a file so that a run which was stopped goes on."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.corpus.documents import ROOT

_JUDGES: Final = {"round trip": ("tests/corpus/arguments.py", "tests/corpus/roundtrip.py")}
"""What decides about a generated package by step, besides the package and the pins."""
_PRODUCT: Final = ("generator", "templates", "requirements.txt")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one step.

    Attributes:
        flaw: why it failed; "" when it was passed.
        seconds: wall time.
        figures: what was counted, by name.
        notes: lines that it said: why a document is refused, or which operations nobody can call.
    """

    flaw: str = ""
    seconds: float = 0.0
    figures: Mapping[str, int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


class Memory:
    """The outcomes of one document's steps."""

    def __init__(self, file: Path | None = None) -> None:
        """Keep them in *file*; without one, nowhere."""
        self._file = file

    def recall(self, step: str, key: str) -> Outcome | None:
        """Return what became of *step* when everything was as *key* says; None when it was not so."""
        entry = self._read().get(step)
        return None if entry is None or entry["key"] != key else _outcome(entry)

    def latest(self) -> dict[str, Outcome]:
        """Return what became of each step when it was last taken, whatever has changed since."""
        return {step: _outcome(entry) for step, entry in self._read().items()}

    def keep(self, step: str, key: str, outcome: Outcome) -> None:
        """Keep the *outcome* of *step*."""
        if self._file is None:
            return
        kept = {**self._read(), step: {"key": key, "outcome": asdict(outcome)}}
        new = self._file.with_suffix(".new")
        new.write_text(json.dumps(kept, indent=1), "utf-8")
        new.replace(self._file)

    def forget(self) -> None:
        """Lose everything, so that every step is taken again."""
        if self._file is not None:
            self._file.unlink(missing_ok=True)

    def _read(self) -> dict[str, Any]:
        if self._file is None or not self._file.is_file():
            return {}
        found: dict[str, Any] = json.loads(self._file.read_bytes())
        return found


def _outcome(entry: dict[str, Any]) -> Outcome:
    told = entry["outcome"]
    return Outcome(told["flaw"], told["seconds"], told["figures"], tuple(told["notes"]))


def generation_key(document: Path) -> str:
    """Return what decides about the package of *document*: the product and the document."""
    return _digest([*(ROOT / name for name in _PRODUCT), document])


def package_key(output: Path, step: str) -> str:
    """Return what decides about *step*: the generated files in *output*, and what judges them."""
    return _digest([output, *(ROOT / name for name in ("requirements-dev.txt", *_JUDGES.get(step, ())))])


def _digest(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        files = sorted(each for each in path.rglob("*") if each.is_file()) if path.is_dir() else [path]
        for file in files:
            if "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(path)}\0".encode())
                digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()
