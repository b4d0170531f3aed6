"""A channel is gone.

No operation of the contract says who sends there and who receives, so everybody who uses it is hurt. Where one does,
its own removal is told instead. Keep the channel until nobody uses it any more.

```yaml before
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
  zones: {address: zones}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import ChannelPair
from apictl.diff.law import Effect, Side
from apictl.rules.rule import Happening, rule


@rule("channel-removed", ChannelPair)
def channel_removed(pair: ChannelPair) -> Iterator[Happening]:
    """A channel that only the old contract has, and no operation."""
    if pair.old is not None and pair.new is None and not pair.is_used:
        yield Happening(
            Effect.NARROWS,
            f"{pair.spot.label} is removed",
            {"channel": pair.spot.channel},
            hint="keep it until nobody uses it any more",
            side=Side.ACCEPTS,
        )
