"""An answer is given that was not declared.

Callers treat a status that they do not know as its class, 429 as 400 (RFC 9110, 15), unless the dial `open_statuses`
says that they don't. A success is another matter when none that was declared is left: every call ends in something that
callers do not know. Where others answer webhooks and callbacks, one more status is understood, and nobody is hurt.

```yaml before
paths:
  /quotes:
    post:
      operationId: createQuote
      responses: {'200': {description: The quote.}}
```

```yaml after
paths:
  /quotes:
    post:
      operationId: createQuote
      responses: {'202': {description: Later.}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import ResponsePair
from apictl.diff.responses import is_success
from apictl.rules.rule import Happening, rule


@rule("response-status-added", ResponsePair)
def response_status_added(pair: ResponsePair) -> Iterator[Happening]:
    """A status that only the new contract speaks of."""
    if pair.old is not None or pair.new is None:
        return
    is_alone = is_success(pair.status) and not pair.has_success_left
    rest = ", and no success that was declared is left" if is_alone else ""
    yield Happening(
        Effect.WIDENS,
        f"{pair.spot.label} may answer {pair.status} now{rest}",
        {"status": pair.status},
        hint="keep answering a success that was declared" if is_alone else "",
    )
