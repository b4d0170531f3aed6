"""`apictl schema`: the JSON Schema of apictl.yaml, for editors."""

from __future__ import annotations

from apictl.cli import console


def schema() -> None:
    """Print the JSON Schema of apictl.yaml, for an editor that completes and checks while somebody writes.

    With `apictl schema >apictl.schema.json`, the first line of apictl.yaml may be:
    # yaml-language-server: $schema=apictl.schema.json
    """
    from apictl.workspace.manifest import manifest_schema  # noqa: PLC0415 - `apictl --help` must stay fast

    console.say(manifest_schema().rstrip("\n"))
