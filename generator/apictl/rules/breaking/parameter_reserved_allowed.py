"""Reserved characters of a parameter need no escapes any more.

Escaped ones are understood as before, so nobody is hurt.

```yaml before
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: next, in: query, schema: {type: string}}]
```

```yaml after
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: next, in: query, allowReserved: true, schema: {type: string}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ParameterPair
from apictl.rules.rule import Happening, rule


@rule("parameter-reserved-allowed", ParameterPair)
def parameter_reserved_allowed(pair: ParameterPair) -> Iterator[Happening]:
    """Reserved characters stay unescaped in the new contract only."""
    if pair.old is not None and pair.new is not None and pair.new.allow_reserved and not pair.old.allow_reserved:
        yield Happening(
            Effect.WIDENS, f"{pair.spot.label} takes reserved characters of {pair.spot.part} as they are now"
        )
