"""The generators that are compared: how each is found, started, and what it makes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
CONTRACT: Final = "{contract}"
"""Stands in the arguments of a contender for the path of the contract."""

MODELS: Final = "models"
"""Where datamodel-codegen writes: a module of this name, or a folder of modules when names of schemas have dots."""

_FOREIGN: Final = frozenset({"PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV"})
_VERSION_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Contender:
    """A generator with its arguments.

    Attributes:
        name: in the table.
        makes: what comes out, since nobody else makes all of it.
        program: what is looked for.
        arguments: of a run whose working folder is a fresh workspace; `CONTRACT` stands for the contract.
        version_arguments: make it tell its version.
        variables: of the environment.
        command: what starts it; empty when it is not installed.
    """

    name: str
    makes: str
    program: str
    arguments: tuple[str, ...]
    version_arguments: tuple[str, ...] = ("--version",)
    variables: tuple[tuple[str, str], ...] = ()
    command: tuple[str, ...] = ()

    def command_line(self, contract: str) -> list[str]:
        """Return the whole command that reads *contract*."""
        return [*self.command, *(contract if argument == CONTRACT else argument for argument in self.arguments)]

    def environment(self) -> dict[str, str]:
        """Return the environment of a run: the tool's own folder first on PATH, lines that are not broken."""
        kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
        places = [str(Path(self.command[0]).parent), kept.get("PATH", os.defpath)]
        kept |= {"PATH": os.pathsep.join(places), "COLUMNS": "500", "NO_COLOR": "1"} | dict(self.variables)
        return kept | {"PYTHONPATH": str(ROOT / "generator")} if self is OURS else kept


OURS: Final = Contender(
    name="apictl generate",
    makes="models+client+server+tests",
    program="apictl",
    arguments=("generate",),
    # The module of this tree, whatever is installed.
    command=(sys.executable, "-m", "apictl.cli.main"),
)

# Java's reader of YAML stops at 3 MB unless it is told otherwise.
_LARGE_YAML: Final = (("JAVA_TOOL_OPTIONS", "-DmaxYamlCodePoints=99999999"),)

# Each in its fastest reasonable setting: no import sorting, no validation that can be switched off.
PEERS: Final = (
    Contender(
        name="datamodel-codegen",
        makes="models only",
        program="datamodel-codegen",
        arguments=(
            *("--input", CONTRACT, "--input-file-type", "openapi", "--output", MODELS),
            *("--output-model-type", "pydantic_v2.BaseModel", "--formatters", "builtin"),
        ),
    ),
    Contender(
        name="openapi-python-client",
        makes="client+models",
        program="openapi-python-client",
        arguments=("generate", "--path", CONTRACT, "--meta", "none", "--output-path", "client"),
    ),
    Contender(
        name="openapi-generator python",
        makes="client+models",
        program="openapi-generator-cli",
        arguments=("generate", "-i", CONTRACT, "-g", "python", "-o", "client", "--skip-validate-spec"),
        version_arguments=("version",),
        variables=_LARGE_YAML,
    ),
    Contender(
        name="openapi-generator python-fastapi",
        makes="server+models",
        program="openapi-generator-cli",
        arguments=("generate", "-i", CONTRACT, "-g", "python-fastapi", "-o", "server", "--skip-validate-spec"),
        version_arguments=("version",),
        variables=_LARGE_YAML,
    ),
)


def found(contender: Contender, folders: Sequence[Path], *, jar: Path | None) -> tuple[str, ...]:
    """Return the command that starts *contender*, () when it is neither in *folders* nor beside Python nor on PATH.

    *jar* is the archive of openapi-generator, which takes precedence over its command.
    """
    if contender.program == "openapi-generator-cli" and jar is not None:
        java = shutil.which("java")
        return (java, "-jar", str(jar)) if java else ()
    places = [*map(str, folders), str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
    program = shutil.which(contender.program, path=os.pathsep.join(places))
    return (program,) if program else ()


def version(contender: Contender) -> str:
    """Return the version that *contender* tells; "" when it tells none."""
    command = [*contender.command, *contender.version_arguments]
    try:
        done = subprocess.run(
            command, env=contender.environment(), check=False, capture_output=True, timeout=_VERSION_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    told = re.findall(r"\d+\.\d+[\w.+-]*", done.stdout.decode("utf-8", errors="replace"))
    return told[-1] if told else ""
