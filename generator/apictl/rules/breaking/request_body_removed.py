"""An operation takes no body any more.

What callers send is not read, or refused.

```yaml before
paths:
  /quotes:
    post:
      operationId: createQuote
      requestBody: {content: {application/json: {schema: {type: object}}}}
```

```yaml after
paths:
  /quotes:
    post: {operationId: createQuote}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import BodyPair
from apictl.rules.rule import Happening, rule


@rule("request-body-removed", BodyPair)
def request_body_removed(pair: BodyPair) -> Iterator[Happening]:
    """A body that only the old contract has."""
    if pair.old is not None and pair.new is None:
        yield Happening(
            Effect.INCOMPARABLE if pair.old.is_required else Effect.NARROWS,
            f"{pair.spot.label} no longer takes a body",
            {"is_required": pair.old.is_required},
        )
