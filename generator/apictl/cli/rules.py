"""`apictl rules`: all that commands may tell of a contract, a line each."""

from __future__ import annotations

import json

from apictl.cli import console
from apictl.cli.explain import Format, PageFormat


def rules(*, output_format: Format = PageFormat.TEXT) -> None:
    """List all that commands may tell of a contract, a line each; `apictl explain RULE` tells more."""
    from apictl.rules.explained import pages_by_command  # noqa: PLC0415 - `apictl --help` must stay fast

    commands = {
        command: {rule: page.partition("\n")[0] for rule, page in known.items()}
        for command, known in pages_by_command().items()
    }
    if output_format is PageFormat.JSON:
        content = [
            {"id": rule, "command": command, "summary": fact}
            for command, facts in commands.items()
            for rule, fact in facts.items()
        ]
        console.say(json.dumps(content, indent=2))
        return
    width = max(len(rule) for facts in commands.values() for rule in facts)
    for command, facts in commands.items():
        console.say(f"{command}:")
        console.say_all(f"  {rule:{width}}  {fact}" for rule, fact in facts.items())
