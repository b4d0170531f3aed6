"""A message has no correlation id any more.

Who receives it can't tell any more what it belongs to. That breaks who waits for an answer, unless the schema still
makes sure of a value there.

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
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.locations import located
from apictl.diff.events.pairs import CorrelationPair
from apictl.diff.law import Effect, Side
from apictl.rules.rule import Happening, rule


@rule("correlation-id-removed", CorrelationPair)
def correlation_id_removed(pair: CorrelationPair) -> Iterator[Happening]:
    """A location that only the old contract names."""
    if pair.old is not None and pair.new is None:
        yield Happening(
            Effect.NEUTRAL if pair.is_sure else Effect.WIDENS,
            f"{pair.spot.subject} is gone, it was at {located(pair.old)!r}",
            {"old": located(pair.old)},
            hint="" if pair.is_sure or pair.spot.side is not Side.PRODUCES else "keep it",
        )
