"""A link leads to another operation.

Whoever follows it calls something else than before, and gets an answer that they do not expect. An operation that is
only called otherwise, or is named by reference instead of by id, is the same. Give the new link another name and keep
the old one.

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
  /bills/{id}:
    get:
      operationId: getBill
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
          links: {trip: {operationId: getBill, parameters: {id: $response.body#/id}}}
  /trips/{id}:
    get:
      operationId: getTrip
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
  /bills/{id}:
    get:
      operationId: getBill
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import LinkPair
from apictl.rules.rule import Happening, rule


@rule("link-target-changed", LinkPair)
def link_target_changed(pair: LinkPair) -> Iterator[Happening]:
    """Two links of one name that lead to different operations."""
    if pair.old is None or pair.new is None or not pair.leads_elsewhere:
        return
    old, new = (link.operation_id or link.operation_ref for link in (pair.old, pair.new))
    yield Happening(
        Effect.INCOMPARABLE,
        f"{pair.spot.subject} leads to {new!r}, it led to {old!r}",
        {"old": old, "new": new},
        hint="give the new link another name and keep the old one",
    )
