"""What was deprecated before has a date now.

Callers know how long it works. That tells more than before and takes nothing away.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true}
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


@rule("sunset-added", LifePair)
def sunset_added(pair: LifePair) -> Iterator[Happening]:
    """A date in the new contract only, of something that was deprecated already."""
    if pair.old is None or pair.new is None or not pair.old.is_deprecated:
        return
    if pair.new.sunset and not pair.old.sunset:
        yield Happening(
            Effect.WIDENS,
            f"{pair.spot.subject} has the sunset {pair.new.sunset!r} now",
            {"new": pair.new.sunset},
            side=Side.ACCEPTS,
        )
