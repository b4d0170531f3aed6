"""A body must be sent now.

Calls without one kept to the old contract and are refused.

```yaml before
paths:
  /quotes:
    post:
      operationId: createQuote
      requestBody: {content: {application/json: {schema: {type: object}}}}
```

```yaml after
paths:
  /quotes:
    post:
      operationId: createQuote
      requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import BodyPair
from apictl.rules.rule import Happening, rule


@rule("request-body-required", BodyPair)
def request_body_required(pair: BodyPair) -> Iterator[Happening]:
    """Required in the new contract only."""
    if pair.old is not None and pair.new is not None and pair.new.is_required and not pair.old.is_required:
        yield Happening(Effect.NARROWS, f"{pair.spot.label} now requires its body", hint="keep it optional")
