"""A header is new.

Of an answer it tells more than before, so nobody is hurt. Where the service reads the header (of answers to webhooks
and callbacks, of parts of a form), a required one is missing in what others send.

```yaml before
webhooks:
  tripCompleted:
    post: {operationId: tripCompleted, responses: {'200': {description: Thanks.}}}
```

```yaml after
webhooks:
  tripCompleted:
    post:
      operationId: tripCompleted
      responses: {'200': {description: Thanks., headers: {Receipt: {required: true, schema: {type: string}}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import HeaderPair
from apictl.rules.rule import Happening, rule


@rule("header-added", HeaderPair)
def header_added(pair: HeaderPair) -> Iterator[Happening]:
    """A header that only the new contract has; undeclared ones were allowed before."""
    if pair.old is None and pair.new is not None:
        yield Happening(
            Effect.NARROWS if pair.new.is_required else Effect.NEUTRAL,
            f"{pair.spot.label} has {pair.spot.part} now",
            {"is_required": pair.new.is_required},
        )
