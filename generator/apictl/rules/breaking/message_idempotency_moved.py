"""What all copies of a message share is elsewhere, or said for the first time, or no longer.

`x-apictl-idempotency` says where in a message the value is that is the same for every copy of it. Who receives takes
messages with an equal value for one; who sends promises that a second attempt has the same value as the first.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages:
      trip:
        payload: {type: object, required: [id, trip], properties: {id: {type: string}, trip: {type: string}}}
        x-apictl-idempotency: '$message.payload#/id'
operations:
  receiveTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages:
      trip:
        payload: {type: object, required: [id, trip], properties: {id: {type: string}, trip: {type: string}}}
        x-apictl-idempotency: '$message.payload#/trip'
operations:
  receiveTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.locations import located, shifted
from apictl.diff.events.pairs import MessagePair
from apictl.rules.rule import Happening, rule


@rule("message-idempotency-moved", MessagePair)
def message_idempotency_moved(pair: MessagePair) -> Iterator[Happening]:
    """Two locations, or one that only one of the contracts names."""
    if pair.old is None or pair.new is None:
        return
    old, new = located(pair.old.idempotency), located(pair.new.idempotency)
    if old == new:
        return
    yield Happening(
        shifted(pair.old.idempotency, pair.new.idempotency),
        f"copies of {pair.spot.subject} share {new or 'nothing that is said'}, they shared {old or 'nothing'}",
        {"old": old, "new": new},
        hint="let both places hold the same value until all are told",
    )
