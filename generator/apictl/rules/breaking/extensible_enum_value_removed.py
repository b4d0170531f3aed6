"""A listed value is gone from a list that may grow.

`x-extensible-enum` lists the values that are known today. Where callers send them, one that is gone is refused or not
understood. Where they only read them, fewer values hurt nobody.

```yaml before
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: state, in: query, schema: {type: string, x-extensible-enum: [open, done]}}]
```

```yaml after
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: state, in: query, schema: {type: string, x-extensible-enum: [open]}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ListingPair
from apictl.diff.values import shown
from apictl.rules.rule import Happening, rule


@rule("extensible-enum-value-removed", ListingPair)
def extensible_enum_value_removed(pair: ListingPair) -> Iterator[Happening]:
    """Values that only the old contract lists."""
    if pair.old is None or pair.new is None:
        return
    for value in pair.old.values:
        if value not in pair.new.values:
            yield Happening(
                Effect.NARROWS,
                f"{pair.spot.label} no longer lists {shown(value)} for {pair.spot.part}",
                {"value": value},
            )
