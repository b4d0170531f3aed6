"""The service does not answer at an address any more.

Callers who use it reach nobody. Where a contract lists no server at all, none is promised, and none can be taken
away.

```yaml before
servers: [{url: 'https://api.example/v1'}, {url: 'https://eu.api.example/v1'}]
```

```yaml after
servers: [{url: 'https://api.example/v1'}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ServerPair
from apictl.rules.rule import Happening, rule


@rule("server-removed", ServerPair)
def server_removed(pair: ServerPair) -> Iterator[Happening]:
    """A url that only the old contract lists."""
    if pair.old is not None and pair.new is None:
        who = pair.spot.label or "the service"
        yield Happening(
            Effect.NARROWS if pair.is_listed else Effect.NEUTRAL,
            f"{who} no longer answers at {pair.old!r}",
            {"url": pair.old},
            hint="keep the address until nobody uses it any more" if pair.is_listed else "",
        )
