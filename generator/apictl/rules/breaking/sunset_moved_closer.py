"""What is deprecated goes earlier than was said.

Callers planned with the old date. A later date hurts nobody.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true, x-sunset: '2030-06-30'}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true, x-sunset: '2030-01-31'}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import LifePair
from apictl.rules.rule import Happening, rule
from apictl.rules.sunset import sunset_date


@rule("sunset-moved-closer", LifePair)
def sunset_moved_closer(pair: LifePair) -> Iterator[Happening]:
    """Two dates, the new one before the old one."""
    if pair.old is None or pair.new is None:
        return
    before, after = sunset_date(pair.old.sunset), sunset_date(pair.new.sunset)
    if before is not None and after is not None and after < before:
        yield Happening(
            Effect.NARROWS,
            f"{pair.spot.subject} goes on {pair.new.sunset!r}, {pair.old.sunset!r} was promised",
            {"old": pair.old.sunset, "new": pair.new.sunset},
            hint="keep the date that was promised",
            side=Side.ACCEPTS,
        )
