"""A scope can't be asked for any more.

Callers who ask for it with their token may be refused one (RFC 6749, 5.2: `invalid_scope`). It hurts those who were
told to ask for it by an operation; a scope that no operation asked for hurts nobody.

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
    get: {operationId: listTrips, security: [{login: []}]}
components:
  securitySchemes:
    login:
      type: oauth2
      flows:
        clientCredentials: {tokenUrl: 'https://login.example/token', scopes: {}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.flows import flow_pairs
from apictl.diff.law import Effect
from apictl.diff.pairs import SchemePair
from apictl.rules.rule import Happening, rule


@rule("security-scheme-scope-removed", SchemePair)
def security_scheme_scope_removed(pair: SchemePair) -> Iterator[Happening]:
    """A scope that only the old contract has in a flow of both."""
    for old, new in flow_pairs(pair):
        if old is None or new is None or pair.new is None:
            continue
        for scope in sorted(old.scopes.keys() - new.scopes.keys()):
            is_asked_for = scope in pair.old_scopes
            yield Happening(
                Effect.NARROWS if is_asked_for else Effect.NEUTRAL,
                f"flow {old.name!r} of security scheme {pair.new.name!r} has no scope {scope!r} any more",
                {"flow": old.name, "scope": scope},
                hint="keep giving tokens with the scope, even if it allows nothing more" if is_asked_for else "",
                old=old.place.child("scopes", scope),
                new=new.place.child("scopes"),
            )
