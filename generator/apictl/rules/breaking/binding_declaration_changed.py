"""A queue or exchange is declared otherwise.

A broker of AMQP refuses whoever declares it as before, with 406 PRECONDITION_FAILED, and closes the connection's
channel. Declare a queue of another name, move everybody over, then delete the old one.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {amqp: {is: queue, queue: {name: trips, durable: false}}}
operations:
  onTrip: {action: receive, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages: {trip: {payload: {type: string}}}
    bindings: {amqp: {is: queue, queue: {name: trips, durable: true}}}
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


@rule("binding-declaration-changed", BindingPair)
def binding_declaration_changed(pair: BindingPair) -> Iterator[Happening]:
    """One field of a binding with two values."""
    if pair.old is None or pair.new is None or pair.meaning is not Meaning.DECLARATION:
        return
    yield Happening(
        Effect.INCOMPARABLE,
        changed(pair),
        facts(pair),
        hint="declare one of another name beside it, and move everybody over",
    )
