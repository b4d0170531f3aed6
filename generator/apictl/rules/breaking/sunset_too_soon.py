"""A deprecation leaves less time than the team promises.

The dial `deprecation_days` says how many days lie between a deprecation and its sunset. Without a sunset, or with an
earlier one, callers are not told in time. Where the dial is 0, a deprecation needs no sunset.

```yaml before deprecation_days=180
paths:
  /quotes:
    get: {operationId: listQuotes}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true}
```
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import LifePair
from apictl.rules.dials import Dials
from apictl.rules.rule import Happening, dialled_rule
from apictl.rules.sunset import sunset_date


@dialled_rule("sunset-too-soon", LifePair)
def sunset_too_soon(pair: LifePair, dials: Dials) -> Iterator[Happening]:
    """Newly deprecated, and gone sooner than the team promises."""
    days = dials.deprecation_days
    if pair.old is None or pair.new is None or days <= 0 or pair.old.is_deprecated or not pair.new.is_deprecated:
        return
    if not pair.new.sunset:
        yield _happening(f"{pair.spot.subject} is deprecated without a sunset, {days} days are promised", days)
        return
    date = sunset_date(pair.new.sunset)
    if date is not None and dials.today is not None and date < dials.today + dt.timedelta(days=days):
        yield _happening(f"{pair.spot.subject} goes on {pair.new.sunset!r}, {days} days from now are promised", days)


def _happening(message: str, days: int) -> Happening:
    return Happening(
        Effect.NARROWS,
        message,
        {"days": days},
        hint=f"name a day in 'x-sunset' that is {days} days away",
        side=Side.ACCEPTS,
    )
