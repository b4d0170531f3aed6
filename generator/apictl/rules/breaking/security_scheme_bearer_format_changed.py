"""A bearer token looks otherwise.

`bearerFormat` is a hint for people: callers pass on the token that they were given and need not look inside.

```yaml before
components:
  securitySchemes:
    login: {type: http, scheme: bearer, bearerFormat: JWT}
```

```yaml after
components:
  securitySchemes:
    login: {type: http, scheme: bearer, bearerFormat: opaque}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import SchemePair
from apictl.rules.rule import Happening, rule


@rule("security-scheme-bearer-format-changed", SchemePair)
def security_scheme_bearer_format_changed(pair: SchemePair) -> Iterator[Happening]:
    """Two hints for one kind of token."""
    if pair.old is None or pair.new is None or pair.old.bearer_format == pair.new.bearer_format:
        return
    before, after = pair.old.bearer_format, pair.new.bearer_format
    new, old = repr(after) if after else "not said", repr(before) if before else "not said"
    yield Happening(
        Effect.NEUTRAL,
        f"bearerFormat of security scheme {pair.new.name!r} is {new}, it was {old}",
        {"old": before, "new": after},
    )
