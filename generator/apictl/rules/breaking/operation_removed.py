"""An operation is gone.

Everybody who calls it gets an answer that the contract does not declare: 404 when the path is gone, 405 when only the
method is. Deprecate it first, say in `x-sunset` when it goes, and remove it after that day: then nobody is surprised.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes}
    delete: {operationId: dropQuotes}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import OperationPair
from apictl.diff.spot import Role
from apictl.rules.rule import Happening, rule


@rule("operation-removed", OperationPair)
def operation_removed(pair: OperationPair) -> Iterator[Happening]:
    """An operation that only the old contract has."""
    if pair.old is None or pair.new is not None or pair.spot.role is Role.WEBHOOK:
        return
    until = f" before its sunset {pair.old.sunset!r}" if pair.old.sunset else ""
    yield Happening(
        Effect.NARROWS,
        f"{pair.spot.label} is removed{until}",
        {"sunset": pair.old.sunset},
        hint="keep it, deprecated and with a date in 'x-sunset', until nobody calls it any more",
        side=Side.ACCEPTS,
    )
