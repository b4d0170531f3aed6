"""What a CI runs: the files that `apictl init --ci` writes."""

from __future__ import annotations

import importlib.metadata
import importlib.resources
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from apictl.errors import ApictlError
from apictl.workspace.starter import put_new

PIPELINES: Final = ("github", "gitlab")
_GITHUB: Final = ".github/workflows/apictl.yml"
_GITLAB: Final = ".gitlab/apictl.yml"
_GITLAB_ROOT: Final = ".gitlab-ci.yml"
_INCLUDE: Final = f"include:\n  - local: {_GITLAB}\n"


@dataclass(frozen=True, slots=True)
class Pipeline:
    """What became of the files of a pipeline.

    Attributes:
        made: paths.
        kept: paths that were there before.
        advice: what is left to do; "" for nothing.
    """

    made: tuple[str, ...]
    kept: tuple[str, ...]
    advice: str = ""


def make_pipeline(root: Path, kind: str, *, source: str = "") -> Pipeline:
    """Write what the CI called *kind*, one of `PIPELINES`, runs below *root*; nothing is overwritten.

    *source* is what pip installs there; "" for where this apictl came from.

    Raises:
        ApictlError: there is no such kind, a file can't be written, or its folder leads elsewhere.
    """
    requirement = source or _origin()
    if "\n" in requirement or not requirement.isprintable():
        raise ApictlError("--source must be one line")
    match kind:
        case "github":
            files = {_GITHUB: _filled("github.yml", requirement)}
        case "gitlab":
            files = {_GITLAB: _filled("gitlab.yml", requirement), _GITLAB_ROOT: _INCLUDE}
        case _:
            raise ApictlError(f"there is no pipeline {kind[:60]!r}", hint=f"known are {', '.join(PIPELINES)}")
    for path in files:
        if not (root / path).resolve().is_relative_to(root.resolve()):
            raise ApictlError(f"{path} leads out of this folder")
    written = {path: put_new(root / path, text.encode()) for path, text in files.items()}
    made = tuple(path for path, is_made in written.items() if is_made)
    kept = tuple(path for path, is_made in written.items() if not is_made)
    is_included = _GITLAB_ROOT not in kept or _GITLAB in (root / _GITLAB_ROOT).read_text("utf-8", "replace")
    return Pipeline(made, kept, "" if is_included else f"add to {_GITLAB_ROOT}: include: [{{local: {_GITLAB}}}]")


def _filled(name: str, requirement: str) -> str:
    text = importlib.resources.files("apictl.workspace").joinpath("starter", "ci", name).read_text("utf-8")
    return text.replace("{source}", requirement if requirement.isidentifier() else json.dumps(requirement))


def _origin() -> str:
    """Return what pip has to be told to install this apictl again; its name where nothing else is known."""
    try:
        text = importlib.metadata.distribution("apictl").read_text("direct_url.json")
        told = json.loads(text or "{}")
        commit = told["vcs_info"]["commit_id"]
        return f"apictl @ {told['vcs_info']['vcs']}+{told['url']}@{commit}"
    except (importlib.metadata.PackageNotFoundError, ValueError, KeyError, TypeError):
        return "apictl"  # from an index, or from a folder that a CI does not have
