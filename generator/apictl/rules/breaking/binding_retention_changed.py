"""Messages are kept in another way, or for another time.

Who reads late, or from the beginning, may miss messages that it met before: a compacted topic has only the last of
each key.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {kafka: {topicConfiguration: {retention.ms: 604800000}}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {kafka: {topicConfiguration: {retention.ms: 86400000}}}
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


@rule("binding-retention-changed", BindingPair)
def binding_retention_changed(pair: BindingPair) -> Iterator[Happening]:
    """One field of a binding with two values."""
    if pair.old is None or pair.new is None or pair.meaning is not Meaning.RETENTION:
        return
    yield Happening(
        Effect.NEUTRAL,
        changed(pair),
        facts(pair),
        risk="who reads late or from the beginning may miss messages that it met before",
    )
