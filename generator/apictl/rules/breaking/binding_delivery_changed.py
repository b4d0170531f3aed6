"""Messages are delivered with another promise.

A service that sends with a lower quality of service, or no longer persistently, may lose what was sure to arrive.
Everything else, as retained messages, priorities and expiration, is a warning: it depends on what receivers make of
it.

```yaml before
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
operations:
  sendTrip:
    action: send
    channel: {$ref: '#/channels/trips'}
    bindings: {mqtt: {qos: 1}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
operations:
  sendTrip:
    action: send
    channel: {$ref: '#/channels/trips'}
    bindings: {mqtt: {qos: 0}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.diff.events.pairs import BindingPair, Meaning
from apictl.diff.law import Effect, Side
from apictl.rules.bindings import changed, facts
from apictl.rules.rule import Happening, rule

_PROMISES: Final = frozenset({"deliveryMode", "qos"})
_RISK: Final = "messages come later, twice or not at all where they did not before"


@rule("binding-delivery-changed", BindingPair)
def binding_delivery_changed(pair: BindingPair) -> Iterator[Happening]:
    """One field of a binding with two values; the higher a promise, the less may happen to a message."""
    if pair.old is None or pair.new is None or pair.meaning is not Meaning.DELIVERY:
        return
    old, new = pair.old.value, pair.new.value
    effect = Effect.NEUTRAL
    if pair.name in _PROMISES and isinstance(old, int) and isinstance(new, int) and pair.spot.side is Side.PRODUCES:
        effect = Effect.WIDENS if new < old else Effect.NARROWS
    yield Happening(effect, changed(pair), facts(pair), risk=_RISK)
