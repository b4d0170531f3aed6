"""`apictl rules`: all that `apictl diff` may tell of, a line each."""

from __future__ import annotations

import json

from apictl.cli import console
from apictl.cli.explain import Format, PageFormat


def rules(*, output_format: Format = PageFormat.TEXT) -> None:
    """List all that `apictl diff` may tell of, a line each; `apictl explain RULE` tells more."""
    from apictl.rules.catalogue import pages  # noqa: PLC0415 - `apictl --help` must stay fast

    facts = {rule: page.partition("\n")[0] for rule, page in pages().items()}
    if output_format is PageFormat.JSON:
        content = [{"id": rule, "summary": fact} for rule, fact in facts.items()]
        console.say(json.dumps(content, indent=2))
        return
    width = max(map(len, facts))
    console.say_all(f"{rule:{width}}  {fact}" for rule, fact in facts.items())
