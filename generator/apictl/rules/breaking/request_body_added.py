"""An operation takes a body.

An optional one may be left out, so nobody is hurt. A required one is missing in every call that keeps to the old
contract.

```yaml before
paths:
  /quotes:
    post: {operationId: createQuote}
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


@rule("request-body-added", BodyPair)
def request_body_added(pair: BodyPair) -> Iterator[Happening]:
    """A body that only the new contract has."""
    if pair.old is not None or pair.new is None:
        return
    if pair.new.is_required:
        yield Happening(
            Effect.INCOMPARABLE,
            f"{pair.spot.label} now requires a body",
            {"is_required": True},
            hint="make it optional",
        )
    else:
        yield Happening(Effect.WIDENS, f"{pair.spot.label} now takes a body", {"is_required": False})
