"""There is a new representation of a body.

Who sends or asks for the old one is served as before. Only of webhooks and callbacks it may come unasked: the
receiver can't read it.

```yaml before
webhooks:
  tripCompleted:
    post:
      operationId: tripCompleted
      requestBody: {content: {application/json: {}}}
```

```yaml after
webhooks:
  tripCompleted:
    post:
      operationId: tripCompleted
      requestBody: {content: {application/json: {}, text/csv: {}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import MediaTypePair
from apictl.rules.rule import Happening, rule


@rule("media-type-added", MediaTypePair)
def media_type_added(pair: MediaTypePair) -> Iterator[Happening]:
    """A media type that only the new contract has; of an answer the caller chooses, which is on the caller's side."""
    if pair.old is not None or pair.new is None:
        return
    side = Side.ACCEPTS if pair.is_asked_for else pair.spot.side
    verb = "may answer" if pair.is_asked_for else "may send" if side is Side.PRODUCES else "accepts"
    yield Happening(
        Effect.WIDENS,
        f"{pair.spot.label} {verb} {pair.spot.part} now",
        {"media_type": pair.new.name},
        side=side,
    )
