"""A way to authenticate works otherwise.

The credential is looked for in another header, or is of another kind. Callers who show the old one are not let in.
Declare a second scheme and accept both.

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
    get: {operationId: listQuotes, security: [{key: []}]}
components:
  securitySchemes:
    key: {type: apiKey, in: query, name: key}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.contract.security import SecurityKind, SecurityScheme
from apictl.diff.demands import meaning
from apictl.diff.law import Effect
from apictl.diff.pairs import SchemePair
from apictl.rules.rule import Happening, rule


@rule("security-scheme-changed", SchemePair)
def security_scheme_changed(pair: SchemePair) -> Iterator[Happening]:
    """One scheme with two meanings; what no operation asks for hurts nobody."""
    if pair.old is None or pair.new is None or meaning(pair.old) == meaning(pair.new):
        return
    before, after = _worded(pair.old), _worded(pair.new)
    yield Happening(
        Effect.INCOMPARABLE if pair.is_used else Effect.NEUTRAL,
        f"security scheme {pair.new.name!r} is {after}, it was {before}",
        {"old": before, "new": after},
        hint="declare a second scheme and accept both" if pair.is_used else "",
    )


def _worded(scheme: SecurityScheme) -> str:
    if scheme.kind is SecurityKind.API_KEY and scheme.key_location is not None:
        return f"a key in {scheme.key_location.value} {scheme.key_name!r}"
    return repr(scheme.http_scheme or scheme.mechanism or scheme.kind.value)
