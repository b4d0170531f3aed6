"""A broker speaks another version of its protocol.

Clients negotiate, or they don't: whether an old one can still connect is for its library to say. That is a warning.

```yaml before
asyncapi: 3.0.0
servers: {main: {host: 'kafka.example:9092', protocol: kafka, protocolVersion: '2.8'}}
```

```yaml after
asyncapi: 3.0.0
servers: {main: {host: 'kafka.example:9092', protocol: kafka, protocolVersion: '3.7'}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import EventServerPair
from apictl.diff.law import Effect
from apictl.rules.rule import Happening, rule


@rule("event-server-version-changed", EventServerPair)
def event_server_version_changed(pair: EventServerPair) -> Iterator[Happening]:
    """Two versions of one protocol."""
    if pair.old is None or pair.new is None or pair.old.protocol_version == pair.new.protocol_version:
        return
    old, new = pair.old.protocol_version, pair.new.protocol_version
    yield Happening(
        Effect.NEUTRAL,
        f"protocol version of {pair.spot.label} is {new or 'unsaid'!r}, it was {old or 'unsaid'!r}",
        {"old": old, "new": new},
        risk="old clients may not be able to connect any more",
    )
