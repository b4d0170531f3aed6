"""A header may be missing now.

Of an answer, callers relied on it. Where the service reads the header, others may leave it out, so nobody is hurt.

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
    get:
      operationId: listQuotes
      responses: {'200': {description: Quotes., headers: {ETag: {schema: {type: string}}}}}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import HeaderPair
from apictl.rules.rule import Happening, rule


@rule("header-optional", HeaderPair)
def header_optional(pair: HeaderPair) -> Iterator[Happening]:
    """Required in the old contract only."""
    if pair.old is not None and pair.new is not None and pair.old.is_required and not pair.new.is_required:
        yield Happening(
            Effect.WIDENS, f"{pair.spot.part} of {pair.spot.label} is optional now", hint="keep it required"
        )
