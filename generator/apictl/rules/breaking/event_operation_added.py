"""The service sends or receives on a channel where it did not.

Nobody waits for it, nobody is hurt.

```yaml before
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import EventOperationPair
from apictl.diff.law import Effect, Side
from apictl.rules.rule import Happening, rule


@rule("event-operation-added", EventOperationPair)
def event_operation_added(pair: EventOperationPair) -> Iterator[Happening]:
    """An operation that only the new contract has; what it does on its channel is an offer."""
    if pair.old is None and pair.new is not None:
        effect = Effect.NEUTRAL if pair.is_covered else Effect.WIDENS
        yield Happening(effect, f"{pair.spot.label} is new", {"operation": pair.new.id}, side=Side.ACCEPTS)
