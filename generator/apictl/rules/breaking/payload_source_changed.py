"""What a message carries is described otherwise, in a language that is not compared.

Whether somebody is hurt can't be told here, so it is a warning: what nobody has looked at is not silently fine.
Compare the two with the tools of that language.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages:
      trip:
        payload: {schemaFormat: 'application/vnd.google.protobuf;version=3', schema: 'message Trip { string id = 1; }'}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages:
      trip:
        payload: {schemaFormat: 'application/vnd.google.protobuf;version=3', schema: 'message Trip { int64 id = 1; }'}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.contract.events import PayloadFormat
from apictl.diff.events.pairs import MessagePair
from apictl.diff.law import Effect
from apictl.rules.rule import Happening, rule

_UNREAD: Final = frozenset({PayloadFormat.PROTOBUF, PayloadFormat.OTHER})


@rule("payload-source-changed", MessagePair)
def payload_source_changed(pair: MessagePair) -> Iterator[Happening]:
    """Two texts of one payload."""
    if pair.old is None or pair.new is None or pair.old.payload is None or pair.new.payload is None:
        return
    old, new = pair.old.payload, pair.new.payload
    if old.format is new.format and new.format in _UNREAD and old.source != new.source:
        yield Happening(
            Effect.NEUTRAL,
            f"payload of {pair.spot.subject} is described otherwise",
            {"format": new.format.value},
            risk="schemas of this language are not compared",
            old=old.place,
            new=new.place,
        )
