"""Something that is said for one protocol is another.

What it does to those who keep to the contract is not known here: no rule knows the field or the protocol. That is a
warning, for what nobody has looked at is not silently fine. Look it up in the specification of the binding.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {solace: {topicEndpoint: a}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {solace: {topicEndpoint: b}}
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


@rule("binding-changed", BindingPair)
def binding_changed(pair: BindingPair) -> Iterator[Happening]:
    """One field of a binding with two values."""
    if pair.old is None or pair.new is None or pair.meaning is not Meaning.UNKNOWN:
        return
    yield Happening(
        Effect.NEUTRAL,
        changed(pair),
        facts(pair),
        risk="no rule knows what it does to those who keep to the contract",
    )
