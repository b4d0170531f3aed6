"""An operation or parameter is deprecated.

It still does what it did. Callers should know when it goes: say so in `x-sunset`.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true, x-sunset: '2030-01-31'}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import LifePair
from apictl.rules.rule import Happening, rule


@rule("deprecated-added", LifePair)
def deprecated_added(pair: LifePair) -> Iterator[Happening]:
    """Deprecated in the new contract only."""
    if pair.old is None or pair.new is None or pair.old.is_deprecated or not pair.new.is_deprecated:
        return
    until = f" and goes on {pair.new.sunset!r}" if pair.new.sunset else ""
    yield Happening(Effect.NEUTRAL, f"{pair.spot.subject} is deprecated{until}", {"sunset": pair.new.sunset})
