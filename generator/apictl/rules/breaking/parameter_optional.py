"""A parameter may be left out now.

Who sends it is heard as before, so nobody is hurt.

```yaml before
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: zone, in: query, required: true, schema: {type: string}}]
```

```yaml after
paths:
  /trips:
    get:
      operationId: listTrips
      parameters: [{name: zone, in: query, schema: {type: string}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ParameterPair
from apictl.rules.rule import Happening, rule


@rule("parameter-optional", ParameterPair)
def parameter_optional(pair: ParameterPair) -> Iterator[Happening]:
    """Required in the old contract only."""
    if pair.old is not None and pair.new is not None and pair.old.is_required and not pair.new.is_required:
        yield Happening(Effect.WIDENS, f"{pair.spot.label} no longer requires {pair.spot.part}")
