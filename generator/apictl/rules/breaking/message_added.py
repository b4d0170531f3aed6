"""There may be a new kind of message on a channel.

A service that sends it meets readers who don't know it. One that receives it hurts nobody. Send it on a channel of
its own, or once all readers pass over what they don't know. Where another message could carry the same before,
nothing new comes.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {requested: {payload: {const: requested}}}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {requested: {payload: {const: requested}}, cancelled: {payload: {const: cancelled}}}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import MessagePair
from apictl.diff.law import Effect, Side
from apictl.rules.rule import Happening, rule


@rule("message-added", MessagePair)
def message_added(pair: MessagePair) -> Iterator[Happening]:
    """A message that only the new contract has there."""
    if pair.old is not None or pair.new is None:
        return
    is_sent = pair.spot.side is Side.PRODUCES
    told = f"{pair.spot.label} {'may now send' if is_sent else 'now accepts'} {pair.spot.part}"
    if pair.is_covered:
        yield Happening(Effect.NEUTRAL, f"{told}, whose payload was possible before", {"message": pair.new.name})
        return
    yield Happening(
        Effect.WIDENS,
        told,
        {"message": pair.new.name},
        hint="send it on a channel of its own, or once all readers pass over what they don't know" if is_sent else "",
    )
