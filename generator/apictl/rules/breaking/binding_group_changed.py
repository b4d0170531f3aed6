"""Messages are received as somebody else.

A new group begins where it is configured to, not where the old one stopped: messages come twice or never, and brokers
may let it in or not by its name.

```yaml before
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
operations:
  onTrip:
    action: receive
    channel: {$ref: '#/channels/trips'}
    bindings: {kafka: {groupId: {type: string, const: pricing}}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {payload: {type: string}}}}
operations:
  onTrip:
    action: receive
    channel: {$ref: '#/channels/trips'}
    bindings: {kafka: {groupId: {type: string, const: quotes}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import BindingPair, Meaning
from apictl.diff.law import Effect
from apictl.rules.bindings import changed, facts
from apictl.rules.rule import Happening, rule


@rule("binding-group-changed", BindingPair)
def binding_group_changed(pair: BindingPair) -> Iterator[Happening]:
    """One field of a binding with two values."""
    if pair.old is None or pair.new is None or pair.meaning is not Meaning.GROUP:
        return
    yield Happening(
        Effect.NEUTRAL,
        changed(pair),
        facts(pair),
        risk="a new group does not go on where the old one stopped: messages come twice or never",
    )
