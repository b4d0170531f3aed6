"""More is promised of an operation or parameter.

Its `x-stability-level` rose on the way draft, alpha, beta, stable. Nobody is hurt.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, x-stability-level: draft}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, x-stability-level: stable}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import LifePair
from apictl.rules.rule import Happening, rule
from apictl.rules.stability import rank


@rule("stability-raised", LifePair)
def stability_raised(pair: LifePair) -> Iterator[Happening]:
    """Two levels, the new one promises more."""
    if pair.old is None or pair.new is None:
        return
    before, after = rank(pair.old.stability), rank(pair.new.stability)
    if before is not None and after is not None and after > before:
        yield Happening(
            Effect.WIDENS,
            f"{pair.spot.subject} is {pair.new.stability or 'stable'!r}, it was {pair.old.stability or 'stable'!r}",
            {"old": pair.old.stability, "new": pair.new.stability},
            side=Side.ACCEPTS,
        )
