"""A webhook is not sent any more.

Whoever asked to be told waits in vain. Announce its end, and send it until then.

```yaml before
webhooks:
  tripCompleted:
    post: {operationId: tripCompleted}
```

```yaml after
webhooks: {}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import OperationPair
from apictl.diff.spot import Role
from apictl.rules.rule import Happening, rule


@rule("webhook-removed", OperationPair)
def webhook_removed(pair: OperationPair) -> Iterator[Happening]:
    """A webhook that only the old contract has: an offer to those who want to be told, and so on their side."""
    if pair.old is not None and pair.new is None and pair.spot.role is Role.WEBHOOK:
        yield Happening(
            Effect.NARROWS,
            f"{pair.spot.label} is not sent any more",
            {"sunset": pair.old.sunset},
            hint="keep sending it, deprecated and with a date in 'x-sunset', until nobody waits for it",
            side=Side.ACCEPTS,
        )
