"""A callback goes to another address.

The address is taken from another part of the earlier request. Who passed it where the old contract said is called no
more. Keep the old expression beside the new one.

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
    post:
      operationId: openStream
      callbacks:
        onData:
          '{$request.header.url}': {post: {operationId: onData}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import CallbackPair
from apictl.rules.rule import Happening, rule


@rule("callback-address-changed", CallbackPair)
def callback_address_changed(pair: CallbackPair) -> Iterator[Happening]:
    """The same callback with two expressions."""
    if pair.old is None or pair.new is None or pair.old.expression == pair.new.expression:
        return
    yield Happening(
        Effect.INCOMPARABLE,
        f"{pair.spot.part} of {pair.spot.label} goes to {pair.new.expression!r}, it went to {pair.old.expression!r}",
        {"old": pair.old.expression, "new": pair.new.expression},
        hint="keep the old expression beside the new one",
        side=Side.ACCEPTS,
    )
