"""An answer has, or lost, words of its own.

One contract names the status, the other only a range or `default` that covers it. What both say of it is compared;
the name alone changes nothing.

```yaml before
paths:
  /quotes:
    get:
      operationId: listQuotes
      responses: {'200': {description: Quotes.}, default: {description: A failure.}}
```

```yaml after
paths:
  /quotes:
    get:
      operationId: listQuotes
      responses: {'200': {description: Quotes.}, '429': {description: Slow down.}, default: {description: A failure.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ResponsePair
from apictl.rules.rule import Happening, rule


@rule("response-status-named", ResponsePair)
def response_status_named(pair: ResponsePair) -> Iterator[Happening]:
    """A status that a range or `default` covers in the other contract."""
    if pair.old is None or pair.new is None or not pair.is_covered:
        return
    if pair.new.status == pair.status:
        message = f"{pair.spot.label} declares {pair.status} by itself now, {pair.old.status} spoke of it"
    else:
        message = f"{pair.spot.label} declares {pair.status} by {pair.new.status} now, not by itself"
    yield Happening(Effect.NEUTRAL, message, {"old": pair.old.status, "new": pair.new.status})
