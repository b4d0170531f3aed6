"""An answer is not given any more.

Callers who wait for it in vain are not hurt: they get another one that was declared. When none is left, a new one comes
in its place, and that hurts. Where others answer webhooks and callbacks, their answer is not understood any more.

```yaml before
webhooks:
  tripCompleted:
    post:
      operationId: tripCompleted
      responses: {'200': {description: Thanks.}, '202': {description: Later.}}
```

```yaml after
webhooks:
  tripCompleted:
    post:
      operationId: tripCompleted
      responses: {'200': {description: Thanks.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ResponsePair
from apictl.rules.rule import Happening, rule


@rule("response-status-removed", ResponsePair)
def response_status_removed(pair: ResponsePair) -> Iterator[Happening]:
    """A status that only the old contract speaks of."""
    if pair.old is None or pair.new is not None:
        return
    yield Happening(Effect.NARROWS, f"{pair.spot.label} no longer answers {pair.status}", {"status": pair.status})
