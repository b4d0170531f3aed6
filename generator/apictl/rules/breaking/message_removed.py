"""A kind of message is gone from a channel.

A service that received it refuses it now: it goes to the dead letters. One that sent it keeps its promises, for
nobody was told that it must come, but who waits for it waits in vain; that is a warning.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {requested: {payload: {const: requested}}, cancelled: {payload: {const: cancelled}}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {requested: {payload: {const: requested}}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.diff.events.pairs import MessagePair
from apictl.diff.law import Effect, Side
from apictl.rules.rule import Happening, rule

_NAMED: Final = "code that is generated from the contract is named after it"


@rule("message-removed", MessagePair)
def message_removed(pair: MessagePair) -> Iterator[Happening]:
    """A message that only the old contract has there."""
    if pair.old is None or pair.new is not None:
        return
    is_sent = pair.spot.side is Side.PRODUCES
    told = f"{pair.spot.label} no longer {'sends' if is_sent else 'accepts'} {pair.spot.part}"
    if pair.is_covered:
        name = {"message": pair.old.name}
        yield Happening(Effect.NEUTRAL, f"{told}, whose payload is still possible", name, risk=_NAMED)
        return
    yield Happening(
        Effect.NARROWS,
        told,
        {"message": pair.old.name},
        hint="" if is_sent else "keep accepting it until nobody sends it any more",
        risk="who waits for it waits in vain",
    )
