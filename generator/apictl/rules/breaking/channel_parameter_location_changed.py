"""A parameter of an address is taken from another part of the message.

Who makes the address of a message, or routes by it, takes the old part: messages may go to another address than they
are looked for at.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: 'trips/{trip}'
    parameters: {trip: {location: '$message.payload#/trip'}}
    messages: {trip: {payload: {type: string}}}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: 'trips/{trip}'
    parameters: {trip: {location: '$message.payload#/id'}}
    messages: {trip: {payload: {type: string}}}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.locations import located
from apictl.diff.events.pairs import ChannelParameterPair
from apictl.diff.law import Effect
from apictl.rules.rule import Happening, rule


@rule("channel-parameter-location-changed", ChannelParameterPair)
def channel_parameter_location_changed(pair: ChannelParameterPair) -> Iterator[Happening]:
    """Two locations, or one where there was none."""
    if pair.old is None or pair.new is None:
        return
    old, new = located(pair.old.location), located(pair.new.location)
    if old == new:
        return
    yield Happening(
        Effect.INCOMPARABLE if old and new else Effect.NEUTRAL,
        f"{pair.spot.part} of {pair.spot.label} is {f'at {new!r}' if new else 'nowhere'} in the message, "
        f"it was {f'at {old!r}' if old else 'nowhere'}",
        {"old": old, "new": new},
        risk="" if old and new else "who makes or reads the address may count on it",
    )
