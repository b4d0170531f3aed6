"""The service answers at one more address.

The old ones work as before, so nobody is hurt.

```yaml before
servers: [{url: 'https://api.example/v1'}]
```

```yaml after
servers: [{url: 'https://api.example/v1'}, {url: 'https://eu.api.example/v1'}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ServerPair
from apictl.rules.rule import Happening, rule


@rule("server-added", ServerPair)
def server_added(pair: ServerPair) -> Iterator[Happening]:
    """A url that only the new contract lists."""
    if pair.old is None and pair.new is not None:
        who = pair.spot.label or "the service"
        effect = Effect.WIDENS if pair.is_listed else Effect.NEUTRAL
        yield Happening(effect, f"{who} answers at {pair.new!r} now", {"url": pair.new})
