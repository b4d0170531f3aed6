"""A body may be left out now.

Who sends one is heard as before, so nobody is hurt.

```yaml before
paths:
  /quotes:
    post:
      operationId: createQuote
      requestBody: {required: true, content: {application/json: {schema: {type: object}}}}
```

```yaml after
paths:
  /quotes:
    post:
      operationId: createQuote
      requestBody: {content: {application/json: {schema: {type: object}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import BodyPair
from apictl.rules.rule import Happening, rule


@rule("request-body-optional", BodyPair)
def request_body_optional(pair: BodyPair) -> Iterator[Happening]:
    """Required in the old contract only."""
    if pair.old is not None and pair.new is not None and pair.old.is_required and not pair.new.is_required:
        yield Happening(Effect.WIDENS, f"{pair.spot.label} no longer requires its body")
