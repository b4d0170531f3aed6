"""The run behind `apictl generate`, and what it tells."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from apictl.cli import console, progress
from apictl.errors import ApictlError
from apictl.findings import Finding, Severity, is_refused
from apictl.report.text import summary, text
from apictl.source.collecting import collect_seldom
from apictl.workspace.discovery import chosen_services, open_workspace
from apictl.workspace.excerpts import excerpts
from apictl.workspace.generation import Mode, Order, Outcome, Tools, generate
from apictl.workspace.guard import Surroundings, output_folder
from apictl.workspace.name_lock import LOCK_NAME
from apictl.workspace.user_cache import caches_folder, user_cache


@dataclass(frozen=True, slots=True)
class Wish:
    """What the command line asks for.

    Attributes:
        services: names; all when empty.
        output: where to write; None for the manifest's place.
        is_check: write nothing.
        is_force: overwrite files that were changed by hand.
        is_verbose: show notes too.
        is_trusting: programs of the workspace may run.
    """

    services: tuple[str, ...]
    output: Path | None
    is_check: bool
    is_force: bool
    is_verbose: bool
    is_trusting: bool = False

    @property
    def mode(self) -> Mode:
        """What to do with files that differ."""
        if self.is_check:
            return Mode.CHECK
        return Mode.OVERWRITE if self.is_force else Mode.WRITE


def run(wish: Wish) -> int:
    """Generate, say what came of it, and return the exit code."""
    collect_seldom()
    workspace = open_workspace(Path.cwd())
    folder = output_folder(workspace, wish.output, surroundings=Surroundings(Path.cwd(), Path.home()))
    own = user_cache(os.environ)
    order = Order(
        workspace,
        chosen_services(workspace, wish.services),
        folder,
        wish.mode,
        caches_folder(os.environ, "generate"),
        is_trusting=wish.is_trusting,
        program=own.tool() if own else "",
        now_ns=time.time_ns(),
    )
    with progress.shown() as advance:
        outcome = generate(order, Tools(progress=advance))
    _show_findings(outcome.findings, root=workspace.root, is_verbose=wish.is_verbose)
    if is_refused(outcome.findings):
        console.say("nothing was written")
        return 1
    return 0 if _show_changes(outcome, _named(folder), is_check=wish.is_check) else 1


def service_names() -> list[str]:
    """Return the names of the services here; none where there is no sound workspace."""
    try:
        return [service.name for service in open_workspace(Path.cwd()).services]
    except (ApictlError, OSError):
        return []


def _named(folder: Path) -> str:
    """Return *folder* as the user would type it."""
    current = Path.cwd()
    return folder.relative_to(current).as_posix() if folder.is_relative_to(current) else str(folder)


def _show_findings(findings: tuple[Finding, ...], *, root: Path, is_verbose: bool) -> None:
    shown = [finding for finding in findings if is_verbose or finding.severity is not Severity.INFO]
    console.say_all(text(shown, excerpts(root), style=console.findings_style(is_verbose=is_verbose)))
    if shown:
        console.say(summary(shown))


def _show_changes(outcome: Outcome, folder: str, *, is_check: bool) -> bool:
    """Say what was written or would be; return whether the output is now what the contracts say."""
    plan = outcome.plan
    if plan.edited and not outcome.is_written:
        console.say_all(f"{folder}/{path}: not as apictl left it" for path in plan.edited)
    if outcome.is_written:
        is_lock_alone = not (plan.writes or plan.removals) and plan.names is not None
        told = LOCK_NAME if is_lock_alone else f"{_files(len(plan.writes))} to {folder}{_removed(plan.removals)}"
        console.say(f"wrote {told}")
    elif plan.is_empty:
        console.say(f"{folder} is up to date")
    elif is_check:
        console.say_all(f"would write {folder}/{file.path}" for file in plan.writes)
        if plan.names is not None:
            console.say(f"would write {LOCK_NAME}")
        console.say_all(f"would remove {folder}/{path}" for path in plan.removals)
        console.say(f"{folder} is out of date, run `apictl generate`")
    else:
        console.say("nothing was written; take the changes back, or overwrite them with --force")
    for path in plan.kept:
        console.note(f"{folder}/{path}: no longer generated, kept because it was changed by hand")
    return outcome.is_written or plan.is_empty


def _files(count: int) -> str:
    return "1 file" if count == 1 else f"{count} files"


def _removed(paths: Sequence[str]) -> str:
    return f", removed {len(paths)}" if paths else ""
