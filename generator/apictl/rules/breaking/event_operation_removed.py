"""The service does not send or receive on a channel any more.

Who sends there is not heard, and who waits for its messages waits in vain. Deprecate the operation first. Where other
operations do the same on the channel, nothing is lost.

```yaml before
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import EventOperationPair
from apictl.diff.law import Effect, Side
from apictl.rules.rule import Happening, rule


@rule("event-operation-removed", EventOperationPair)
def event_operation_removed(pair: EventOperationPair) -> Iterator[Happening]:
    """An operation that only the old contract has; what it did on its channel was an offer."""
    if pair.old is None or pair.new is not None:
        return
    yield Happening(
        Effect.NEUTRAL if pair.is_covered else Effect.NARROWS,
        f"{pair.spot.label} is removed" + (", other operations do the same" if pair.is_covered else ""),
        {"operation": pair.old.id},
        hint="" if pair.is_covered else "keep it, deprecated, until nobody counts on it any more",
        side=Side.ACCEPTS,
    )
