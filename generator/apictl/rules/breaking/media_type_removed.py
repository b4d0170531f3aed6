"""A representation of a body is gone.

Of a request: whoever sends it gets 415. Of an answer: whoever asks for it by `Accept` gets 406 or something that
can't be read. Keep it until nobody uses it.

```yaml before
paths:
  /quotes:
    get:
      operationId: listQuotes
      responses: {'200': {description: Quotes., content: {application/json: {}, text/csv: {}}}}
```

```yaml after
paths:
  /quotes:
    get:
      operationId: listQuotes
      responses: {'200': {description: Quotes., content: {application/json: {}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import MediaTypePair
from apictl.rules.rule import Happening, rule


@rule("media-type-removed", MediaTypePair)
def media_type_removed(pair: MediaTypePair) -> Iterator[Happening]:
    """A media type that only the old contract has; of an answer the caller chooses, which is on the caller's side."""
    if pair.old is None or pair.new is not None:
        return
    side = Side.ACCEPTS if pair.is_asked_for else pair.spot.side
    verb = "answers" if pair.is_asked_for else "sends" if side is Side.PRODUCES else "accepts"
    yield Happening(
        Effect.NARROWS,
        f"{pair.spot.label} no longer {verb} {pair.spot.part}",
        {"media_type": pair.old.name},
        hint="" if side is Side.PRODUCES else "keep it until nobody uses it any more",
        side=side,
    )
