"""An operation or parameter is not deprecated any more.

It stays. Who moved away from it did so for nothing, and nobody is hurt.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, deprecated: true}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import LifePair
from apictl.rules.rule import Happening, rule


@rule("deprecated-removed", LifePair)
def deprecated_removed(pair: LifePair) -> Iterator[Happening]:
    """Deprecated in the old contract only."""
    if pair.old is not None and pair.new is not None and pair.old.is_deprecated and not pair.new.is_deprecated:
        yield Happening(Effect.NEUTRAL, f"{pair.spot.subject} is not deprecated any more")
