"""A sunset is no date.

`x-sunset` wants a day as in `2030-01-31`, or a time as in `2030-01-31T00:00:00Z`. From anything else nobody can tell
how long the operation works, and its removal can't be judged.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true, x-sunset: '2030-01-31'}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true, x-sunset: next winter}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import LifePair
from apictl.rules.rule import Happening, rule
from apictl.rules.sunset import sunset_date


@rule("sunset-unreadable", LifePair)
def sunset_unreadable(pair: LifePair) -> Iterator[Happening]:
    """Two sunsets of which one is no date, so that nobody can tell whether it came closer."""
    if pair.old is None or pair.new is None or pair.old.sunset == pair.new.sunset:
        return
    unreadable = [text for text in (pair.new.sunset, pair.old.sunset) if text and sunset_date(text) is None]
    if unreadable:
        yield Happening(
            Effect.INCOMPARABLE,
            f"{pair.spot.subject} has or had the sunset {unreadable[0]!r}, which is no date",
            {"old": pair.old.sunset, "new": pair.new.sunset},
            hint="write a date as in '2030-01-31'",
            side=Side.ACCEPTS,
        )
