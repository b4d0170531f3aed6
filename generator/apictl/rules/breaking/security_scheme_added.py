"""There is a new way to authenticate among the components.

That hurts nobody by itself: what operations ask for is judged at the operations.

```yaml before
components:
  securitySchemes: {}
```

```yaml after
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import SchemePair
from apictl.rules.rule import Happening, rule


@rule("security-scheme-added", SchemePair)
def security_scheme_added(pair: SchemePair) -> Iterator[Happening]:
    """A scheme that only the new contract has."""
    if pair.old is None and pair.new is not None:
        yield Happening(Effect.NEUTRAL, f"security scheme {pair.new.name!r} is new")
