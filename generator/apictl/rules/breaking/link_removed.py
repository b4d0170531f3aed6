"""A link is gone from an answer.

The old contract promised that a part of the answer can be passed on to another operation. Callers who followed the link
have only their memory of it: nothing says any more that the value fits. Keep the link as long as the value is what it
was.

```yaml before
paths:
  /trips:
    post:
      operationId: createTrip
      responses:
        '201':
          description: A trip.
          links: {trip: {operationId: getTrip, parameters: {id: $response.body#/id}}}
  /trips/{id}:
    get:
      operationId: getTrip
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
```

```yaml after
paths:
  /trips:
    post:
      operationId: createTrip
      responses:
        '201': {description: A trip.}
  /trips/{id}:
    get:
      operationId: getTrip
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import LinkPair
from apictl.rules.rule import Happening, rule


@rule("link-removed", LinkPair)
def link_removed(pair: LinkPair) -> Iterator[Happening]:
    """A link that only the old contract has: a promise about the answer that is taken back."""
    if pair.old is not None and pair.new is None:
        yield Happening(
            Effect.WIDENS,
            f"{pair.spot.label} has no {pair.spot.part} any more",
            hint="keep the link while what it passes on is still there",
        )
