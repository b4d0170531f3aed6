"""Messages do not go through a broker any more.

Who connects to it finds nobody there, or nothing of a channel. Keep it, or bridge both, until nobody uses it any
more.

```yaml before
asyncapi: 3.0.0
servers: {main: {host: 'kafka.example:9092', protocol: kafka}, eu: {host: 'eu.kafka.example:9092', protocol: kafka}}
```

```yaml after
asyncapi: 3.0.0
servers: {main: {host: 'kafka.example:9092', protocol: kafka}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.events.pairs import EventServerPair
from apictl.diff.events.servers import address
from apictl.diff.law import Effect, Side
from apictl.rules.rule import Happening, rule


@rule("event-server-removed", EventServerPair)
def event_server_removed(pair: EventServerPair) -> Iterator[Happening]:
    """A broker that only the old contract lists, of all or for one channel."""
    if pair.old is None or pair.new is not None:
        return
    channel = f"{pair.spot.label} is not at" if pair.spot.channel else "there is no"
    url = address(pair.old)
    yield Happening(
        Effect.NARROWS,
        f"{channel} {url!r} any more",
        {"server": url},
        hint="keep it, or bridge both, until nobody uses it any more",
        side=Side.ACCEPTS,
    )
