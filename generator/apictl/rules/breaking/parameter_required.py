"""A parameter must be sent now.

Calls without it kept to the old contract and are refused. Keep it optional, with a default that means what was done
before.

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
      parameters: [{name: zone, in: query, required: true, schema: {type: string}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ParameterPair
from apictl.rules.rule import Happening, rule


@rule("parameter-required", ParameterPair)
def parameter_required(pair: ParameterPair) -> Iterator[Happening]:
    """Required in the new contract only."""
    if pair.old is not None and pair.new is not None and pair.new.is_required and not pair.old.is_required:
        yield Happening(
            Effect.NARROWS,
            f"{pair.spot.label} now requires {pair.spot.part}",
            hint="keep it optional, with a default that means what was done before",
        )
