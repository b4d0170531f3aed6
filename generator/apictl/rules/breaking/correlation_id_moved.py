"""The correlation id of a message is elsewhere.

Who puts it where the old contract said, or looks for it there, can't be answered, or can't tell to what an answer
belongs. Write it to both places until nobody reads the old one.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages:
      trip:
        headers: {type: object, properties: {id: {type: string}, ref: {type: string}}}
        correlationId: {location: '$message.header#/id'}
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
        headers: {type: object, properties: {id: {type: string}, ref: {type: string}}}
        correlationId: {location: '$message.header#/ref'}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.locations import located
from apictl.diff.events.pairs import CorrelationPair
from apictl.diff.law import Effect
from apictl.rules.rule import Happening, rule


@rule("correlation-id-moved", CorrelationPair)
def correlation_id_moved(pair: CorrelationPair) -> Iterator[Happening]:
    """Two locations."""
    old, new = located(pair.old), located(pair.new)
    if old and new and old != new:
        yield Happening(
            Effect.INCOMPARABLE,
            f"{pair.spot.subject} is at {new!r}, it was at {old!r}",
            {"old": old, "new": new},
            hint="write it to both places until nobody reads the old one",
        )
