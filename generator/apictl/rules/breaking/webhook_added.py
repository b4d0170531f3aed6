"""There is a new webhook.

Only who asks for it gets it, so nobody is hurt.

```yaml before
webhooks: {}
```

```yaml after
webhooks:
  tripCompleted:
    post: {operationId: tripCompleted}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import OperationPair
from apictl.diff.spot import Role
from apictl.rules.rule import Happening, rule


@rule("webhook-added", OperationPair)
def webhook_added(pair: OperationPair) -> Iterator[Happening]:
    """A webhook that only the new contract has: an offer to those who want to be told, and so on their side."""
    if pair.old is None and pair.spot.role is Role.WEBHOOK:
        yield Happening(Effect.WIDENS, f"{pair.spot.label} is new", side=Side.ACCEPTS)
