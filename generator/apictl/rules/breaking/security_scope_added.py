"""More scopes are asked for.

A token without them was enough and is refused with 403. Ask for them only where something new is done.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, security: [{login: [read]}]}
components:
  securitySchemes:
    login: {type: openIdConnect, openIdConnectUrl: 'https://login.example'}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, security: [{login: [read, prices]}]}
components:
  securitySchemes:
    login: {type: openIdConnect, openIdConnectUrl: 'https://login.example'}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.demands import shift
from apictl.diff.law import Effect
from apictl.diff.pairs import DemandsPair
from apictl.rules.rule import Happening, rule


@rule("security-scope-added", DemandsPair)
def security_scope_added(pair: DemandsPair) -> Iterator[Happening]:
    """Scopes that the same schemes ask for in the new contract only."""
    if pair.old is None or pair.new is None:
        return
    for scheme, scope in shift(pair.old, pair.new).more:
        yield Happening(
            Effect.NARROWS,
            f"{pair.spot.label} asks for scope {scope!r} of {scheme!r} now",
            {"scheme": scheme, "scope": scope},
        )
