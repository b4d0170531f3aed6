"""Other credentials are enough now.

Who shows the old ones is let in as before, so nobody is hurt.

```yaml before
paths:
  /quotes:
    get: {operationId: listQuotes, security: [{key: []}]}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
```

```yaml after
paths:
  /quotes:
    get: {operationId: listQuotes}
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


@rule("security-alternative-added", DemandsPair)
def security_alternative_added(pair: DemandsPair) -> Iterator[Happening]:
    """Alternatives of the new contract that satisfied none of the old one."""
    if pair.old is None or pair.new is None:
        return
    for alternative in shift(pair.old, pair.new).added:
        yield Happening(
            Effect.WIDENS,
            f"{pair.spot.label} lets in with {worded(alternative)} now",
            {"schemes": list[JsonValue](sorted(alternative))},
        )
