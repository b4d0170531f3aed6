"""There is a new channel.

Nobody uses it yet. What the service does there is told by the operations on it.

```yaml before
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
  zones: {address: zones}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import ChannelPair
from apictl.diff.law import Effect
from apictl.rules.rule import Happening, rule


@rule("channel-added", ChannelPair)
def channel_added(pair: ChannelPair) -> Iterator[Happening]:
    """A channel that only the new contract has, and no operation."""
    if pair.old is None and pair.new is not None and not pair.is_used:
        yield Happening(Effect.WIDENS, f"{pair.spot.label} is new", {"channel": pair.spot.channel})
