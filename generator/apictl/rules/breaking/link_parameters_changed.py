"""A link passes on something else.

What was taken from one part of the message comes from another one now, or is not passed on at all: that the old part
fits is no longer promised. A parameter more is a promise more, and hurts nobody who passes on what they did. The same
parameter with its location (`path.id` for `id`) is no change.

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
        '201':
          description: A trip.
          links: {trip: {operationId: getTrip, parameters: {id: $response.body#/trip/id}}}
  /trips/{id}:
    get:
      operationId: getTrip
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from apictl.diff.law import Effect
from apictl.diff.pairs import LinkPair
from apictl.rules.rule import Happening, rule

_SHOWN: Final = 60


@rule("link-parameters-changed", LinkPair)
def link_parameters_changed(pair: LinkPair) -> Iterator[Happening]:
    """Parameters of two links that lead to the same operation."""
    if pair.old is None or pair.new is None or pair.leads_elsewhere:
        return
    before, after = pair.old_passed, pair.new_passed
    for name in sorted({**before, **after}):
        if before.get(name) == after.get(name):
            continue
        yield Happening(
            Effect.NARROWS if name not in before else Effect.WIDENS if name not in after else Effect.INCOMPARABLE,
            f"{pair.spot.subject} passes {_shown(after, name)} as {name!r}, it passed {_shown(before, name)}",
            {"parameter": name, "old": before.get(name), "new": after.get(name)},
            hint="give the new link another name and keep the old one" if name in before else "",
        )


def _shown(passed: Mapping[str, str], name: str) -> str:
    text = passed.get(name, "nothing")
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"
