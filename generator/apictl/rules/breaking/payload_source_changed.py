"""What a message carries is described otherwise, in what is not compared of its language.

Whether somebody is hurt can't be told here, so it is a warning: what nobody has looked at is not silently fine.
Of Protobuf the values are compared, and not the numbers and types by which they stand on the wire; of languages that
are not read, nothing is. Compare the two with the tools of that language.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages:
      trip:
        payload:
          schemaFormat: application/vnd.google.protobuf;version=2
          schema: 'message Trip { optional string id = 1; }'
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
        payload:
          schemaFormat: application/vnd.google.protobuf;version=2
          schema: 'message Trip { optional string id = 2; }'
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

_RISKS: Final = {
    PayloadFormat.PROTOBUF: "the numbers of fields, and their types on the wire, are not compared",
    PayloadFormat.OTHER: "schemas of this language are not compared",
}


@rule("payload-source-changed", MessagePair)
def payload_source_changed(pair: MessagePair) -> Iterator[Happening]:
    """Two texts of one payload."""
    if pair.old is None or pair.new is None or pair.old.payload is None or pair.new.payload is None:
        return
    old, new = pair.old.payload, pair.new.payload
    is_read = new.format is PayloadFormat.PROTOBUF
    is_same = old.compiled == new.compiled if is_read else old.source == new.source
    if old.format is new.format and new.format in _RISKS and not is_same:
        yield Happening(
            Effect.NEUTRAL,
            f"payload of {pair.spot.subject} is described otherwise",
            {"format": new.format.value},
            risk=_RISKS[new.format],
            old=old.place,
            new=new.place,
        )
