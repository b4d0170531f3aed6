"""There is a new way to get a token.

Callers who get their token by another flow of OAuth2 go on as before.

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
        password: {tokenUrl: 'https://login.example/token', scopes: {trips: Read trips.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.flows import flow_pairs
from apictl.diff.law import Effect
from apictl.diff.pairs import SchemePair
from apictl.rules.rule import Happening, rule


@rule("security-scheme-flow-added", SchemePair)
def security_scheme_flow_added(pair: SchemePair) -> Iterator[Happening]:
    """A flow that only the new contract has."""
    for old, new in flow_pairs(pair):
        if old is None and new is not None and pair.new is not None:
            yield Happening(
                Effect.WIDENS if pair.is_used else Effect.NEUTRAL,
                f"security scheme {pair.new.name!r} has the flow {new.name!r} now",
                {"flow": new.name},
                new=new.place,
            )
