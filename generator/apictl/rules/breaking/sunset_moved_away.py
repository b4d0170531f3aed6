"""What is deprecated stays longer than was said.

Callers have more time, so nobody is hurt.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true, x-sunset: '2030-01-31'}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true, x-sunset: '2030-06-30'}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import LifePair
from apictl.rules.rule import Happening, rule
from apictl.rules.sunset import sunset_date


@rule("sunset-moved-away", LifePair)
def sunset_moved_away(pair: LifePair) -> Iterator[Happening]:
    """Two dates, the new one after the old one."""
    if pair.old is None or pair.new is None:
        return
    before, after = sunset_date(pair.old.sunset), sunset_date(pair.new.sunset)
    if before is not None and after is not None and after > before:
        yield Happening(
            Effect.WIDENS,
            f"{pair.spot.subject} goes on {pair.new.sunset!r}, it was {pair.old.sunset!r}",
            {"old": pair.old.sunset, "new": pair.new.sunset},
            side=Side.ACCEPTS,
        )
