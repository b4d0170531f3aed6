"""What is deprecated has no date any more.

Callers were promised that it works until then; now it may go any day. Keep the date, or take back the deprecation.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true, x-sunset: '2030-01-31'}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import LifePair
from apictl.rules.rule import Happening, rule


@rule("sunset-removed", LifePair)
def sunset_removed(pair: LifePair) -> Iterator[Happening]:
    """A date in the old contract only, of something that is still deprecated."""
    if pair.old is None or pair.new is None or not pair.new.is_deprecated:
        return
    if pair.old.sunset and not pair.new.sunset:
        yield Happening(
            Effect.NARROWS,
            f"{pair.spot.subject} has no sunset any more, {pair.old.sunset!r} was promised",
            {"old": pair.old.sunset},
            hint="keep the date in 'x-sunset'",
            side=Side.ACCEPTS,
        )
