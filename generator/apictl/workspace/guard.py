"""Where generated files may go: never over a person's folders, never through a symlink."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from apictl.errors import ApictlError
from apictl.workspace.discovery import Workspace
from apictl.workspace.manifest import MANIFEST_NAME
from apictl.workspace.output import state_folder


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the guard knows of the caller.

    Attributes:
        current: folder the command was started in.
        home: of the user.
    """

    current: Path
    home: Path


def output_folder(workspace: Workspace, chosen: Path | None, *, surroundings: Surroundings) -> Path:
    """Return the absolute folder to write to: *chosen* on the command line, or the manifest's.

    Raises:
        ApictlError: writing there could hurt: see `_refusals`; or the folder can't be written.
    """
    if chosen is None:
        output = workspace.root / workspace.manifest.output
        _refuse_escape(workspace.root, output)
    else:
        output = surroundings.current / chosen
    if output.is_symlink():
        raise ApictlError(f"output {output} is a symlink, generated files are never written through one")
    output = output.resolve()
    for reason in _refusals(workspace, output, surroundings):
        raise ApictlError(f"refused to write generated files to {output}: {reason}", hint="choose a folder of its own")
    _refuse_unwritable(output)
    return output


def _refuse_escape(root: Path, output: Path) -> None:
    # A manifest may come from a repository that nobody has read yet; only the command line may point elsewhere.
    if not output.resolve().is_relative_to(root):
        raise ApictlError(f"{MANIFEST_NAME}: output {output} leads out of the workspace", hint="use --output")


def _refusals(workspace: Workspace, output: Path, surroundings: Surroundings) -> Iterable[str]:
    root = workspace.root
    specs = (root / workspace.manifest.specs).resolve()
    if output == Path(output.anchor):
        yield "it is the root of the file system"
    if output == surroundings.home.resolve():
        yield "it is your home folder"
    if output == root or root.is_relative_to(output):
        yield "it holds the workspace"
    if (output / ".git").exists():
        yield "it is the root of a repository"
    current = surroundings.current.resolve()
    if current.is_relative_to(output) and not output.is_relative_to(root):
        yield "it is the current folder or holds it"
    contracts = [(root / path, "a contract") for each in workspace.services for path in each.documents]
    for path, what in [(specs, "the contracts"), *contracts]:
        if path.is_relative_to(output):
            yield f"it holds {what}"
    if output.is_relative_to(specs):
        yield "it lies among the contracts"
    templates = workspace.manifest.templates
    if templates and (root / templates).resolve().is_relative_to(output):
        yield "it holds the templates"


def _refuse_unwritable(output: Path) -> None:
    existing = next(folder for folder in (output, *output.parents) if folder.exists())
    if not existing.is_dir():
        raise ApictlError(f"output {output} can't be made: {existing} is a file")
    staging = state_folder(output).parent
    needed = {existing, staging} if staging.is_dir() else {existing}
    for folder in sorted(needed):
        if not os.access(folder, os.W_OK | os.X_OK):
            raise ApictlError(f"output {output} can't be written: no permission for {folder}")
