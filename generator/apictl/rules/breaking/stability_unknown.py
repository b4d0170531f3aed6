"""A level of stability is none that is known.

`x-stability-level` is draft, alpha, beta or stable. Of anything else nobody can tell what is promised, nor whether it
was lowered.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, x-stability-level: experimental}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import LifePair
from apictl.rules.rule import Happening, rule
from apictl.rules.stability import rank


@rule("stability-unknown", LifePair)
def stability_unknown(pair: LifePair) -> Iterator[Happening]:
    """Two levels of which one means nothing."""
    if pair.old is None or pair.new is None or pair.old.stability == pair.new.stability:
        return
    unknown = [level for level in (pair.new.stability, pair.old.stability) if rank(level) is None]
    if unknown:
        yield Happening(
            Effect.INCOMPARABLE,
            f"{pair.spot.subject} has or had the stability level {unknown[0]!r}, which is none",
            {"old": pair.old.stability, "new": pair.new.stability},
            hint="write 'draft', 'alpha', 'beta' or 'stable'",
            side=Side.ACCEPTS,
        )
