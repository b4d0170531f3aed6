"""Fewer scopes are asked for.

A token that has them is let in as before, so nobody is hurt.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, security: [{login: [read, prices]}]}
components:
  securitySchemes:
    login: {type: openIdConnect, openIdConnectUrl: 'https://login.example'}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, security: [{login: [read]}]}
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


@rule("security-scope-removed", DemandsPair)
def security_scope_removed(pair: DemandsPair) -> Iterator[Happening]:
    """Scopes that the same schemes ask for in the old contract only."""
    if pair.old is None or pair.new is None:
        return
    for scheme, scope in shift(pair.old, pair.new).fewer:
        yield Happening(
            Effect.WIDENS,
            f"{pair.spot.label} no longer asks for scope {scope!r} of {scheme!r}",
            {"scheme": scheme, "scope": scope},
        )
