"""Credentials that were enough are not enough any more.

Callers who show them get 401 or 403. That includes those who showed nothing, where nothing was asked for. Keep the
old way open beside the new one.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes, security: [{key: []}]}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.schema import JsonValue
from apictl.diff.demands import shift, worded
from apictl.diff.law import Effect
from apictl.diff.pairs import DemandsPair
from apictl.rules.rule import Happening, rule


@rule("security-alternative-removed", DemandsPair)
def security_alternative_removed(pair: DemandsPair) -> Iterator[Happening]:
    """Alternatives of the old contract that satisfy none of the new one."""
    if pair.old is None or pair.new is None:
        return
    for alternative in shift(pair.old, pair.new).removed:
        yield Happening(
            Effect.NARROWS,
            f"{pair.spot.label} no longer lets in with {worded(alternative)}",
            {"schemes": list[JsonValue](sorted(alternative))},
            hint="keep it as an alternative beside the new one",
        )
