"""An operation has a new parameter.

An optional one may be left out, so nobody is hurt. A required one is missing in every call that keeps to the old
contract. Make it optional, with a default that means what was done before.

```yaml before
paths:
  /trips:
    get: {operationId: listTrips}
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


@rule("parameter-added", ParameterPair)
def parameter_added(pair: ParameterPair) -> Iterator[Happening]:
    """A parameter that only the new contract has."""
    if pair.old is not None or pair.new is None:
        return
    if pair.new.is_required:
        yield Happening(
            Effect.INCOMPARABLE,
            f"{pair.spot.label} now requires {pair.spot.part}",
            {"is_required": True},
            hint="make it optional, with a default that means what was done before",
        )
    else:
        yield Happening(Effect.WIDENS, f"{pair.spot.label} now takes {pair.spot.part}", {"is_required": False})
