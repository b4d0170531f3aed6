"""An operation is called otherwise.

Nothing on the wire tells. Generated code does: its functions and classes are named after `operationId`, so whoever
generates anew has to rename. That is a warning: nobody who keeps to the contract is broken, many builds are.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes}
```

```yaml after
paths:
  /quotes:
    get: {operationId: findQuotes}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import OperationPair
from apictl.rules.rule import Happening, rule


@rule("operation-id-changed", OperationPair)
def operation_id_changed(pair: OperationPair) -> Iterator[Happening]:
    """Two ids for one operation, of which one at least is declared."""
    if pair.old is None or pair.new is None or pair.old.id == pair.new.id:
        return
    if not (pair.old.has_declared_id or pair.new.has_declared_id):
        return
    yield Happening(
        Effect.NEUTRAL,
        f"{pair.spot.label} has the id {pair.new.id!r}, it was {pair.old.id!r}",
        {"old": pair.old.id, "new": pair.new.id},
        risk="code that is generated from the contract is named after it",
        old=pair.old.place.child("operationId") if pair.old.has_declared_id else None,
        new=pair.new.place.child("operationId") if pair.new.has_declared_id else None,
    )
