"""A parameter of an address is called otherwise.

Addresses are the same on the wire. Generated code is not: its arguments are named after the parameters, so that is a
warning.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: 'trips/{trip}'
    parameters: {trip: {}}
    messages: {trip: {payload: {type: string}}}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: 'trips/{tripId}'
    parameters: {tripId: {}}
    messages: {trip: {payload: {type: string}}}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import ChannelParameterPair
from apictl.diff.law import Effect
from apictl.rules.rule import Happening, rule


@rule("channel-parameter-renamed", ChannelParameterPair)
def channel_parameter_renamed(pair: ChannelParameterPair) -> Iterator[Happening]:
    """Two names at one position."""
    if pair.old is None or pair.new is None or pair.old.name == pair.new.name:
        return
    yield Happening(
        Effect.NEUTRAL,
        f"{pair.spot.part} of {pair.spot.label} was called {pair.old.name!r}",
        {"old": pair.old.name, "new": pair.new.name},
        risk="arguments of code that is generated from the contract are named after it",
    )
