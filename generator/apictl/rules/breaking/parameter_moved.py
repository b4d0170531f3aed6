"""A parameter is read from another place of the request.

Whoever sends it where the old contract said is not heard any more. Read both places for a while.

```yaml before
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: zone, in: query, schema: {type: string}}]
```

```yaml after
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: zone, in: header, schema: {type: string}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ParameterPair
from apictl.rules.rule import Happening, rule


@rule("parameter-moved", ParameterPair)
def parameter_moved(pair: ParameterPair) -> Iterator[Happening]:
    """The same name in two places."""
    if pair.old is None or pair.new is None or pair.old.location is pair.new.location:
        return
    before, after = pair.old.location.value, pair.new.location.value
    yield Happening(
        Effect.INCOMPARABLE,
        f"{pair.spot.label} reads parameter {pair.new.name!r} from the {after}, it was in the {before}",
        {"old": before, "new": after},
        hint="read it from both places until nobody sends the old one any more",
    )
