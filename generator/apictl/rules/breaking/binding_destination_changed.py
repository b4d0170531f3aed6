"""Messages go another way: to another topic, queue or exchange, or by another method.

Who sends or listens where the old contract said reaches nobody. Keep the old one beside the new one until nobody uses
it any more. Where only one contract names it, it is a warning: both may mean the same.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {kafka: {topic: trips}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {kafka: {topic: trips-v2}}
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


@rule("binding-destination-changed", BindingPair)
def binding_destination_changed(pair: BindingPair) -> Iterator[Happening]:
    """Two destinations, or one where none was named."""
    if pair.old is None or pair.new is None or pair.meaning is not Meaning.DESTINATION:
        return
    is_known = pair.old.value is not None and pair.new.value is not None
    yield Happening(
        Effect.INCOMPARABLE if is_known else Effect.NEUTRAL,
        changed(pair),
        facts(pair),
        hint="keep the old one beside the new one until nobody uses it any more" if is_known else "",
        risk="" if is_known else "what was usual may be another one",
    )
