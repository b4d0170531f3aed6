"""A parameter may stand only once now.

It took an array and takes a single value. Who sends two is refused, or only one of them is read.

```yaml before
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: tag, in: query, schema: {type: array, items: {type: string}}}]
```

```yaml after
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: tag, in: query, schema: {type: string}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ParameterPair, Repetition
from apictl.rules.rule import Happening, rule


@rule("parameter-not-repeatable", ParameterPair)
def parameter_not_repeatable(pair: ParameterPair) -> Iterator[Happening]:
    """An array became one value."""
    if pair.repetition is Repetition.LOST:
        yield Happening(
            Effect.NARROWS,
            f"{pair.spot.label} takes {pair.spot.part} only once now",
            hint="keep the array, and say 'maxItems: 1' when that is meant, until nobody sends two",
        )
