"""What is done with a generated package, step by step: the command of each."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apictl.pages.python.names import package_name

SEEDS: Final = ("seed 1", "seed 2", "seed 3")
"""The package's own contract tests, against its stub."""
STEPS: Final = ("generate", "import", "mypy", "pyright", "round trip", *SEEDS)
SUITE_STEPS: Final = ("generate", "import", "mypy", "round trip", "collect", "sending")
"""A small sample of them, for the suite."""
SERVER_STEPS: Final = (*SEEDS, "collect", "sending")
"""Those that need a server."""
EVENT_STEPS: Final = ("generate", "import", "mypy", "tests")
MOST_EXAMPLES: Final = 20
"""Random requests of an operation: what `apictl test` sends."""
REQUESTS: Final = 3000
"""Random requests of a whole contract, so that the largest end in minutes."""
LEAST_BOUNDARIES: Final = 40
BOUNDARIES: Final = 12_000
"""Requests of the boundaries of a whole contract: where there are more, some are chosen by the seed."""
_PYTEST: Final = ("-m", "pytest", "-q", "-p", "no:cacheprovider")
_SENDING: Final = """
import pathlib, sys
import pytest
tests = pathlib.Path(sys.argv[1], "contract_tests", "test_sending.py")
sys.exit(pytest.main(["-q", "-p", "no:cacheprovider", str(tests)]) if tests.is_file() else 0)
"""
"""Webhooks and callbacks, where there are any: what is sent is what is received."""
_IMPORT: Final = """
import importlib, pkgutil, sys
package = importlib.import_module(sys.argv[1])
for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
    importlib.import_module(module.name)
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where one document is tried.

    Attributes:
        folder: a workspace.
        service: its name in it.
    """

    folder: Path
    service: str

    @property
    def output(self) -> Path:
        """Where the generated package is, with its tests."""
        return self.folder / "generated" / self.service / "python"

    @property
    def package(self) -> str:
        """The import name of the package."""
        return package_name(self.service)

    def operations(self) -> int:
        """Return how many operations the contract tests have."""
        cases = self.output / "contract_tests" / "cases.json"
        if cases.is_file():
            return len(json.loads(cases.read_bytes())["operations"])
        package = self.output / self.package
        return _count("= Operation(\n", [package / "operations.py", *(package / "_operations").rglob("*.py")])

    def models(self) -> int:
        """Return how many classes the models are."""
        package = self.output / self.package
        return _count("\nclass ", [package / "models.py", *(package / "_models").rglob("*.py")])

    def clear(self) -> None:
        """Remove what an earlier run left, its names included."""
        for name in ("generated", ".apictl"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for name in ("apictl.lock", "apictl.yaml"):
            (self.folder / name).unlink(missing_ok=True)

    def leave_to_others(self) -> None:
        """Say in the manifest that somebody else runs the service."""
        manifest = f"version: 1\nservices:\n  {self.service}: {{external: true}}\n"
        (self.folder / "apictl.yaml").write_text(manifest, "utf-8")

    def is_left_to_others(self) -> bool:
        """Whether somebody else runs the service: there is a client, and no server."""
        return (self.folder / "apictl.yaml").is_file()


def _count(text: str, files: Iterable[Path]) -> int:
    """Return how often *text* is in those of *files* that there are."""
    return sum(file.read_text("utf-8").count(text) for file in files if file.is_file())


def command(step: str, place: Place) -> list[str]:
    """Return the command line of *step*, one of those named above."""
    return [sys.executable, *_arguments(step, place)]


def _arguments(step: str, place: Place) -> Sequence[str]:
    tests = str(place.output / "contract_tests")
    if step == "pyright":
        settings = str(_pyright_settings(place))
        return ("-m", "basedpyright", "--outputjson", "--pythonpath", sys.executable, "--project", settings)
    if step in SEEDS:
        seed = step.removeprefix("seed ")
        return (*_PYTEST, "--seed", seed, f"--examples={_examples(place)}", f"--boundaries={_boundaries(place)}", tests)
    return {
        "generate": ("-m", "apictl", "generate", place.service),
        "import": ("-c", _IMPORT, place.package),
        "mypy": ("-m", "mypy", "--strict", "--no-error-summary", "-p", place.package),
        "round trip": ("-m", "tests.corpus.roundtrip", str(place.output), place.package),
        "collect": (*_PYTEST, "--collect-only", tests),
        "tests": (*_PYTEST, tests),
        "sending": ("-c", _SENDING, str(place.output)),
    }[step]


def _examples(place: Place) -> int:
    return max(2, min(MOST_EXAMPLES, REQUESTS // max(1, place.operations())))


def _boundaries(place: Place) -> int:
    return max(LEAST_BOUNDARIES, BOUNDARIES // max(1, place.operations()))


def _pyright_settings(place: Place) -> Path:
    """Write what pyright needs: its own defaults, as its users have them (basedpyright's are others)."""
    file = place.folder / "pyrightconfig.json"
    settings = {
        "include": [str(place.output / place.package)],
        "extraPaths": [str(place.output)],
        "typeCheckingMode": "standard",
        "pythonVersion": "3.11",
    }
    file.write_text(json.dumps(settings), "utf-8")
    return file
