"""A kind of message is called otherwise.

Its name does not travel. Generated code is named after it, and teams speak of it: a warning.

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
  trips: {address: trips, messages: {tripRequested: {payload: {type: string}}}}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import MessagePair
from apictl.diff.law import Effect
from apictl.rules.rule import Happening, rule


@rule("message-renamed", MessagePair)
def message_renamed(pair: MessagePair) -> Iterator[Happening]:
    """Two names for what carries the same, or is alone on its channel."""
    if pair.old is None or pair.new is None or pair.old.name == pair.new.name:
        return
    yield Happening(
        Effect.NEUTRAL,
        f"{pair.spot.subject} was called {pair.old.name!r}",
        {"old": pair.old.name, "new": pair.new.name},
        risk="code that is generated from the contract is named after it",
    )
