"""An operation has another address.

Its `operationId` stands at another method or path. Who calls the old address gets 404 or 405; who generates a client
anew notices nothing. What the operation takes and answers is still compared. Serve both addresses for a while.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes}
```

```yaml after
paths:
  /v2/quotes:
    get: {operationId: listQuotes}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import OperationPair
from apictl.rules.rule import Happening, rule


@rule("operation-moved", OperationPair)
def operation_moved(pair: OperationPair) -> Iterator[Happening]:
    """The same operation at two addresses."""
    if pair.old is None or pair.new is None or not pair.is_moved:
        return
    before, after = (f"{one.method} {one.path}" for one in (pair.old, pair.new))
    yield Happening(
        Effect.INCOMPARABLE,
        f"{before} moved to {after}",
        {"old": before, "new": after},
        hint="serve the old address, too, until nobody calls it any more",
        side=Side.ACCEPTS,
    )
