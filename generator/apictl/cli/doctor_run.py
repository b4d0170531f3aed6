"""The run behind `apictl doctor`: one line for each thing, and what to do about what is amiss."""

from __future__ import annotations

import importlib.metadata
import json
import os
import platform
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from packaging.requirements import Requirement

from apictl.cli import console
from apictl.errors import ApictlError
from apictl.report.text import printable
from apictl.version import VERSION
from apictl.workspace.checking.base import Base, may_remember, open_base
from apictl.workspace.checking.fingerprints import plain
from apictl.workspace.checking.store import FOLDER
from apictl.workspace.discovery import Workspace, open_workspace
from apictl.workspace.guard import Surroundings, output_folder
from apictl.workspace.manifest import MANIFEST_NAME

_AMISS: Final = 2


def run() -> int:
    """Look at everything, tell, and return the exit code."""
    console.say(f"apictl {VERSION}, Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    is_well = all([_told("libraries", _libraries), _told("git", _git)])
    try:
        workspace = open_workspace(Path.cwd())
    except ApictlError as fault:
        _amiss("workspace", fault)
        return _AMISS
    has_manifest = (workspace.root / MANIFEST_NAME).is_file()
    where = f"{workspace.root}, {MANIFEST_NAME if has_manifest else 'no manifest'}, {len(workspace.services)} services"
    console.say(f"ok    workspace  {printable(where)}")
    looks = {
        "output": lambda: _output(workspace),
        "cache": lambda: _cache(workspace),
        "base": lambda: _base(workspace),
    }
    found = [_told(name, look) for name, look in looks.items()]
    return 0 if is_well and all(found) else _AMISS


def settings() -> int:
    """Print what counts in the workspace, as JSON.

    Raises:
        ApictlError: there is no sound workspace.
    """
    workspace = open_workspace(Path.cwd())
    content = {
        "root": str(workspace.root),
        "manifest": MANIFEST_NAME if (workspace.root / MANIFEST_NAME).is_file() else None,
        **plain(workspace.manifest),
        "services": plain(workspace.services),
    }
    console.say(json.dumps(content, indent=2))
    return 0


def _told(name: str, look: Callable[[], str]) -> bool:
    """Say what *look* finds about *name*; return whether nothing is amiss."""
    try:
        console.say(f"ok    {name:9}  {printable(look())}")
    except ApictlError as fault:
        _amiss(name, fault)
        return False
    return True


def _amiss(name: str, fault: ApictlError) -> None:
    console.say(f"FAIL  {name:9}  {printable(str(fault))}")
    if fault.hint:
        console.say(f"      hint: {printable(fault.hint)}")


def _libraries() -> str:
    wanted = list(_requirements())
    flaws = []
    for requirement in wanted:
        try:
            found = importlib.metadata.version(requirement.name)
        except importlib.metadata.PackageNotFoundError:
            flaws.append(f"{requirement.name} is missing")
            continue
        if not requirement.specifier.contains(found, prereleases=True):
            flaws.append(f"{requirement.name} {found} is not {requirement.specifier}")
    if flaws:
        raise ApictlError(", ".join(flaws), hint="install apictl anew, in an environment of its own")
    return f"{len(wanted)} as apictl needs them"


def _requirements() -> Iterator[Requirement]:
    try:
        listed = importlib.metadata.requires("apictl") or []
    except importlib.metadata.PackageNotFoundError as fault:
        raise ApictlError("apictl is not installed, only run: nobody knows what it needs") from fault
    for text in listed:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield requirement


def _git() -> str:
    found = shutil.which("git")
    if found is None:
        raise ApictlError("it is not installed, `apictl diff` and `apictl check` compare with nothing")
    return found


def _output(workspace: Workspace) -> str:
    folder = output_folder(workspace, None, surroundings=Surroundings(Path.cwd(), Path.home()))
    return f"{folder}{'' if folder.is_dir() else ', not there yet'}"


def _cache(workspace: Workspace) -> str:
    folder = workspace.root / FOLDER
    links = [each for each in (folder, folder.parent, folder.parent.parent) if each.is_symlink()]
    if links:
        raise ApictlError(f"{links[0]} is a symlink, nothing is remembered", hint="replace it by a folder")
    existing = next(each for each in (folder, *folder.parents) if each.exists())
    if not existing.is_dir() or not os.access(existing, os.W_OK):
        raise ApictlError(f"{existing} can't be written, nothing is remembered")
    if not may_remember(workspace.root, dict(os.environ)):
        raise ApictlError(".apictl is among the committed files, so that it is not believed", hint="git rm -r .apictl")
    return f"{folder}, {sum(1 for _ in folder.glob('service-*.json'))} services are known"


def _base(workspace: Workspace) -> str:
    with ExitStack() as resources:
        base = open_base(workspace, "", environment=dict(os.environ), resources=resources)
    if not isinstance(base, Base):
        return f"none: {base.reason}"
    return f"changes are compared with {base.snapshot.name}"
