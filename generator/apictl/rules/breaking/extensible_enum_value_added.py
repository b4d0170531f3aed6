"""A list that may grow has grown.

`x-extensible-enum` tells readers to expect values that are not listed, so nobody is hurt.

```yaml before
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: state, in: query, schema: {type: string, x-extensible-enum: [open]}}]
```

```yaml after
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: state, in: query, schema: {type: string, x-extensible-enum: [open, done]}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ListingPair
from apictl.diff.values import shown
from apictl.rules.rule import Happening, rule


@rule("extensible-enum-value-added", ListingPair)
def extensible_enum_value_added(pair: ListingPair) -> Iterator[Happening]:
    """Values that only the new contract lists."""
    if pair.old is None or pair.new is None:
        return
    for value in pair.new.values:
        if value not in pair.old.values:
            yield Happening(
                Effect.WIDENS,
                f"{pair.spot.label} lists {shown(value)} for {pair.spot.part} now",
                {"value": value},
            )
