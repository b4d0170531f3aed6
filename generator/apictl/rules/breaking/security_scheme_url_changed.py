"""Callers are let in at another address.

Tokens are got, asked for or refreshed elsewhere, or the provider of OpenID Connect is described elsewhere. Callers go
where the old contract said, and may find nobody there. Keep the old address answering until nobody uses it. An address
that is said for the first time leaves those who did without it as they were.

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
        clientCredentials: {tokenUrl: 'https://id.example/token', scopes: {trips: Read trips.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.security import Flow, SecurityScheme
from apictl.diff.flows import flow_pairs
from apictl.diff.law import Effect
from apictl.diff.pairs import SchemePair
from apictl.findings import Place
from apictl.rules.rule import Happening, rule


@rule("security-scheme-url-changed", SchemePair)
def security_scheme_url_changed(pair: SchemePair) -> Iterator[Happening]:
    """Urls of two schemes of one kind, and of the flows that both have; what no operation asks for hurts nobody."""
    if pair.old is None or pair.new is None or pair.old.kind is not pair.new.kind:
        return
    name = f"security scheme {pair.new.name!r}"
    yield from _changed(pair, name, _of_scheme(pair.old), _of_scheme(pair.new))
    for old, new in flow_pairs(pair):
        if old is not None and new is not None:
            yield from _changed(pair, f"flow {new.name!r} of {name}", _of_flow(old), _of_flow(new))


def _changed(
    pair: SchemePair, subject: str, old: dict[str, tuple[str, Place]], new: dict[str, tuple[str, Place]]
) -> Iterator[Happening]:
    for field, (before, old_place) in old.items():
        after, new_place = new[field]
        if before == after:
            continue
        effect = Effect.INCOMPARABLE if before and after else Effect.NARROWS if before else Effect.WIDENS
        is_hurt = pair.is_used and bool(before)
        yield Happening(
            effect if pair.is_used else Effect.NEUTRAL,
            f"{field} of {subject} is {_shown(after)}, it was {_shown(before)}",
            {"field": field, "old": before, "new": after},
            hint="keep the old address answering until nobody uses it any more" if is_hurt else "",
            old=old_place,
            new=new_place,
        )


def _shown(url: str) -> str:
    return repr(url) if url else "not said"


def _of_scheme(scheme: SecurityScheme) -> dict[str, tuple[str, Place]]:
    return {"openIdConnectUrl": (scheme.discovery_url, scheme.place.child("openIdConnectUrl"))}


def _of_flow(flow: Flow) -> dict[str, tuple[str, Place]]:
    urls = {
        "authorizationUrl": flow.authorization_url,
        "tokenUrl": flow.token_url,
        "refreshUrl": flow.refresh_url,
    }
    return {field: (url, flow.place.child(field)) for field, url in urls.items()}
