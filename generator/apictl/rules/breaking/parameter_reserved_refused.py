"""Reserved characters of a parameter must be escaped now.

With `allowReserved`, `?next=/trips?page=2` was understood as it stands. Without, its characters have their meaning in
a URL.

```yaml before
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: next, in: query, allowReserved: true, schema: {type: string}}]
```

```yaml after
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: next, in: query, schema: {type: string}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ParameterPair
from apictl.rules.rule import Happening, rule


@rule("parameter-reserved-refused", ParameterPair)
def parameter_reserved_refused(pair: ParameterPair) -> Iterator[Happening]:
    """Reserved characters stay unescaped in the old contract only."""
    if pair.old is not None and pair.new is not None and pair.old.allow_reserved and not pair.new.allow_reserved:
        yield Happening(Effect.NARROWS, f"{pair.spot.label} wants reserved characters of {pair.spot.part} escaped now")
