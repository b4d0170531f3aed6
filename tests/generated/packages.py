"""Generated packages of the example services, in a folder of their own."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from apictl.workspace import pipeline
from apictl.workspace.building import Job
from apictl.workspace.discovery import open_workspace


def generate_into(folder: Path, root: Path, names: Iterable[str]) -> None:
    """Write the services *names* of the workspace *root* to *folder*."""
    for service in open_workspace(root).services:
        if service.name in names:
            for file in pipeline.run(Job(str(root), service)).files:
                path = folder / service.name / file.path
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(file.content)
