"""A header is gone.

Of an answer, callers relied on it where it was required. An optional one was never sure to come; that
it never comes again is a warning, as somebody may have counted on it.

```yaml before
paths:
  /quotes:
    get:
      operationId: listQuotes
      responses: {'200': {description: Quotes., headers: {ETag: {required: true, schema: {type: string}}}}}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, responses: {'200': {description: Quotes.}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from apictl.diff.law import Effect, Side
from apictl.diff.pairs import HeaderPair
from apictl.rules.rule import Happening, rule

_RISK: Final = "it was optional, but who shows it or counts on it never sees it again"


@rule("header-removed", HeaderPair)
def header_removed(pair: HeaderPair) -> Iterator[Happening]:
    """A header that only the old contract has; undeclared ones are still allowed."""
    if pair.old is not None and pair.new is None:
        yield Happening(
            Effect.WIDENS if pair.old.is_required else Effect.NEUTRAL,
            f"{pair.spot.label} has no {pair.spot.part} any more",
            {"is_required": pair.old.is_required},
            hint="keep it" if pair.old.is_required else "",
            risk=_RISK if pair.spot.side is Side.PRODUCES else "",
        )
