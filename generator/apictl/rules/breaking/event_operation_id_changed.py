"""An operation on a channel is called otherwise.

Nothing on the wire tells. Generated code does: its functions are named after the operation, so whoever generates anew
has to rename. That is a warning.

```yaml before
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
operations:
  publishTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import EventOperationPair
from apictl.diff.law import Effect
from apictl.rules.rule import Happening, rule


@rule("event-operation-id-changed", EventOperationPair)
def event_operation_id_changed(pair: EventOperationPair) -> Iterator[Happening]:
    """Two ids for one operation."""
    if pair.old is None or pair.new is None or pair.old.id == pair.new.id:
        return
    yield Happening(
        Effect.NEUTRAL,
        f"{pair.spot.label} has the id {pair.new.id!r}, it was {pair.old.id!r}",
        {"old": pair.old.id, "new": pair.new.id},
        risk="code that is generated from the contract is named after it",
    )
