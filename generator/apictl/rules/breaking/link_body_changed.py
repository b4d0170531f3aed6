"""A link passes on another request body.

What was taken from one part of the message comes from another one now: that the old part fits is no longer promised.
Give the new link another name and keep the old one.

```yaml before
paths:
  /trips:
    post:
      operationId: createTrip
      responses:
        '201':
          description: A trip.
          links: {copy: {operationId: createTrip, requestBody: $response.body}}
```

```yaml after
paths:
  /trips:
    post:
      operationId: createTrip
      responses:
        '201':
          description: A trip.
          links: {copy: {operationId: createTrip, requestBody: $response.body#/trip}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.links import Link
from apictl.diff.law import Effect
from apictl.diff.links import value_text
from apictl.diff.pairs import LinkPair
from apictl.rules.rule import Happening, rule


@rule("link-body-changed", LinkPair)
def link_body_changed(pair: LinkPair) -> Iterator[Happening]:
    """Request bodies of two links that lead to the same operation; one more promises more."""
    if pair.old is None or pair.new is None or pair.leads_elsewhere:
        return
    before, after = _body(pair.old), _body(pair.new)
    if before == after:
        return
    yield Happening(
        Effect.NARROWS if before is None else Effect.WIDENS if after is None else Effect.INCOMPARABLE,
        f"{pair.spot.subject} passes {after or 'nothing'} as request body, it passed {before or 'nothing'}",
        {"old": before, "new": after},
        hint="give the new link another name and keep the old one" if before is not None else "",
    )


def _body(link: Link) -> str | None:
    return None if link.body is None else value_text(link.body)
