"""A parameter of the path is called otherwise.

Nothing on the wire tells: a path has values, no names. Generated code does: its arguments are named after them,
so whoever generates anew has to rename. That is a warning: nobody who keeps to the contract is broken, many builds are.

```yaml before
paths:
  /trips/{id}:
    get:
      operationId: getTrip
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
```

```yaml after
paths:
  /trips/{tripId}:
    get:
      operationId: getTrip
      parameters: [{name: tripId, in: path, required: true, schema: {type: string}}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.operation import ParameterLocation
from apictl.diff.law import Effect
from apictl.diff.pairs import ParameterPair
from apictl.rules.rule import Happening, rule


@rule("path-parameter-renamed", ParameterPair)
def path_parameter_renamed(pair: ParameterPair) -> Iterator[Happening]:
    """Two names at one position."""
    if pair.old is None or pair.new is None or pair.old.name == pair.new.name:
        return
    if pair.old.location is pair.new.location is ParameterLocation.PATH:
        yield Happening(
            Effect.NEUTRAL,
            f"{pair.spot.part} of {pair.spot.label} was called {pair.old.name!r}",
            {"old": pair.old.name, "new": pair.new.name},
            risk="arguments of code that is generated from the contract are named after it",
        )
