"""Messages go through another broker, too.

Who keeps to the old one is served as before.

```yaml before
asyncapi: 3.0.0
servers: {main: {host: 'kafka.example:9092', protocol: kafka}}
```

```yaml after
asyncapi: 3.0.0
servers: {main: {host: 'kafka.example:9092', protocol: kafka}, eu: {host: 'eu.kafka.example:9092', protocol: kafka}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import EventServerPair
from apictl.diff.events.servers import address
from apictl.diff.law import Effect, Side
from apictl.rules.rule import Happening, rule


@rule("event-server-added", EventServerPair)
def event_server_added(pair: EventServerPair) -> Iterator[Happening]:
    """A broker that only the new contract lists, of all or for one channel."""
    if pair.old is None and pair.new is not None:
        channel = f"{pair.spot.label} is at" if pair.spot.channel else "there is"
        url = address(pair.new)
        yield Happening(Effect.WIDENS, f"{channel} {url!r} now", {"server": url}, side=Side.ACCEPTS)
