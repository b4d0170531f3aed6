"""A message has a correlation id.

A service that receives looks for it there, and can't tell messages apart that come without. That breaks who sends,
unless the old contract already made sure of a value there.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages:
      trip:
        headers: {type: object, properties: {id: {type: string}, ref: {type: string}}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages:
      trip:
        headers: {type: object, properties: {id: {type: string}, ref: {type: string}}}
        correlationId: {location: '$message.header#/id'}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.locations import located
from apictl.diff.events.pairs import CorrelationPair
from apictl.diff.law import Effect, Side
from apictl.rules.rule import Happening, rule


@rule("correlation-id-added", CorrelationPair)
def correlation_id_added(pair: CorrelationPair) -> Iterator[Happening]:
    """A location that only the new contract names."""
    if pair.old is None and pair.new is not None:
        yield Happening(
            Effect.NEUTRAL if pair.is_sure else Effect.NARROWS,
            f"{pair.spot.subject} is at {located(pair.new)!r} now",
            {"new": located(pair.new)},
            hint="" if pair.is_sure or pair.spot.side is not Side.ACCEPTS else "do without where it is missing",
        )
