"""Messages may be smaller, or larger, than before.

A broker refuses larger messages than it is set to take, so whoever sends them is hurt by a lower limit. Lower it only
when nobody sends such messages any more.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {kafka: {topicConfiguration: {max.message.bytes: 1048588}}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {kafka: {topicConfiguration: {max.message.bytes: 65536}}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import BindingPair, Meaning
from apictl.diff.law import Effect, Side
from apictl.rules.bindings import changed, facts
from apictl.rules.rule import Happening, rule


@rule("binding-size-changed", BindingPair)
def binding_size_changed(pair: BindingPair) -> Iterator[Happening]:
    """One limit with two values."""
    if pair.old is None or pair.new is None or pair.meaning is not Meaning.SIZE:
        return
    old, new = pair.old.value, pair.new.value
    effect, risk = Effect.NEUTRAL, "the limit is another one where only one contract names it"
    if isinstance(old, int) and isinstance(new, int):
        effect, risk = (Effect.NARROWS if new < old else Effect.WIDENS), ""
    yield Happening(effect, changed(pair), facts(pair), side=Side.ACCEPTS, risk=risk)
