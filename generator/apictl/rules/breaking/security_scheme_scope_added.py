"""There is a new scope to ask for.

That hurts nobody by itself: whether operations ask for it is judged at the operations.

```yaml before
paths:
  /trips:
    get: {operationId: listTrips, security: [{login: []}]}
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: 'https://login.example/token', scopes: {}}
```

```yaml after
paths:
  /trips:
    get: {operationId: listTrips, security: [{login: []}]}
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


@rule("security-scheme-scope-added", SchemePair)
def security_scheme_scope_added(pair: SchemePair) -> Iterator[Happening]:
    """A scope that only the new contract has in a flow of both."""
    for old, new in flow_pairs(pair):
        if old is None or new is None or pair.new is None:
            continue
        for scope in sorted(new.scopes.keys() - old.scopes.keys()):
            yield Happening(
                Effect.WIDENS if scope in pair.new_scopes else Effect.NEUTRAL,
                f"flow {new.name!r} of security scheme {pair.new.name!r} has the scope {scope!r} now",
                {"flow": new.name, "scope": scope},
                old=old.place.child("scopes"),
                new=new.place.child("scopes", scope),
            )
