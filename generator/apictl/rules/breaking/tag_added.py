"""There is a new group of operations.

Nothing on the wire tells.

```yaml before
tags: [{name: quotes}]
```

```yaml after
tags: [{name: quotes}, {name: zones}]
```
"""

from __future__ import annotations

from collections.abc import Iterator

from apictl.diff.law import Effect
from apictl.diff.pairs import TagPair
from apictl.rules.rule import Happening, rule


@rule("tag-added", TagPair)
def tag_added(pair: TagPair) -> Iterator[Happening]:
    """A tag that only the new contract has."""
    if pair.old is None and pair.new is not None:
        yield Happening(Effect.NEUTRAL, f"tag {pair.new.name!r} is new", {"tag": pair.new.name})
