"""A way to get a token is gone.

Callers who get their token by this flow of OAuth2 get none any more. Keep the flow until nobody uses it.

```yaml before
paths:
  /trips:
    get: {operationId: listTrips, security: [{login: [trips]}]}
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: 'https://login.example/token', scopes: {trips: Read trips.}}
        password: {tokenUrl: 'https://login.example/token', scopes: {trips: Read trips.}}
```

```yaml after
paths:
  /trips:
    get: {operationId: listTrips, security: [{login: [trips]}]}
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: 'https://login.example/token', scopes: {trips: Read trips.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.flows import flow_pairs
from apictl.diff.law import Effect
from apictl.diff.pairs import SchemePair
from apictl.rules.rule import Happening, rule


@rule("security-scheme-flow-removed", SchemePair)
def security_scheme_flow_removed(pair: SchemePair) -> Iterator[Happening]:
    """A flow that only the old contract has; of a scheme that no operation asks for it hurts nobody."""
    for old, new in flow_pairs(pair):
        if old is not None and new is None and pair.old is not None:
            yield Happening(
                Effect.NARROWS if pair.is_used else Effect.NEUTRAL,
                f"security scheme {pair.old.name!r} has no flow {old.name!r} any more",
                {"flow": old.name},
                hint="keep the flow until nobody gets a token by it" if pair.is_used else "",
                old=old.place,
            )
