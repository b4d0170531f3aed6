"""A header is always there now.

Of an answer it is promised, so nobody is hurt. Where the service reads the header (of answers to webhooks and
callbacks, of parts of a form), others must send it from now on.

```yaml before
webhooks:
  tripCompleted:
    post:
      operationId: tripCompleted
      responses: {'200': {description: Thanks., headers: {Receipt: {schema: {type: string}}}}}
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


@rule("header-required", HeaderPair)
def header_required(pair: HeaderPair) -> Iterator[Happening]:
    """Required in the new contract only."""
    if pair.old is not None and pair.new is not None and pair.new.is_required and not pair.old.is_required:
        yield Happening(Effect.NARROWS, f"{pair.spot.part} of {pair.spot.label} is required now")
