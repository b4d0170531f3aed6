"""A generator that is easy to foresee: every line of a contract is a file of its own."""

from __future__ import annotations

import os
from pathlib import Path, PurePosixPath

from apictl.errors import ApictlError
from apictl.findings import Place, error, warning
from apictl.pages.page import GeneratedFile
from apictl.workspace.building import Built, Job
from apictl.workspace.discovery import Workspace, open_workspace
from apictl.workspace.generation import Mode, Order, Outcome, Tools, generate
from apictl.workspace.ledger import digest

Tree = dict[str, bytes]


def build(job: Job) -> Built:
    """Make a file of each line `path = text`; `warn` and `refuse` are findings, `fail` is an error."""
    raw = Path(job.root, job.service.openapi).read_bytes()
    place = Place(job.service.openapi, "", 1, 1)
    findings = []
    files = []
    for line in raw.decode().splitlines():
        match line.split(" = "):
            case ["warn"]:
                findings.append(warning("fake-warning", place, "it is odd"))
            case ["refuse"]:
                findings.append(error("fake-error", place, "it is wrong"))
            case ["fail"]:
                raise ApictlError("the disk is gone")
            case ["die"]:
                os._exit(7)
            case [path, text]:
                files.append(GeneratedFile(PurePosixPath(path), text.encode()))
            case _:
                pass
    return Built(tuple(files), tuple(findings), ((job.service.openapi, digest(raw)),))


def write_specs(root: Path, specs: dict[str, str]) -> Workspace:
    """Write a contract for each service and open the workspace."""
    for name, text in specs.items():
        path = root / "specs" / name / "openapi.yaml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return open_workspace(root)


def run(workspace: Workspace, *names: str, mode: Mode = Mode.WRITE, tools: Tools | None = None) -> Outcome:
    """Generate the services called *names*, or all, into `generated`."""
    services = tuple(each for each in workspace.services if not names or each.name in names)
    return generate(Order(workspace, services, workspace.root / "generated", mode), tools or Tools(build=build))


def tree(folder: Path) -> Tree:
    """Return every file below *folder* by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def generated(root: Path) -> Tree:
    """Return every generated file below *root* by its path, without the ledger."""
    return {path: content for path, content in tree(root / "generated").items() if path != ".apictl.json"}


def times(folder: Path) -> dict[str, int]:
    """Return when each file below *folder* was last written."""
    return {path.as_posix(): path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}
