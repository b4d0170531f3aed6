"""A link leads to another server.

Whoever follows it where the old contract said may reach nobody. Give the new link another name and keep the old one.

```yaml before
paths:
  /trips:
    get:
      operationId: listTrips
      responses:
        '200':
          description: Trips.
          links: {more: {operationId: listTrips, server: {url: 'https://api.example/v1'}}}
```

```yaml after
paths:
  /trips:
    get:
      operationId: listTrips
      responses:
        '200':
          description: Trips.
          links: {more: {operationId: listTrips, server: {url: 'https://eu.api.example/v1'}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import LinkPair
from apictl.rules.rule import Happening, rule


@rule("link-server-changed", LinkPair)
def link_server_changed(pair: LinkPair) -> Iterator[Happening]:
    """Servers of two links that lead to the same operation; without one the operation's own servers are meant."""
    if pair.old is None or pair.new is None or pair.leads_elsewhere:
        return
    before, after = pair.old.server.rstrip("/"), pair.new.server.rstrip("/")
    if before != after:
        usual = "the servers of the operation"
        new, old = repr(after) if after else usual, repr(before) if before else usual
        yield Happening(
            Effect.INCOMPARABLE,
            f"{pair.spot.subject} leads to {new}, it led to {old}",
            {"old": before, "new": after},
            hint="give the new link another name and keep the old one",
        )
