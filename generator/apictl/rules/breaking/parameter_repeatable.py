"""A parameter may stand more than once now.

It took one value and takes an array of such values: `?tag=a` is the text of both. Who sends one is heard as before,
so nobody is hurt.

```yaml before
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: tag, in: query, schema: {type: string}}]
```

```yaml after
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: tag, in: query, schema: {type: array, items: {type: string}}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ParameterPair, Repetition
from apictl.rules.rule import Happening, rule


@rule("parameter-repeatable", ParameterPair)
def parameter_repeatable(pair: ParameterPair) -> Iterator[Happening]:
    """One value became an array."""
    if pair.repetition is Repetition.GAINED:
        yield Happening(Effect.WIDENS, f"{pair.spot.label} takes {pair.spot.part} more than once now")
