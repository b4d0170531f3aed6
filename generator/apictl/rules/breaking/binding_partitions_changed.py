"""Messages are spread over another number of partitions.

Keys move to other partitions, and the order of messages of one key is lost where the old ones end. Wait until all are
read, or make a topic of another name.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {kafka: {partitions: 6}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {kafka: {partitions: 12}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import BindingPair, Meaning
from apictl.diff.law import Effect
from apictl.rules.bindings import changed, facts
from apictl.rules.rule import Happening, rule


@rule("binding-partitions-changed", BindingPair)
def binding_partitions_changed(pair: BindingPair) -> Iterator[Happening]:
    """One field of a binding with two values."""
    if pair.old is None or pair.new is None or pair.meaning is not Meaning.PARTITIONS:
        return
    yield Happening(
        Effect.NEUTRAL,
        changed(pair),
        facts(pair),
        risk="keys move to other partitions, and the order of their messages is lost where the old ones end",
    )
