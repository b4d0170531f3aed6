"""Less is promised of an operation or parameter.

Its `x-stability-level` fell on the way draft, alpha, beta, stable; without one it is stable. Callers relied on the
old level. Later changes of what is draft or alpha break nobody, so this one has to be looked at.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, x-stability-level: stable}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, x-stability-level: draft}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import LifePair
from apictl.rules.rule import Happening, rule
from apictl.rules.stability import rank


@rule("stability-lowered", LifePair)
def stability_lowered(pair: LifePair) -> Iterator[Happening]:
    """Two levels, the new one promises less."""
    if pair.old is None or pair.new is None:
        return
    before, after = rank(pair.old.stability), rank(pair.new.stability)
    if before is not None and after is not None and after < before:
        yield Happening(
            Effect.NARROWS,
            f"{pair.spot.subject} is {pair.new.stability or 'stable'!r}, it was {pair.old.stability or 'stable'!r}",
            {"old": pair.old.stability, "new": pair.new.stability},
            hint="keep the level that was promised",
            side=Side.ACCEPTS,
        )
