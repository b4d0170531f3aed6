"""A channel has another address.

Who sends there reaches nobody, and who listens there hears nothing any more. Keep the old address as a channel of its
own beside the new one. What its parameters are called does not matter, how many there are does.

```yaml before
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips: {address: v2.trips, messages: {trip: {payload: {type: string}}}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import ChannelPair
from apictl.diff.law import Effect
from apictl.diff.paths import shape
from apictl.rules.rule import Happening, rule


@rule("channel-address-changed", ChannelPair)
def channel_address_changed(pair: ChannelPair) -> Iterator[Happening]:
    """Two addresses of one channel: of the same key, or with the same operations."""
    if pair.old is None or pair.new is None:
        return
    old, new = pair.old.address, pair.new.address
    if (old and shape(old)) == (new and shape(new)):
        return
    named = [repr(each) if each is not None else "known only at run time" for each in (old, new)]
    yield Happening(
        Effect.INCOMPARABLE,
        f"address of {pair.spot.label} is {named[1]}, it was {named[0]}",
        {"old": old, "new": new},
        hint="keep the old address beside the new one until nobody uses it any more",
    )
