"""What a message carries is described in another schema language.

Avro and Protobuf have their own encoding, so that what is on the wire is another thing unless a content type that
stays says otherwise.

```yaml before
asyncapi: 3.0.0
channels:
  trips:
    address: trips
    messages:
      trip:
        payload: {type: string}
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
        payload: {schemaFormat: 'application/vnd.apache.avro;version=1.9.0', schema: string}
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

_NAMES: Final = {
    PayloadFormat.JSON_SCHEMA: "JSON Schema",
    PayloadFormat.AVRO: "Avro",
    PayloadFormat.PROTOBUF: "Protobuf",
    PayloadFormat.OTHER: "a language that is not read",
}


@rule("payload-format-changed", MessagePair)
def payload_format_changed(pair: MessagePair) -> Iterator[Happening]:
    """Two languages of one payload."""
    if pair.old is None or pair.new is None or pair.old.payload is None or pair.new.payload is None:
        return
    old, new = pair.old.payload.format, pair.new.payload.format
    if old is new:
        return
    is_same_text = pair.old.content_type != "" and pair.old.content_type == pair.new.content_type
    yield Happening(
        Effect.NEUTRAL if is_same_text else Effect.INCOMPARABLE,
        f"payload of {pair.spot.subject} is described in {_NAMES[new]}, it was in {_NAMES[old]}",
        {"old": old.value, "new": new.value},
        hint="" if is_same_text else "give messages of the new kind a channel of their own",
        risk="what is not told of in both languages can't be compared" if is_same_text else "",
        old=pair.old.payload.place,
        new=pair.new.payload.place,
    )
