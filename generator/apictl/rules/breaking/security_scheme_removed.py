"""A way to authenticate is gone from the components.

That hurts nobody by itself: what operations ask for is judged at the operations.

```yaml before
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
```

```yaml after
components:
  securitySchemes: {}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import SchemePair
from apictl.rules.rule import Happening, rule


@rule("security-scheme-removed", SchemePair)
def security_scheme_removed(pair: SchemePair) -> Iterator[Happening]:
    """A scheme that only the old contract has."""
    if pair.old is not None and pair.new is None:
        yield Happening(Effect.NEUTRAL, f"security scheme {pair.old.name!r} is removed")
