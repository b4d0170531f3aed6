"""A callback is not made any more.

Whoever passed an address to be called back waits in vain. Announce its end, and call until then.

```yaml before
paths:
  /streams:
    post:
      operationId: openStream
      callbacks:
        onData:
          '{$request.query.url}': {post: {operationId: onData}}
```

```yaml after
paths:
  /streams:
    post: {operationId: openStream}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import CallbackPair
from apictl.rules.rule import Happening, rule


@rule("callback-removed", CallbackPair)
def callback_removed(pair: CallbackPair) -> Iterator[Happening]:
    """A callback that only the old contract has: an offer to those who want to be told, and so on their side."""
    if pair.new is None:
        yield Happening(
            Effect.NARROWS,
            f"{pair.spot.label} makes no {pair.spot.part} any more",
            hint="keep calling back until nobody waits for it",
            side=Side.ACCEPTS,
        )
