"""An operation has lost a parameter.

Whoever sends it is not heard any more: a filter that is ignored gives another answer than was asked for. Deprecate it
first and say in `x-sunset` when it goes.

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
    get: {operationId: listTrips}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ParameterPair
from apictl.rules.rule import Happening, rule


@rule("parameter-removed", ParameterPair)
def parameter_removed(pair: ParameterPair) -> Iterator[Happening]:
    """A parameter that only the old contract has."""
    if pair.old is None or pair.new is not None:
        return
    until = f" before its sunset {pair.old.sunset!r}" if pair.old.sunset else ""
    yield Happening(
        Effect.INCOMPARABLE if pair.old.is_required else Effect.NARROWS,
        f"{pair.spot.label} no longer takes {pair.spot.part}{until}",
        {"sunset": pair.old.sunset, "is_required": pair.old.is_required},
        hint="keep it, deprecated and with a date in 'x-sunset', until nobody sends it any more",
    )
