"""There is a new link from an answer to another operation.

It promises more about the answer than was promised before. Nobody has to follow it.

```yaml before
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

```yaml after
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
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import LinkPair
from apictl.rules.rule import Happening, rule


@rule("link-added", LinkPair)
def link_added(pair: LinkPair) -> Iterator[Happening]:
    """A link that only the new contract has."""
    if pair.old is None and pair.new is not None:
        target = pair.new.operation_id or pair.new.operation_ref
        yield Happening(
            Effect.NARROWS,
            f"{pair.spot.subject} is new" + (f" and leads to {target!r}" if target else ""),
            {"target": target},
        )
