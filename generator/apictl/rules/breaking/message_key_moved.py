"""The key that keeps messages in order is elsewhere, or said for the first time, or no longer.

`x-apictl-key` says where in a message its key is. Who receives relies on it: messages of one key come in order. Who
sends must write the key that is found there, as others are refused.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages:
      trip:
        payload: {type: object, required: [id, car], properties: {id: {type: string}, car: {type: string}}}
        x-apictl-key: '$message.payload#/id'
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages:
      trip:
        payload: {type: object, required: [id, car], properties: {id: {type: string}, car: {type: string}}}
        x-apictl-key: '$message.payload#/car'
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.locations import located, shifted
from apictl.diff.events.pairs import MessagePair
from apictl.rules.rule import Happening, rule


@rule("message-key-moved", MessagePair)
def message_key_moved(pair: MessagePair) -> Iterator[Happening]:
    """Two locations, or one that only one of the contracts names."""
    if pair.old is None or pair.new is None:
        return
    old, new = located(pair.old.key_location), located(pair.new.key_location)
    if old == new:
        return
    yield Happening(
        shifted(pair.old.key_location, pair.new.key_location),
        f"the key of {pair.spot.subject} is at {new or 'no place that is said'}, it was at {old or 'none'}",
        {"old": old, "new": new},
        hint="let it stay until all who rely on the order are told",
    )
