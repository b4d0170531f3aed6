"""The example system as a workspace of its own: runs in it, and what they leave."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_COMMAND: Final = (sys.executable, "-m", "apictl.cli.main", "generate")
_LONGEST_SECONDS: Final = 300.0


def lay_out(root: Path, services: Sequence[str]) -> None:
    """Copy the example system to *root*, or only *services* of it, which then are nobody's and call nobody."""
    for name in (*services, "common") if services else (".",):
        shutil.copytree(ROOT / "specs" / name, root / "specs" / name)
    if not services:
        shutil.copytree(ROOT / "generated", root / "generated")
        shutil.copy(ROOT / "apictl.yaml", root)


def change(root: Path) -> None:
    """Change files of every service, add some and take some away."""
    shared = root / "specs/common/problem.yaml"
    shared.write_text(shared.read_text("utf-8").replace("maxLength: 120", "maxLength: 110"), "utf-8")
    (root / "specs/drivers").rename(root / "specs/couriers")
    manifest = root / "apictl.yaml"
    if manifest.exists():
        manifest.write_text(manifest.read_text("utf-8").replace("drivers:", "couriers:"), "utf-8")


def started(root: Path) -> subprocess.Popen[bytes]:
    """Begin a run in *root*; it leads a group of processes, and all of them hold the other end of its output."""
    path = os.environ.get("PYTHONPATH", str(ROOT / "generator"))
    environment = {**os.environ, "PYTHONPATH": path, "NO_COLOR": "1"}
    return subprocess.Popen(
        _COMMAND,
        cwd=root,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )


def run(root: Path) -> None:
    """Run to the end in *root*.

    Raises:
        RuntimeError: it failed, with what it said.
    """
    process = started(root)
    said, _ = process.communicate(timeout=_LONGEST_SECONDS)
    if process.returncode != 0:
        raise RuntimeError(said.decode())


def beside(root: Path, name: str) -> Path:
    """Return where a run in *root* keeps *name* while it writes."""
    return root / ".generated.apictl" / name


def digest(folder: Path) -> str:
    """Return a digest of all files below *folder*: their paths, what may be done with them, what is in them."""
    state = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        content = b"" if path.is_dir() else path.read_bytes()
        state.update(f"{path.relative_to(folder)} {path.lstat().st_mode:o} {len(content)}\n".encode() + content)
    return state.hexdigest()


def names(root: Path) -> frozenset[str]:
    """Return what is in the workspace at *root*, but for what is in the tree."""
    paths = [*root.iterdir(), *(root / ".apictl").rglob("*")]
    return frozenset(path.relative_to(root).as_posix() for path in paths)
