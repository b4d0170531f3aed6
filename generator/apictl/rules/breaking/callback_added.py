"""There is a new callback.

Only who passes an address is called back, so nobody is hurt.

```yaml before
paths:
  /streams:
    post: {operationId: openStream}
```

```yaml after
paths:
  /streams:
    post:
      operationId: openStream
      callbacks:
        onData:
          '{$request.query.url}': {post: {operationId: onData}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import CallbackPair
from apictl.rules.rule import Happening, rule


@rule("callback-added", CallbackPair)
def callback_added(pair: CallbackPair) -> Iterator[Happening]:
    """A callback that only the new contract has: an offer to those who want to be told, and so on their side."""
    if pair.old is None:
        yield Happening(Effect.WIDENS, f"{pair.spot.label} may make {pair.spot.part} now", side=Side.ACCEPTS)
