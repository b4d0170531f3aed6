"""There is a new operation.

Nobody calls it yet, so nobody is hurt.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes}
    post: {operationId: createQuote}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import OperationPair
from apictl.diff.spot import Role
from apictl.rules.rule import Happening, rule


@rule("operation-added", OperationPair)
def operation_added(pair: OperationPair) -> Iterator[Happening]:
    """An operation that only the new contract has."""
    if pair.old is None and pair.spot.role is not Role.WEBHOOK:
        yield Happening(Effect.WIDENS, f"{pair.spot.label} is new", side=Side.ACCEPTS)
