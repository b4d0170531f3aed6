"""`apictl init`: a first contract and a manifest."""

from __future__ import annotations

from pathlib import Path

from apictl.cli import console


def init() -> None:
    """Make a first contract (specs/hello/openapi.yaml) and apictl.yaml here; never overwrite anything."""
    from apictl.workspace.starter import make_starter  # noqa: PLC0415 - `apictl --help` must stay fast

    made, kept = make_starter(Path.cwd())
    console.say_all(f"made {path}" for path in made)
    console.say_all(f"kept {path}, it was there" for path in kept)
    console.say("next:")
    console.say("  apictl generate        write server, client and contract tests to generated/")
    console.say("  edit specs/            and generate again: the contract is the source of truth")
