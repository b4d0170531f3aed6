"""Messages are written in another way.

Who reads them as the old contract said, or writes them so, is not understood. Send them on a channel of their own.
Where only one contract names a content type, it is a warning: both may mean the same.

```yaml before
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {contentType: application/json}}}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```

```yaml after
asyncapi: 3.0.0
channels:
  trips: {address: trips, messages: {trip: {contentType: application/cbor}}}
operations:
  sendTrip: {action: send, channel: {$ref: '#/channels/trips'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import MessagePair
from apictl.diff.law import Effect
from apictl.diff.media import is_same_media_type
from apictl.rules.rule import Happening, rule


@rule("content-type-changed", MessagePair)
def content_type_changed(pair: MessagePair) -> Iterator[Happening]:
    """Two content types of one message."""
    if pair.old is None or pair.new is None:
        return
    old, new = pair.old.content_type, pair.new.content_type
    if is_same_media_type(old or None, new or None):
        return
    named = [repr(each) if each else "unsaid" for each in (old, new)]
    yield Happening(
        Effect.INCOMPARABLE if old and new else Effect.NEUTRAL,
        f"content type of {pair.spot.subject} is {named[1]}, it was {named[0]}",
        {"old": old, "new": new},
        hint="give messages of the new kind a channel of their own" if old and new else "",
        risk="" if old and new else "what was usual may be another content type",
    )
